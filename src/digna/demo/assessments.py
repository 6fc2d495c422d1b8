"""Market assessments of the demo: coffee in 2019 and again, Andean grains. All synthetic."""

from datetime import date
from decimal import Decimal
from typing import Any

from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.programmes.models import Programme
from digna.registry.models import Place, Sector
from digna.studies.models.assessments import Cause, ChainLink, Evidence, MarketActor, Study
from digna.studies.services import assessments, findings, parts, versions
from digna.studies.services import evidence as gathering

D = Decimal
TOOLS = ["scope-sheet", "desk-review", "chain-map", "margin-table", "actor-map", "problem-tree"]
QUESTIONS = (
    "¿A quién vende y por qué a esa persona o empresa?",
    "¿Qué le impide vender a mejor precio?",
    "¿Cómo se trabaja: horas, pago, seguridad?",
)
ACTORS: tuple[tuple[str, str, str, int | None, int | None, int | None], ...] = (
    ("Familias productoras", "producers", "", 4, 2, 2),
    ("Asociación Flor de Altura (ficticia)", "producers", "", 4, 3, 3),
    ("Acopiadores del pueblo", "firm", "", 2, 3, 4),
    ("Planta Tika (ficticia)", "firm", "", 4, 4, 3),
    ("Tiendas y exportadoras", "buyer", "", 3, 4, 5),
    ("Cámara del rubro (ficticia)", "guild", "employers", 4, 3, 4),
    ("Sindicato de jornaleros (ficticio)", "constituent", "workers", 3, 2, 2),
    ("Gobierno municipal", "public", "government", 3, 2, 3),
    ("Instituto técnico de la zona", "training", "", 3, 3, 2),
    ("Cooperativa de ahorro (ficticia)", "service", "", None, None, 3),
)
LINKS = (
    ("Producción", 1, 1200, "Familias productoras"),
    ("Acopio", 2, 35, "Acopiadores del pueblo"),
    ("Beneficio", 3, 6, "Planta Tika (ficticia)"),
    ("Venta", 4, 12, "Tiendas y exportadoras"),
)
ELEMENTS: tuple[tuple[str, str, str, str, str, str, str, str, int | None], ...] = (
    ("core", "Venta del grano", "Familias productoras", "vende al pie de finca", "su cosecha",
     "Acopiadores del pueblo", "", "", 3),
    ("function", "Asistencia técnica", "Instituto técnico de la zona", "enseña secado y selección",
     "dos técnicos", "Gobierno municipal", "Cámara del rubro (ficticia)", "Planta Tika (ficticia)",
     2),
    ("function", "Crédito de cosecha", "Cooperativa de ahorro (ficticia)", "presta a cuatro meses",
     "", "Familias productoras", "Cooperativa de ahorro (ficticia)", "Familias productoras", 2),
    ("function", "Información de precios", "", "", "", "", "Cámara del rubro (ficticia)", "", 1),
    ("function", "Transporte", "Acopiadores del pueblo", "recoge en camión propio",
     "nueve camiones", "Familias productoras", "Acopiadores del pueblo", "Familias productoras", 3),
    ("function", "Control de calidad", "Planta Tika (ficticia)", "mide humedad y defectos",
     "un laboratorio pequeño", "Tiendas y exportadoras", "Planta Tika (ficticia)",
     "Tiendas y exportadoras", 3),
    ("rule", "Norma de calidad", "Cámara del rubro (ficticia)", "publica la norma y no la vigila",
     "un comité de tres", "Cámara del rubro (ficticia)", "Cámara del rubro (ficticia)",
     "Tiendas y exportadoras", 2),
    ("rule", "Registro sanitario", "Gobierno municipal", "recibe trámites un día por semana",
     "una ventanilla", "Familias productoras", "Gobierno municipal", "Planta Tika (ficticia)", 2),
    ("rule", "Costumbre del adelanto", "Acopiadores del pueblo", "adelanta dinero contra cosecha",
     "capital propio", "Familias productoras", "", "", 4),
)  # fmt: skip
CAUSES = (
    "Precio bajo al productor", "Calidad despareja", "Venta apurada al acopiador",
    "Sin patios de secado", "Sin crédito de cosecha", "No se paga por calidad",
    "Nadie publica precios", "Jornales sin contrato",
)  # fmt: skip
ARROWS = ((1, 0, 3), (2, 0, 2), (3, 1, 3), (5, 1, 2), (4, 2, 3), (4, 3, 2), (6, 5, 2), (4, 7, 1))
SAID: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("desk", "Registro municipal de productores (sintético)", "B", "not_needed",
     "1.200 familias inscritas; no se actualiza desde hace dos años.", "1200", "familias"),
    ("statistic", "Serie de exportaciones del rubro (sintética)", "A", "not_needed",
     "El volumen cae y el valor sube.", "", ""),
    ("informant", "Acopiadora con 15 años en el rubro", "D", "anonymous",
     "«Pago igual al bueno y al regular: si separo, no me alcanza el camión.»", "", ""),
    ("informant", "Gerente de planta", "C", "given", "La humedad llega entre 11 y 16 %.", "", ""),
    ("group", "Grupo focal con 9 productoras", "C", "given",
     "Venden apuradas en mayo para pagar la escuela.", "", ""),
    ("survey", "Encuesta corta a 40 familias (sintética)", "B", "not_needed",
     "Familias con patio de secado propio.", "14", "de 40 familias"),
    ("survey", "Encuesta corta a 40 familias (sintética)", "B", "not_needed",
     "Precio al pie de finca, mediana.", "{farm}", "Bs por kg"),
    ("informant", "Compradora de una cadena de tiendas", "D", "not_given",
     "Busca otro proveedor para la próxima campaña.", "", ""),
    ("desk", "Reglamento sanitario municipal", "A", "not_needed",
     "El trámite pide siete requisitos.", "7", "requisitos"),
    ("informant", "Dirigente del sindicato", "C", "anonymous",
     "Los jornales de cosecha se acuerdan de palabra.", "", ""),
)  # fmt: skip


