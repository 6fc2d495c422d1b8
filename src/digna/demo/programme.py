"""The demo programme, written through the services, with the published facts in its records."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from digna.accounts.models import Membership, User
from digna.demo import (
    assessments,
    chains,
    courses,
    cycles,
    ladders,
    lessons,
    market_rounds,
    markets,
    mentoring,
    money,
    pathways,
    questionnaires,
    reports,
    reviewed,
    studies,
    tasks,
)
from digna.demo.people import DEPARTMENTS, Crowd, Member, mixed
from digna.demo.words import Draw
from digna.events.models import Process, Session
from digna.events.services import attendance, enrolments, processes, sessions
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Activity, InstalledKit, Programme
from digna.programmes.services import activities, kits
from digna.programmes.services import programmes as founding
from digna.registry.likeness import Likeness
from digna.registry.models import LegalForm, Organisation, Place, Sector
from digna.registry.models.people import Affiliation
from digna.registry.services import duplicates, enterprises, organisations, people
from digna.results.services import iati, indicators, periods
from digna.training.models import Cycle

CODE = "bdyp-demo"
SEED = 2019
PASSWORD = "digna-demo-2021"  # noqa: S105 — printed by `make run`, for invented people only
LA_PAZ = ZoneInfo("America/La_Paz")
STARTS_ON, ENDS_ON = date(2019, 10, 1), date(2021, 12, 31)


@dataclass(frozen=True, slots=True)
class Account:
    """A demo sign-in."""

    email: str
    name: str
    role: str
    title: str
    limits: tuple[tuple[str, Any], ...] = ()


ACCOUNTS = (
    Account("responsable@demo.example", "Elena Rojas", "lead", "Responsable del programa"),
    Account("seguimiento@demo.example", "Iván Choque", "mel", "Seguimiento y evaluación"),
    Account(
        "coordinacion@demo.example", "Norma Villca", "coordinator",
        "Coordinación de socio (La Paz y Oruro)", (("departments", ["BO-L", "BO-O"]),),
    ),
    Account(
        "formadora@demo.example", "Lidia Condori", "trainer", "Formadora (La Paz)",
        (("departments", ["BO-L"]),),
    ),
    Account("mentora@demo.example", "Gladys Arce", "mentor", "Mentora: ve a quienes acompaña"),
    Account("auditoria@demo.example", "Hugo Peredo", "auditor", "Auditoría: lee todo"),
    Account("empresaria@demo.example", "Rosa Mamani", "owner", "Empresaria: ve solo su empresa"),
)  # fmt: skip


def is_loaded() -> bool:
    """Whether the demo programme is here already."""
    return Programme.objects.filter(code=CODE).exists()


def load(actor: Actor) -> Programme:
    """Write the whole demo programme; about half a minute."""
    draw = Draw(SEED)
    make_accounts(actor=actor)
    bodies = _organisations(actor, draw)
    programme = _programme(actor, draw, bodies)
    plan = _activities(actor, draw, programme)
    assessments.load(actor, Draw(SEED), programme)
    crowd = Crowd(actor, draw, bodies, _towns())
    members = _train(actor, draw, programme, plan, crowd)
    _converse(actor, draw, programme, crowd, members)
    _firms(actor, draw, crowd, members)
    _train_firms(actor, draw, programme, crowd)
    _doubts(actor, members)
    markets.load(actor, Draw(SEED), programme)
    studies.load(actor, Draw(SEED), programme)
    market_rounds.load(actor, Draw(SEED), programme)
    mentoring.load(actor, draw, programme)
    pathways.load(actor, Draw(SEED), programme)
    courses.load(actor, Draw(SEED), programme)
    lessons.load(actor, Draw(SEED), programme)
    questionnaires.load(actor, programme)
    tasks.load_trade.enqueue(programme.pk, SEED)
    _count(actor, programme)
    chains.load(actor, programme)
    _report(actor, programme)
    reports.load(actor, programme)
    return programme


@writes("demo.accounts.made")
def make_accounts(*, actor: Actor) -> int:
    """Make the demo's sign-ins, all with the same printed password."""
    for account in ACCOUNTS:
        user = User(name=account.name, email=account.email)
        user.set_password(PASSWORD)
        record.add(user)
        record.add(Membership(user=user, role=account.role, **dict(account.limits)))
    return len(ACCOUNTS)


