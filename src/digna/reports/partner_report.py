"""A partner's quarter: cycles, people once and every time, money, maturity, changes, trainers."""

from collections import Counter as Tally
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.partners import words_of_state
from digna.partners.models import PartnerProfile
from digna.partners.selectors import maturity
from digna.registry.models import Organisation
from digna.reports import firm_outcomes, outcome_section, partner_money
from digna.reports.body import Body
from digna.reports.notes import Counter, Notes, What, part_of, plain
from digna.reports.paper import Block, Cards, Column, Note, Row, Section, Table
from digna.reports.quarters import Stretch, after
from digna.reports.trainer_report import ladder_table, period_words
from digna.results import wording
from digna.trainers.models import Trainer
from digna.training.models import Cycle, CycleFirm, Role, Visit, WorkshopAttendance
from digna.web import days

SEXES = ("female", "male", "other", "undisclosed", "")


def body(partner: Organisation, stretch: Stretch, is_synthetic: bool, today: date) -> Body:
    """Return the report of one partner over a quarter or a year."""
    notes = Notes()
    counter = Counter(notes, stretch.key)
    cycles = _running(partner, stretch)
    ways = list(CycleFirm.objects.filter(cycle__in=[one.pk for one in cycles]))
    until = min(today, stretch.ends_on)
    sections = (
        _cycles(counter, cycles, ways, stretch),
        _people(counter, partner, stretch),
        partner_money.section(counter, partner, stretch),
        _maturity(counter, partner, until),
        outcome_section.section(
            counter, firm_outcomes.of({one.enterprise_id for one in ways}, stretch.ends_on)
        ),
        _trainers(counter, partner, until),
        _next(counter, partner, after(stretch)),
    )
    return Body(
        title=_("Informe de %(partner)s") % {"partner": partner},
        subtitle=_("Ciclos, personas, dinero, madurez y lo que cambió en las empresas"),
        programme="",
        period=period_words(stretch),
        is_synthetic=is_synthetic,
        as_of=days.day(today),
        facts=(
            (_("Socio"), partner.name), (_("Período"), period_words(stretch)), *_profile(partner),
        ),
        sections=sections,
        definitions=notes.definitions,
        sources=(
            _("Registros de formación, de socios y de formadores de Digna"),
            _("Mediciones de las empresas, con la calidad de cada valor"),
        ),
    )  # fmt: skip


def _profile(partner: Organisation) -> tuple[tuple[str, str], ...]:
    row = PartnerProfile.objects.filter(partner=partner).first()
    if row is None or row.mou_until is None:
        return ()
    return ((_("Convenio hasta"), days.day(row.mou_until)),)


def _running(partner: Organisation, stretch: Stretch) -> list[Cycle]:
    unfinished = Q(ends_on=None) | Q(ends_on__gte=stretch.starts_on)
    rows = Cycle.objects.filter(
        unfinished, partner=partner, is_cancelled=False, starts_on__lte=stretch.ends_on
    )
    return list(rows.select_related("module", "partner").order_by("starts_on", "pk"))