def load(actor: Actor, draw: Draw, programme: Programme) -> tuple[Study, Study]:
    """Write both studies, each whole, with two orphan findings; and a second look at coffee."""
    first = _study(
        actor, programme, "Café de altura", "2019", "coffee", "Café verde y tostado",
        "bo-l-caranavi", "Tiendas de La Paz y exportación", date(2019, 10, 14),
    )  # fmt: skip
    _whole(actor, draw, first, "kg de café verde equivalente", (D(18), D(22), D(31), D(68)))
    versions.freeze(actor=actor, study=first, note="La que se validó con los mandantes")
    _again(actor, first)
    second = _study(
        actor, programme, "Granos andinos en pandemia", "2020–21", "andean_grains",
        "Quinua y cañahua beneficiadas", "bo-o-challapata", "Exportación y desayuno escolar",
        date(2020, 11, 9),
    )  # fmt: skip
    _whole(actor, draw, second, "kg de grano beneficiado", (D(11), D("12.5"), D("17.5"), D(26)))
    return first, second


def _again(actor: Actor, first: Study) -> Study:
    """The second look at coffee, in the field: what the pandemic moved, against 2019."""
    later = assessments.begin_round(
        actor=actor, study=first, round="2020–21", starts_on=date(2020, 11, 9)
    )
    proof = gathering.note_evidence(
        actor=actor, study=later, kind="informant", source="Gerente de planta",
        on=date(2020, 11, 20), reliability="C", consent="given", place=first.place,
        says="Los acopiadores no llegaron de marzo a junio.",
    )  # fmt: skip
    closed = parts.note_cause(actor=actor, study=later, name="Caminos cerrados por la pandemia")
    hurried = later.causes.get(name="Venta apurada al acopiador")
    parts.join_causes(
        actor=actor, study=later, cause=closed, effect=hurried, strength=3, evidence=[proof]
    )
    parts.note_channel(
        actor=actor, study=later, name="Por acopiador", currency="BOB",
        unit="kg de café verde equivalente", priced_on=date(2020, 11, 20), farm_gate=D("15.5"),
        consumer_price=D(70), evidence=[proof],
    )  # fmt: skip
    findings.note_finding(
        actor=actor, study=later, text="Sin transporte, la cosecha quedó en finca tres meses",
        cause=closed, evidence=[proof],
    )  # fmt: skip
    return assessments.move_study(actor=actor, study=later, status=Study.Status.FIELDWORK)