def _organisations(actor: Actor, draw: Draw) -> list[Organisation]:
    places = {place.code: place for place in Place.objects.filter(kind="department")}
    return [
        organisations.register_organisation(
            actor=actor,
            name=entry["name"],
            acronym=entry["short_name"],
            code=entry["code"],
            constituency=entry["constituency"],
            place=places[entry["department"]],
        )
        for entry in draw.words["organisations"]
    ]


def _programme(actor: Actor, draw: Draw, bodies: list[Organisation]) -> Programme:
    programme = founding.found_programme(
        actor=actor,
        code=CODE,
        name="Bolivia Digna y Productiva (demostración)",
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        summary_es="Programa sintético con la forma del que apoyó a mipymes de granos andinos, "
        "café y turismo entre 2019 y 2021. Ninguna persona ni empresa existe.",
        summary_en="A synthetic programme shaped like the one that supported small firms in "
        "Andean grains, coffee and tourism in 2019–2021. No person or firm in it exists.",
        is_public=True,
        is_synthetic=True,
    )
    for entry in draw.words["partners"]:
        body = organisations.register_organisation(
            actor=actor, name=entry["name"], is_partner=entry["role"] == "implementing"
        )
        bodies.append(body)
        if entry["role"] == "funder":
            founding.add_funder(actor=actor, programme=programme, organisation=body)
        elif entry["role"] == "ally":
            _ally(actor, body)
    _coordinate(actor=actor)
    kit = InstalledKit.objects.filter(code="bolivia").latest("loaded_at")
    areas = kits.entries(kit.documents, "strategic_areas")
    founding.adopt_areas(actor=actor, programme=programme, areas=areas)
    founding.expect_result(
        actor=actor, programme=programme, code="sostenibilidad",
        statement="SCORE sigue en el país con socios que lo ofrecen por su cuenta.",
    )  # fmt: skip
    founding.expect_result(
        actor=actor, programme=programme, code="servicios",
        statement="Las mipymes tienen servicios para formalizarse y vender en otros mercados.",
    )  # fmt: skip
    return programme


@writes("demo.coordinator.placed")
def _coordinate(*, actor: Actor) -> Membership:
    """The coordinator also answers for one partner: its cycles, sales and money."""
    user = User.objects.get(email="coordinacion@demo.example")
    partner = Organisation.objects.filter(is_partner=True).order_by("pk")[0]
    return record.add(Membership(user=user, role="coordinator", partner=partner.code))


def _ally(actor: Actor, body: Organisation) -> Programme:
    """A programme that shares the conversatorios and nothing else."""
    return founding.found_programme(
        actor=actor,
        code=f"aliado-{body.pk}",
        name=body.name,
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        is_synthetic=True,
    )


AREA_OF_KIND = {
    "market_assessment": "knowledge",
    "diagnostic": "knowledge",
    "training": "constituents",
    "event": "alliances",
    "alliance": "alliances",
    "other": "local_capacity",
}
CHOSEN = ("andean_grains", "coffee", "tourism")
WHEN = {"Segundo estudio rápido de mercado, en pandemia": date(2020, 11, 3)}