def _cycles(
    counter: Counter, cycles: list[Cycle], ways: list[CycleFirm], stretch: Stretch
) -> Section:
    begun = [one for one in cycles if one.starts_on >= stretch.starts_on]
    alone = [one for one in cycles if one.independence in ("medium", "high")]
    source, url = _("Formación"), reverse("training:overview")
    cards = (
        counter.count(What(
            "cycles_running", _("Ciclos en marcha"),
            _("Ciclos del socio, no cancelados, con al menos un día en el período."),
            source, _("ciclos"), url,
        ), len(cycles)),
        counter.count(What(
            "cycles_begun", _("Ciclos que empezaron"),
            _("Ciclos del socio, no cancelados, que empezaron en el período."),
            source, _("ciclos"), url,
        ), len(begun)),
        counter.share(What(
            "cycles_independent", _("Con autonomía media o alta"),
            _("Ciclos en marcha dictados con autonomía media o alta, de los que la tienen "
              "anotada."),
            source, _("ciclos"), url,
        ), len(alone), sum(bool(one.independence) for one in cycles),
            n=sum(bool(one.independence) for one in cycles), of=len(cycles)),
        counter.count(What(
            "firms", _("Empresas"),
            _("Empresas distintas inscritas en los ciclos en marcha; cada una cuenta una vez."),
            source, _("empresas"), url,
        ), len({one.enterprise_id for one in ways}),
            detail=_("%(n)s inscripciones") % {"n": len(ways)}),
        counter.share(What(
            "firms_certified", _("Con certificado"),
            _("Inscripciones con certificado emitido, de las inscripciones de los ciclos en "
              "marcha."),
            source, _("inscripciones"), url,
        ), sum(one.certificate_on is not None for one in ways), len(ways)),
    )  # fmt: skip
    blocks: list[Block] = [Cards(cards)]
    firms = Tally(one.cycle_id for one in ways)
    if cycles:
        blocks.append(Table(
            _("Los ciclos"),
            (
                Column(_("Ciclo")), Column(_("Módulo")), Column(_("Empezó")), Column(_("Termina")),
                Column(_("Empresas"), True),
            ),
            tuple(
                Row(one.title, (
                    one.module.name, days.day(one.starts_on),
                    days.day(one.ends_on) if one.ends_on is not None else "—",
                    plain(firms[one.pk]),
                ))
                for one in cycles
            ),
            _("Las empresas de dos ciclos están en los dos: esta columna no se suma."),
        ))  # fmt: skip
    else:
        blocks.append(Note(_("El socio no tuvo ciclos en marcha en estos días.")))
    return Section("cycles", _("Ciclos y empresas"), tuple(blocks))


def _people(counter: Counter, partner: Organisation, stretch: Stretch) -> Section:
    inside = (stretch.starts_on, stretch.ends_on)
    rows = list(
        WorkshopAttendance.objects.filter(
            is_present=True, workshop__is_cancelled=False, workshop__cycle__partner=partner,
            workshop__cycle__is_cancelled=False, workshop__starts_at__date__range=inside,
        ).values_list("person", "person__sex", "role")
    )  # fmt: skip
    visits = Visit.objects.filter(firm__cycle__partner=partner, on__range=inside).count()
    people = {person: sex for person, sex, _role in rows}
    source, url = _("Formación"), reverse("training:overview")
    cards = (
        counter.count(What(
            "people", _("Personas en talleres"),
            _("Personas distintas marcadas presentes en un taller del socio; cada una una vez."),
            source, _("personas"), url,
        ), len(people)),
        counter.count(What(
            "attendances", _("Asistencias a talleres"),
            _("Asistencias marcadas presentes; una persona en dos talleres son dos. No se suman "
              "con las personas."),
            source, _("asistencias"), url,
        ), len(rows)),
        counter.share(What(
            "women", _("Mujeres entre las personas"),
            _("Mujeres, de todas las personas en talleres; las que no dicen su sexo quedan en "
              "el total."),
            source, _("personas"), url,
        ), sum(sex == "female" for sex in people.values()), len(people)),
        counter.count(What(
            "visits", _("Visitas a empresas"),
            _("Visitas a empresas de ciclos del socio, por su fecha."),
            source, _("visitas"), url,
        ), visits),
    )  # fmt: skip
    blocks: list[Block] = [Cards(cards)]
    if people:
        blocks.append(_by_sex(people, rows))
    return Section("people", _("Personas"), tuple(blocks))


def _by_sex(people: dict[int, str], rows: list[tuple[int, str, str]]) -> Table:
    roles = [code for code in Role.values if any(role == code for _p, _s, role in rows)]
    by_role = {role: {person for person, _s, one in rows if one == role} for role in roles}
    found = []
    for sex in SEXES:
        own = {person for person, told in people.items() if (told or "") == sex}
        word = wording.category("sex", sex or None)
        if own or sex in ("female", "male", ""):
            cells = (plain(len(own)), *(plain(len(own & by_role[r])) for r in roles))
            found.append(Row(word, cells))
    total = (plain(len(people)), *(plain(len(by_role[r])) for r in roles))
    found.append(Row(_("Total"), total, is_total=True))
    heads = [Column(str(Role(code).label).capitalize(), True) for code in roles]
    return Table(
        _("Personas por sexo y en qué calidad participaron"),
        (Column(_("Sexo")), Column(_("Personas"), True), *heads),
        tuple(found),
        _("Quien participó en dos calidades está en las dos: las columnas no se suman entre sí."),
    )