def _study(
    actor: Actor, programme: Programme, title: str, round: str, sector: str, product: str,
    place: str, market: str, starts_on: date,
) -> Study:  # fmt: skip
    study = assessments.open_study(
        actor=actor,
        programme=programme,
        title=title,
        round=round,
        sectors=list(Sector.objects.filter(code=sector)),
        product=product,
        place=Place.objects.filter(code=place).first(),
        end_market=market,
        starts_on=starts_on,
        ends_on=date(starts_on.year + 1, 3, 12),
        team="Equipo sintético de tres analistas",
        summary="Estudio de demostración. Ninguna cifra, persona ni empresa existe.",
    )
    assessments.set_questions(actor=actor, study=study, texts=QUESTIONS)
    assessments.tick_tools(actor=actor, study=study, tools=TOOLS)
    return assessments.move_study(actor=actor, study=study, status=Study.Status.VALIDATED)


def _whole(actor: Actor, draw: Draw, study: Study, unit: str, prices: tuple[Decimal, ...]) -> None:
    proof = _evidence(actor, draw, study, prices[0])
    links = _chain(actor, study, proof)
    actors = _actors(actor, study, links, proof)
    _channels(actor, study, unit, prices, links, proof)
    for kind, name, who, action, resource, payer, later, pays_later, works in ELEMENTS:
        parts.note_element(
            actor=actor, study=study, kind=kind, name=name, performer=actors.get(who),
            action=action, resource=resource, payer=actors.get(payer),
            performer_later=actors.get(later), payer_later=actors.get(pays_later),
            performance=works, evidence=[proof[3]] if works else [],
        )  # fmt: skip
    causes = _causes(actor, study, proof)
    _lens(actor, draw, study, links, proof)
    _findings(actor, study, causes, proof)


def _evidence(actor: Actor, draw: Draw, study: Study, farm: Decimal) -> list[Evidence]:
    made = []
    for number, (kind, source, grade, consent, says, value, of) in enumerate(SAID):
        made.append(
            gathering.note_evidence(
                actor=actor, study=study, kind=kind, source=source, reliability=grade,
                on=date(study.starts_on.year, study.starts_on.month, 15 + number),
                consent=consent, says=says, unit=of, place=study.place,
                value=D(value.format(farm=farm)) if value else None,
            )
        )  # fmt: skip
    questions = list(study.questions.all())
    for role, sex in (("Productora asociada", "female"), ("Jornalero de cosecha", "male")):
        interview = gathering.type_interview(
            actor=actor, study=study, role=role, sex=sex, place=study.place, reliability="C",
            consent="anonymous", on=date(study.starts_on.year, study.starts_on.month, 28),
            answers={
                questions[0]: draw.chance.choice(("Al acopiador: adelanta.", "A la planta.")),
                questions[2]: "Más de diez horas en cosecha, pago al día, sin contrato.",
            },
        )  # fmt: skip
        made.append(interview.evidence)
    return made


def _chain(actor: Actor, study: Study, proof: list[Evidence]) -> dict[str, ChainLink]:
    people = ((2900, 1300), (70, None), (84, 46), (None, None))
    return {
        name: parts.note_link(
            actor=actor, study=study, name=name, order=order, actor_count=count,
            volume=None if name == "Venta" else D(620 - 30 * order), volume_unit="t",
            workers=workers, women=women, evidence=[proof[0]],
        )
        for (name, order, count, _who), (workers, women) in zip(LINKS, people, strict=True)
    }  # fmt: skip


def _actors(
    actor: Actor, study: Study, links: dict[str, ChainLink], proof: list[Evidence]
) -> dict[str, MarketActor]:
    of_link = {who: links[name] for name, _order, _count, who in LINKS}
    of_link["Asociación Flor de Altura (ficticia)"] = links["Producción"]
    return {
        name: parts.note_actor(
            actor=actor, study=study, name=name, role=role, constituency=side,
            link=of_link.get(name), will=will, skill=skill, influence=influence,
            evidence=[proof[number % len(proof)]],
        )
        for number, (name, role, side, will, skill, influence) in enumerate(ACTORS)
    }  # fmt: skip