def _activities(actor: Actor, draw: Draw, programme: Programme) -> list[Activity]:
    """Two rapid market assessments chose three sectors; the rest followed in six departments."""
    areas = {area.code: area for area in programme.areas.all()}
    sectors = list(Sector.objects.filter(code__in=CHOSEN))
    departments = list(Place.objects.filter(code__in=DEPARTMENTS))
    partners = list(Organisation.objects.filter(is_partner=True))
    made = []
    for index, entry in enumerate(draw.words["activity_titles"]):
        starts_on = WHEN.get(entry["title_es"], STARTS_ON + timedelta(days=45 * index))
        made.append(
            activities.plan_activity(
                actor=actor,
                programme=programme,
                kind=entry["kind"],
                title=entry["title_es"],
                area=areas.get(AREA_OF_KIND[entry["kind"]]),
                partner=draw.chance.choice(partners),
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=90),
                status=Activity.Status.DONE,
                sectors=_sectors_named(entry["title_es"], sectors),
                departments=departments,
            )
        )
    return made


def _sectors_named(title: str, sectors: list[Sector]) -> list[Sector]:
    named = [s for s in sectors if s.name_es.lower() in title.lower()]
    return named or sectors


def _towns() -> dict[str, list[Place]]:
    rows = Place.objects.filter(kind="municipality", parent__code__in=DEPARTMENTS)
    towns: dict[str, list[Place]] = {}
    for place in rows.select_related("parent").order_by("code"):
        towns.setdefault(place.department_code, []).append(place)
    return towns


# --- the three processes: 263 people, 158 of them women

COURSES = (
    ("Apoyo a mipymes en tiempos de COVID-19", date(2020, 6, 2), "virtual"),
    ("Continuidad y reactivación", date(2020, 10, 6), "virtual"),
    ("Fichas técnicas de mercado", date(2021, 5, 4), "hybrid"),
)


def _train(
    actor: Actor, draw: Draw, programme: Programme, plan: list[Activity], crowd: Crowd
) -> list[Member]:
    """Train 263 people; a third of them in more than one process, and some enrolled never came."""
    sexes = mixed(draw, female=158, male=105)
    sides = mixed(draw, employers=96, workers=71, government=96)
    members = crowd.make(sexes, sides)
    absent = crowd.make(mixed(draw, female=11, male=9), mixed(draw, employers=12, workers=8))
    by_title = {activity.title: activity for activity in plan}
    topics = [t for t in draw.words["session_topics"] if t["process"] == "capacity_building"]
    for index, (title, starts_on, mode) in enumerate(COURSES):
        process = processes.create_process(
            actor=actor,
            kind=Process.Kind.CAPACITY_BUILDING,
            title=title,
            programmes=[programme],
            starts_on=starts_on,
            ends_on=starts_on + timedelta(weeks=5),
            activity=by_title.get(title),
            description="Proceso de capacitación para representantes (datos sintéticos).",
        )
        titles = [t["title_es"] for t in topics[index * 3 : index * 3 + 3]]
        held = _sessions(actor, process, titles, starts_on, mode)
        present = [m for i, m in enumerate(members) if _takes_part(draw, i, index)]
        _enrol(actor, process, present + absent)
        _attend(actor, draw, held, present, absent)
    return members


def _takes_part(draw: Draw, person: int, process: int) -> bool:
    """Each person in one process at least; one in four in the next one too."""
    return person % 3 == process or (person % 3 == (process + 1) % 3 and person % 4 == 0)


def _sessions(
    actor: Actor, process: Process, titles: list[str], starts_on: date, mode: str
) -> list[Session]:
    processes.set_topics(actor=actor, process=process, titles=titles)
    topics = {topic.title: topic for topic in process.topics.all()}
    held = []
    for week, title in enumerate(titles):
        day = starts_on + timedelta(weeks=week)
        begins = datetime.combine(day, time(15), LA_PAZ)
        held.append(
            sessions.create_session(
                actor=actor,
                process=process,
                title=title,
                topic=topics[title],
                starts_at=begins,
                ends_at=begins + timedelta(hours=2),
                mode=mode,
            )
        )
    return held


