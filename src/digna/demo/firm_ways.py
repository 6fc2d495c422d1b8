"""One firm's way through a cycle in the demo, step by step through the services, to its fate."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from digna.demo.people import Crowd
from digna.demo.values import Series, chosen_codes, series_for
from digna.demo.words import Draw
from digna.errors import Refused
from digna.improvement.models import BoardKpi, Instrument, Measurement, Project
from digna.improvement.services import board, measurements, projects
from digna.journal.actor import Actor
from digna.registry.models import Enterprise, Person
from digna.registry.models.people import Affiliation
from digna.registry.services import people
from digna.training.models import Cycle, CycleFirm, NextStep
from digna.training.services import cycles, moves, visits, workshops

FATES = (
    *("whole", "whole", "year_after", "whole", "dropped_late", "whole", "late_endline"),
    *("year_after", "whole", "partial_baseline", "whole", "whole", "dropped_early", "whole"),
    *("outlier", "year_after", "whole", "late_endline", "whole", "register", "dropped_late"),
    *("whole", "waived", "whole", "year_after", "whole", "partial_baseline", "whole"),
    *("no_data", "whole", "register", "year_after", "late_endline", "whole", "dropped_early"),
    *("whole", "whole", "year_after", "whole", "dropped_late", "whole", "paused"),
    *("year_after", "whole", "late_endline", "whole", "whole", "partial_baseline", "whole"),
    *("whole", "year_after", "dropped_late", "whole", "whole", "late_endline", "whole"),
    *("whole", "whole", "whole", "whole"),
)
"""What becomes of each firm; most go all the way, as in the programmes that were evaluated."""

DROPPED = ("time", "price", "crisis", "no_interest")
TEAM = (("owner", "female"), ("manager", "male"), ("worker", "female"), ("worker", "male"))
PROJECTS = (
    ("5s", "Orden y limpieza (5S) en el área de {area}", "quality"),
    ("quality", "Control de lo que sale mal en {area}", "quality"),
    ("waste", "Menos desperdicio en {area}", "waste"),
    ("energy", "Menos energía en {area}", "energy"),
    ("osh", "Trabajo más seguro en {area}", "osh"),
)
AREAS = {
    "coffee": "secado y tostado",
    "andean_grains": "selección y envasado",
    "tourism": "recepción y cocina",
    "manufacturing": "corte y acabado",
}


@dataclass
class Walk:
    """A firm walking its way; `go` stops where its fate says."""

    actor: Actor
    draw: Draw
    crowd: Crowd
    cycle: Cycle
    enterprise: Enterprise
    day: date = field(init=False)
    way: CycleFirm = field(init=False)
    team: list[tuple[Person, str]] = field(init=False, default_factory=list)
    kpis: list[tuple[BoardKpi, Series]] = field(init=False, default_factory=list)

    def go(self, fate: str) -> CycleFirm:
        """Walk as far as `fate` allows; return the way as it stands."""
        self.day = self.cycle.starts_on
        self.way = cycles.enrol_firm(
            actor=self.actor, cycle=self.cycle, enterprise=self.enterprise, on=self.day
        )
        self._admit()
        self._move("agreement_signed", 4)
        if fate == "no_baseline":
            return self.way
        if self._baseline(fate) and self._workshops(fate) and self._visits(fate):
            self._finish(fate)
        return self.way

    def _act(self, reason: str) -> Actor:
        return replace(self.actor, reason=reason)

    def _move(self, to: str, days: int) -> None:
        self.day += timedelta(days=days)
        moves.advance(actor=self.actor, firm=self.way, to=to, on=self.day)

    def _admit(self) -> None:
        """Firms whose size is not known, or does not fit, are let in with a written reason."""
        try:
            moves.advance(actor=self.actor, firm=self.way, to="eligible", on=self.day)
        except Refused:
            reason = "Tamaño sin dato o fuera de rango; la admite la coordinación."
            moves.admit(actor=self._act(reason), firm=self.way, on=self.day)

    # --- baseline

    def _baseline(self, fate: str) -> bool:
        point = self._measure("baseline")
        self._headcount(point, grown=0)
        self._choose(fate)
        if fate == "partial_baseline":
            self._read(point, 0, only=1)
            return False
        self._practices(point, 0)
        self._read(point, 0)
        self._move("baseline_done", 6)
        return True

    def _measure(self, point: str) -> Measurement:
        return measurements.open_measurement(
            actor=self.actor,
            enterprise=self.enterprise,
            point=point,
            on=self.day,
            occasion=self.way.public_id,
        )

    def _headcount(self, point: Measurement, *, grown: int) -> None:
        chance = self.draw.chance
        seed = self.enterprise.pk
        measurements.record_headcount(
            actor=self.actor,
            measurement=point,
            permanent_women=max(1 + seed % 4 + grown, 0),
            permanent_men=2 + seed % 3,
            casual_women=max(seed % 3 + (chance.choice((0, 1, -1)) if grown else 0), 0),
            casual_men=seed % 2,
            permanent_hours=Decimal(40 if seed % 3 else 48),
            permanent_months=Decimal(12),
            casual_hours=Decimal(20) if seed % 5 else None,
            casual_months=Decimal(6),
        )

    def _choose(self, fate: str) -> None:
        sector = self.enterprise.sector.code if self.enterprise.sector else "other"
        codes = chosen_codes(sector, wants_complaints=fate == "register")
        found = {row.code: row for row in Instrument.objects.filter(kind="kpi", code__in=codes)}
        standing = set(self._on_board())
        if not standing:
            board.choose_kpis(
                actor=self.actor,
                enterprise=self.enterprise,
                instruments=[found[code] for code in codes],
            )
        rows = BoardKpi.objects.filter(enterprise=self.enterprise, retired_on=None)
        self.kpis = [
            (row, series_for(row.instrument.code, self.draw, is_new_register=fate == "register"))
            for row in rows.select_related("instrument__current")
        ]

    def _on_board(self) -> list[int]:
        rows = BoardKpi.objects.filter(enterprise=self.enterprise, retired_on=None)
        return list(rows.values_list("pk", flat=True))

    def _practices(self, point: Measurement, step: int) -> None:
        chance = self.draw.chance
        answers = {}
        for number, item in enumerate(measurements.practices_in_use().items):
            had = (number * 7 + self.enterprise.pk) % 10 < 4
            is_yes = had if step == 0 else (chance.random() < (0.94 if had else 0.45))
            answers[item["code"]] = "yes" if is_yes else chance.choice(("no", "no", "partly"))
        measurements.record_practices(actor=self.actor, measurement=point, answers=answers)

    def _read(self, point: Measurement, step: int, *, only: int | None = None) -> None:
        ends = self.day - timedelta(days=1)
        for kpi, series in self.kpis[:only]:
            numerator, denominator = series.at(step)
            values = {
                "actor": self.actor,
                "board_kpi": kpi,
                "measurement": point,
                "period_start": ends - timedelta(days=30),
                "period_end": ends,
                "numerator": numerator,
                "denominator": denominator,
                "method": series.method,
                "record_seen": series.is_record_seen,
                "is_new_register": series.is_new_register and step > 0,
            }
            _asked(measurements.record_kpi, "Revisado con la empresa.", values)

    # --- workshops

    def _workshops(self, fate: str) -> bool:
        if fate == "dropped_early":
            self._drop(9)
            return False
        self._seat()
        held = list(self.cycle.workshops.order_by("number"))
        for workshop in held:
            marks = [
                workshops.Mark(self.way, person, role, self._came(role))
                for person, role in self.team
            ]
            workshops.record_attendance(
                actor=self.actor, workshop=workshop, marks=marks, base_version=workshop.version
            )
        self.day = max(self.day, timezone.localdate(held[-1].starts_at))
        if self.day >= timezone.localdate():
            self.day = timezone.localdate() - timedelta(days=14)
        self._move("workshop_attended", 0)
        moves.set_team(actor=self.actor, firm=self.way, members=self.team, on=self.day)
        self._move("eit_formed", 1)
        moves.approve_plan(
            actor=self.actor,
            firm=self.way,
            plan="Tres mejoras en tres meses: orden, calidad y seguridad.",
            approved_by=str(self.team[0][0]),
            on=self.day,
        )
        self._move("plan_approved", 2)
        return True

    def _came(self, role: str) -> bool:
        return role in ("owner", "worker") or self.draw.chance.random() < 0.8

    def _seat(self) -> None:
        """Two who manage and two who work; the owner is the register's where there is one."""
        for role, sex in TEAM:
            person = self._owner() if role == "owner" else None
            person = person or self._newcomer(sex, role)
            cycles_role = "manager" if role == "manager" else role
            workshops.add_participant(
                actor=self.actor, firm=self.way, person=person, role=cycles_role
            )
            self.team.append((person, cycles_role))

    def _owner(self) -> Person | None:
        link = self.enterprise.affiliations.filter(role=Affiliation.Role.OWNER).first()
        return link.person if link is not None else None

    def _newcomer(self, sex: str, role: str) -> Person:
        known = {person.pk for person, _role in self.team}
        link = {"owner": "owner", "manager": "manager"}.get(role, "worker")
        rows = self.enterprise.affiliations.filter(role=link).exclude(person__in=known)
        if (standing := rows.first()) is not None:
            return standing.person
        person = people.register_person(
            actor=self.actor,
            given_names=self.draw.given_names(sex),
            surnames=self.draw.surnames(),
            sex=sex,
            birth_year=self.draw.birth_year(),
            place=self.enterprise.place,
        )
        people.affiliate(actor=self.actor, person=person, enterprise=self.enterprise, role=link)
        return person

    def _drop(self, days: int) -> None:
        self.day += timedelta(days=days)
        reason = self.draw.chance.choice(DROPPED)
        moves.drop(actor=self.actor, firm=self.way, reason=reason, on=self.day)

    # --- visits

    def _visits(self, fate: str) -> bool:
        needed = self.cycle.module.visits
        if fate in ("visit_today", "visit_overdue"):
            late = timedelta(days=12 if fate == "visit_overdue" else 0)
            visits.plan_visit(actor=self.actor, firm=self.way, on=timezone.localdate() - late)
            return False
        for number in range(1, needed + 1):
            if fate == "dropped_late" and number == min(2, needed):
                self._drop(20)
                return False
            self._visit(number, is_last=number == needed)
        if fate == "paused":
            moves.pause(actor=self._act("Cierre temporal por la pandemia."), firm=self.way)
            return False
        return True

    def _visit(self, number: int, *, is_last: bool) -> None:
        self.day += timedelta(days=21)
        open_steps = list(self.way_steps())
        seen = visits.Seen(
            on=self.day,
            mode="on_site" if self.cycle.mode != "virtual" else "virtual",
            minutes=90,
            present=self.team[:3],
            findings="El equipo se reúne y anota lo que mide."
            if number > 1
            else "Primera vuelta por el área; se eligió por dónde empezar.",
            closed=open_steps,
            agreed=[visits.Agreed("Anotar los datos cada viernes", "encargada de producción")],
            next_on=None if is_last else self.day + timedelta(days=21),
        )
        visits.record_visit(actor=self.actor, firm=self.way, seen=seen)

    def way_steps(self) -> list[NextStep]:
        """Return the steps agreed in earlier visits that nobody closed."""
        rows = NextStep.objects.filter(visit__firm=self.way, done_on=None)
        return list(rows)

    # --- endline, certificate, a year after

    def _finish(self, fate: str) -> None:
        self._improve(fate)
        endings: dict[str, Callable[[], None]] = {
            "late_endline": self._wait,
            "waived": self._waive,
            "no_data": self._close,
        }
        endings.get(fate, self._certify)()
        if fate == "year_after":
            self._year_after()

    def _wait(self) -> None:
        """The endline is late: half of it is there and the certificate waits."""
        self.day += timedelta(days=20)
        self._read(self._measure("endline"), 1, only=1)

    def _waive(self) -> None:
        reason = "La empresa cerró la planta por la pandemia; hay fotos y actas de las visitas."
        moves.waive_endline(actor=self._act(reason), firm=self.way)
        self.day += timedelta(days=10)
        moves.issue_certificate(actor=self.actor, firm=self.way, on=self.day)

    def _close(self) -> None:
        self.day += timedelta(days=40)
        moves.close_without_data(
            actor=self._act("No volvió a contestar después de la última visita."),
            firm=self.way,
            on=self.day,
        )

    def _certify(self) -> None:
        self.day += timedelta(days=14)
        point = self._measure("endline")
        self._headcount(point, grown=self.draw.chance.choice((0, 0, 1, 1, 2, -1)))
        self._practices(point, 1)
        self._read(point, 1)
        self._move("endline_done", 0)
        self.day += timedelta(days=5)
        moves.issue_certificate(actor=self.actor, firm=self.way, on=self.day)

    def _year_after(self) -> None:
        self.day += timedelta(days=365)
        point = self._measure("year_after")
        self._headcount(point, grown=1)
        self._practices(point, 2)
        self._read(point, 2)
        self._move("year_after_done", 0)

    def _improve(self, fate: str) -> None:
        """Two or three projects a firm; 5S first, and one saving nobody would believe."""
        sector = self.enterprise.sector.code if self.enterprise.sector else "other"
        place = AREAS.get(sector, "producción")
        count = 2 + self.enterprise.pk % 2
        for number, (area, title, _group) in enumerate(PROJECTS[:count]):
            saving = self._saving(fate, number)
            values = {
                "actor": self.actor,
                "enterprise": self.enterprise,
                "title": title.format(area=place),
                "area": area,
                "starts_on": self.day - timedelta(days=50),
                "done_on": self.day if number < 2 else None,
                "status": Project.Status.DONE if number < 2 else Project.Status.DOING,
                "cost": Decimal(150 + 90 * number),
                "saving": saving,
                "running_cost": Decimal(0) if number else None,
            }
            _asked(projects.add_project, "Es lo que calculó la empresa.", values)

    def _saving(self, fate: str, number: int) -> Decimal | None:
        if fate == "outlier" and number == 0:
            return Decimal(20)
        if number == 2:
            return None  # still under way: nobody knows yet
        return Decimal(self.draw.chance.randrange(6, 60)) * 100


def _asked(service: Callable[..., object], reason: str, values: dict[str, object]) -> None:
    """Call a service; when it asks «¿es correcto?», answer as a trainer would."""
    try:
        service(**values)
    except Refused as question:
        if not question.code.endswith(".is_it_right"):
            raise
        service(**values, confirmed_reason=reason)