def _maturity(counter: Counter, partner: Organisation, on: date) -> Section:
    sides = maturity.sides(partner, on)
    judged = any(
        cell.judgement is not None for side in sides for face in side.faces for cell in face.rows
    )
    what = What(
        "markers_reached", _("Marcadores alcanzados"),
        _("Marcadores de progreso alcanzados, de los que están en uso; los tres grados juntos."),
        _("Socios"), _("marcadores"), reverse("partners:maturity", args=[partner.code]),
    )  # fmt: skip
    reached, total = sum(side.reached for side in sides), sum(side.total for side in sides)
    if not judged:
        empty = counter.share(what, None, None)
        told = Note(_("Todavía nadie juzgó la madurez de este socio."))
        return Section("maturity", _("Madurez"), (Cards((empty,)), told))
    depths = [face.label for face in sides[0].faces]
    table = Table(
        _("Cómo está en cada dimensión al %(day)s") % {"day": days.day(on)},
        (
            Column(_("Dimensión")), Column(_("Está")),
            *(Column(d.capitalize(), True) for d in depths),
        ),
        tuple(
            Row(side.label.capitalize(), (
                _maturity_word(side.word),
                *(part_of(face.cell.reached, face.cell.total) for face in side.faces),
            ))
            for side in sides
        ),
    )  # fmt: skip
    cards = Cards((counter.share(what, reached, total, period=days.day(on)),))
    return Section("maturity", _("Madurez"), (cards, table))


def _maturity_word(word: str) -> str:
    return {
        words_of_state.READY: _("preparada"),
        words_of_state.ON_THE_WAY: _("en camino"),
        words_of_state.FAR: _("lejos"),
    }.get(word, _("sin dato"))


def _trainers(counter: Counter, partner: Organisation, on: date) -> Section:
    rows = list(
        Trainer.objects.filter(partner=partner, stopped_on=None)
        .select_related("person")
        .order_by("person__surnames", "pk")
    )
    what = What(
        "trainers", _("Formadoras y formadores del socio"),
        _("Personas en la escalera de formadores de este socio que no lo dejaron."),
        _("Formadores"), _("personas"), reverse("trainers:trainers"),
    )  # fmt: skip
    blocks: list[Block] = [Cards((counter.count(what, len(rows), period=days.day(on)),))]
    table = ladder_table(rows, on, _("Escalón por módulo al %(day)s") % {"day": days.day(on)})
    blocks.append(
        table or Note(_("El socio todavía no tiene a nadie en la escalera de formadores."))
    )
    return Section("trainers", _("Formadoras y formadores"), tuple(blocks))


def _next(counter: Counter, partner: Organisation, ahead: Stretch) -> Section:
    inside = (ahead.starts_on, ahead.ends_on)
    ways = CycleFirm.objects.filter(cycle__partner=partner, cycle__is_cancelled=False)
    cycles = list(
        Cycle.objects.filter(partner=partner, is_cancelled=False, starts_on__range=inside)
        .select_related("module").order_by("starts_on")
    )  # fmt: skip
    source, url = _("Formación"), reverse("training:overview")
    cards = (
        counter.count(What(
            "next_cycles", _("Ciclos previstos"),
            _("Ciclos del socio, no cancelados, cuyo inicio está en el período que sigue."),
            source, _("ciclos"), url,
        ), len(cycles), period=ahead.key),
        counter.count(What(
            "next_visits", _("Visitas previstas"),
            _("Empresas del socio cuya próxima visita está anotada para el período que sigue."),
            source, _("visitas"), url,
        ), ways.filter(next_visit_on__range=inside, is_paused=False).count(), period=ahead.key),
        counter.count(What(
            "next_year_after", _("Visitas al año que tocan"),
            _("Empresas del socio cuya visita al año vence en el período que sigue y no se hizo."),
            source, _("visitas"), url,
        ), ways.filter(year_after_due__range=inside, year_after_on=None).count(), period=ahead.key),
    )  # fmt: skip
    blocks: list[Block] = [Cards(cards)]
    if cycles:
        rows = tuple(Row(one.title, (one.module.name, days.day(one.starts_on))) for one in cycles)
        columns = (Column(_("Ciclo")), Column(_("Módulo")), Column(_("Empieza")))
        blocks.append(Table(_("Ciclos que empiezan"), columns, rows))
    return Section("next", _("Lo que sigue: %(period)s") % {"period": ahead.key}, tuple(blocks))