def _enrol(
    actor: Actor, process: Process, members: list[Member], role: str = "participant"
) -> None:
    for member in members:
        enrolments.enrol(
            actor=actor,
            process=process,
            person=member.person,
            organisation=member.organisation,
            constituency=member.constituency,
            role=role,
        )


def _attend(
    actor: Actor, draw: Draw, held: list[Session], present: list[Member], absent: list[Member]
) -> None:
    """Mark every session: who takes part comes to one at least, some leave early."""
    sure = {m.person.pk: draw.chance.randrange(len(held)) for m in present}
    for number, session in enumerate(held):
        marks = [
            _mark(draw, member, is_sure=sure[member.person.pk] == number) for member in present
        ] + [attendance.Mark(member.person, "absent") for member in absent]
        attendance.record_attendance(
            actor=actor, session=session, marks=marks, base_version=session.version
        )


def _mark(draw: Draw, member: Member, *, is_sure: bool) -> attendance.Mark:
    dice = draw.chance.random()
    if is_sure or dice < 0.78:
        hours = Decimal("1") if dice > 0.7 and not is_sure else None
        return attendance.Mark(member.person, "present", hours)
    return attendance.Mark(member.person, "excused" if dice < 0.86 else "absent")


# --- four conversatorios shared by four programmes: 35 speakers, 203 participants


def _converse(
    actor: Actor, draw: Draw, programme: Programme, crowd: Crowd, members: list[Member]
) -> None:
    shared = [programme, *Programme.objects.filter(code__startswith="aliado-")]
    topics = [t for t in draw.words["session_topics"] if t["process"] == "conversatorio"]
    process = processes.create_process(
        actor=actor,
        kind=Process.Kind.CONVERSATORIO,
        title="Ciclo de conversatorios entre programas",
        programmes=shared,
        starts_on=date(2021, 8, 12),
        ends_on=date(2021, 9, 9),
        description="Cuatro encuentros virtuales de cuatro programas (datos sintéticos).",
    )
    titles = [topic["title_es"] for topic in topics[:4]]
    held = _sessions(actor, process, titles, date(2021, 8, 12), "virtual")
    speakers = crowd.make(
        mixed(draw, female=17, male=18), mixed(draw, employers=9, workers=6, government=8, other=12)
    )
    newcomers = crowd.make(
        mixed(draw, female=88, male=72, unknown=3),
        mixed(draw, employers=60, workers=33, government=40, other=30),
    )
    listeners = newcomers + members[:40]
    _enrol(actor, process, speakers, role="speaker")
    _enrol(actor, process, listeners)
    for number, session in enumerate(held):
        talking = [m for i, m in enumerate(speakers) if i % 4 == number]
        marks = [attendance.Mark(m.person, "present") for m in talking]
        marks += [_mark(draw, m, is_sure=i % 4 == number) for i, m in enumerate(listeners)]
        attendance.record_attendance(
            actor=actor, session=session, marks=marks, base_version=session.version
        )


# --- firms


def _firms(actor: Actor, draw: Draw, crowd: Crowd, members: list[Member]) -> None:
    """Sixty firms with dated facts; some facts are not known."""
    sectors = {s.code: s for s in Sector.objects.all()}
    forms = list(LegalForm.objects.all())
    owner = User.objects.get(email="empresaria@demo.example")
    codes = mixed(draw, andean_grains=20, coffee=16, tourism=14, manufacturing=10)
    for number, code in enumerate(codes, start=1):
        chance = draw.chance
        is_formal = chance.random() < 0.55
        firm = enterprises.register_enterprise(
            actor=actor,
            on=date(2020, 3, 1) + timedelta(days=5 * number),
            name=draw.firm(code),
            nit=str(1_020_000_000 + number * 7919) if is_formal else "",
            sector=sectors[code],
            legal_form=chance.choice(forms) if chance.random() < 0.9 else None,
            is_formal=is_formal if chance.random() < 0.95 else None,
            place=crowd._place(),
            phone=draw.phone(5_000_000 + number),
            numbers=_numbers(draw),
        )
        holder = members[number].person
        people.affiliate(actor=actor, person=holder, enterprise=firm, role=Affiliation.Role.OWNER)
        if number == 1:
            people.correct_person(actor=actor, person=holder, account=owner)