def _channels(
    actor: Actor, study: Study, unit: str, prices: tuple[Decimal, ...],
    links: dict[str, ChainLink], proof: list[Evidence],
) -> None:  # fmt: skip
    """One channel that adds up, and one with a price nobody would tell."""
    shared: dict[str, Any] = {
        "currency": "BOB", "unit": unit, "priced_on": study.starts_on, "evidence": [proof[6]],
    }  # fmt: skip
    usual = parts.note_channel(
        actor=actor, study=study, name="Por acopiador", farm_gate=prices[0],
        consumer_price=prices[-1], **shared,
    )  # fmt: skip
    direct = parts.note_channel(
        actor=actor, study=study, name="Directo de la asociación", farm_gate=prices[0] + 2,
        consumer_price=prices[-1], **shared,
    )  # fmt: skip
    steps = zip(("Acopio", "Beneficio", "Venta"), prices, prices[1:], strict=False)
    for order, (name, low, high) in enumerate(steps, start=1):
        parts.note_step(
            actor=actor, channel=usual, link=links[name], order=order, price_in=low,
            price_out=high, costs=(high - low) / 2 if order < 3 else None,
        )  # fmt: skip
    parts.note_step(
        actor=actor, channel=direct, link=links["Beneficio"], order=1, price_in=prices[0] + 2,
        price_out=None, costs=None,
    )  # fmt: skip
    parts.note_step(
        actor=actor, channel=direct, link=links["Venta"], order=2, price_in=None,
        price_out=prices[-1], costs=None,
    )  # fmt: skip


def _causes(actor: Actor, study: Study, proof: list[Evidence]) -> list[Cause]:
    made = [parts.note_cause(actor=actor, study=study, name=name) for name in CAUSES]
    for number, (cause, effect, strength) in enumerate(ARROWS):
        parts.join_causes(
            actor=actor, study=study, cause=made[cause], effect=made[effect], strength=strength,
            evidence=[proof[2 + number % 6]] if number % 4 else [],
        )  # fmt: skip
    return made


def _lens(
    actor: Actor, draw: Draw, study: Study, links: dict[str, ChainLink], proof: list[Evidence]
) -> None:
    year, level = study.starts_on.year, 900
    points: list[list[str | None]] = []
    for back in range(5, 0, -1):
        level -= draw.chance.randrange(20, 90)
        points.append([str(year - back), None if back == 3 else str(level)])
    parts.note_series(
        actor=actor, study=study, name="Volumen exportado", unit="toneladas",
        source="Serie sintética de demostración", points=points, evidence=[proof[1]],
    )  # fmt: skip
    for kind, severity, who in (
        ("informality", 3, "Jornaleras y jornaleros de cosecha"),
        ("safety", 2, "Personas que cargan en el acopio"),
        ("gender", 3, "Productoras: trabajan y no cobran la venta"),
    ):
        parts.note_deficit(
            actor=actor, study=study, kind=kind, severity=severity, who=who,
            link=links["Producción"], note="Visto en dos visitas y una entrevista.",
            evidence=[proof[9]],
        )  # fmt: skip


def _findings(actor: Actor, study: Study, causes: list[Cause], proof: list[Evidence]) -> None:
    """Four findings: one acted on, one not to be acted on, and two orphans."""
    on = date(study.starts_on.year + 1, 3, 1)
    texts = (
        ("Sin patios de secado, la calidad baja antes de llegar a la planta", 3, (3, 5)),
        ("El crédito llega después de la cosecha y obliga a vender apurado", 4, (4,)),
        ("Nadie publica precios: quien vende no sabe cuánto pedir", 6, (2, 6)),
        ("Los jornales de cosecha se acuerdan de palabra", 7, (9,)),
    )
    made = [
        findings.note_finding(
            actor=actor, study=study, text=text, cause=causes[cause],
            evidence=[proof[n] for n in cited],
        )
        for text, cause, cited in texts
    ]  # fmt: skip
    plan = study.programme.activities.filter(kind="training").first()
    findings.decide(
        actor=actor, finding=made[0], decision="act", activity=plan, decided_on=on,
        intervention="" if plan else "Patios de secado compartidos",
        owner="Planta Tika (ficticia)",
    )  # fmt: skip
    findings.decide(
        actor=actor, finding=made[1], decision="do_not_act", decided_on=on,
        reason="Otro programa trabaja el crédito en la misma zona hasta fin de año.",
    )  # fmt: skip
    findings.decide(actor=actor, finding=made[2], decision="act", decided_on=on)