def _train_firms(actor: Actor, draw: Draw, programme: Programme, crowd: Crowd) -> None:
    """SCORE and Mejora Continua: firms, trainers, partners and their money."""
    partners = list(Organisation.objects.filter(is_partner=True).order_by("pk"))
    trainers = ladders.people_who_train(actor, draw, crowd)
    users = [User.objects.get(email="formadora@demo.example")]
    ground = cycles.Ground(actor, draw, programme, crowd, partners, users, trainers[:6])
    cycles.load(ground)
    ladders.load(actor, trainers, partners)
    held = list(Cycle.objects.filter(programmes=programme).order_by("starts_on", "pk"))
    money.load(actor, draw, partners, held)
    money.sell(actor, draw, held)
    money.consent_to_copies(actor, draw)


def _numbers(draw: Draw) -> dict[str, Decimal]:
    chance = draw.chance
    if chance.random() < 0.1:
        return {}
    women, men = chance.randrange(0, 14), chance.randrange(0, 14)
    numbers = {"workers_women": Decimal(women), "workers_men": Decimal(men)}
    if chance.random() < 0.6:
        numbers["annual_sales"] = Decimal(chance.randrange(20, 900)) * 1000
    return numbers


def _doubts(actor: Actor, members: list[Member]) -> None:
    """A few records like others, for the queue; none of them attended anything."""
    for member in members[60:64]:
        twin = member.person
        other = people.register_person(
            actor=actor,
            given_names=twin.given_names,
            surnames=twin.surnames[:-1],
            sex=twin.sex,
            birth_year=twin.birth_year,
            place=twin.place,
        )
        duplicates.note_pair(
            actor=actor,
            one=twin,
            other=other,
            likeness=Likeness(0.96, ("similar_name", "same_birth_year")),
        )


# --- what came of it


def _report(actor: Actor, programme: Programme) -> None:
    """Say what IATI asks and records do not hold; the reporting organisation does not exist."""
    iati.set_profile(
        actor=actor,
        programme=programme,
        org_ref="XX-DEMO-0001",
        org_name="Organización de la demostración",
        org_type="40",
        is_accountable=True,
        country="BO",
        currency="USD",
        contact_email="datos@demo.example",
        sectors=[
            {"vocabulary": "1", "code": "32130", "percentage": "60"},
            {"vocabulary": "1", "code": "25030", "percentage": "40"},
        ],
        tags=[{"vocabulary": "3", "code": "8.3"}],
        area_types={area.code: "1" for area in programme.areas.all()},
    )


def _count(actor: Actor, programme: Programme) -> None:
    """Adopt the kit's indicators, open the years, count, and freeze the first full one."""
    from digna.results import computing  # duckdb and ibis: only where figures are computed

    for code in ("bolivia", "score", "reactivate", "rounds", "impulsa", "formal", "learning"):
        kit = InstalledKit.objects.filter(code=code).latest("loaded_at")
        indicators.adopt_indicators(actor=actor, programme=programme, documents=kit.documents)
    opened = [
        periods.open_period(
            actor=actor, programme=programme, label=label, starts_on=starts_on, ends_on=ends_on
        )
        for label, starts_on, ends_on in (
            ("2019-T4", STARTS_ON, date(2019, 12, 31)),
            ("2020", date(2020, 1, 1), date(2020, 12, 31)),
            ("2021", date(2021, 1, 1), ENDS_ON),
        )
    ]
    computing.compute_figures(actor=actor, programme=programme)
    reviewed.load(actor, programme, opened)
