"""The demo's reports: one of each kind opened, with a person's words; the public one published."""

from typing import Any

from digna.accounts.models import User
from digna.journal.actor import Actor
from digna.programmes.models import Programme
from digna.reports import quarters
from digna.reports.models import Report
from digna.reports.services import editions, reports
from digna.training.models import Cycle

FORWARD = quarters.quarter(2021, 2)
KNOWLEDGE_ES = (
    "Los {ind:market_assessments} estudios fueron la base de todo lo demás: ningún sector se "
    "eligió por costumbre."
)
KNOWLEDGE_EN = (
    "The {ind:market_assessments} studies were the ground of everything else: no sector was chosen "
    "out of habit."
)


def load(actor: Actor, programme: Programme) -> None:
    """Open the four reports; issue the logframe and the statement, and publish the latter."""
    logframe = _of_programme(actor, programme, "logframe")
    statement = _of_programme(actor, programme, "statement")
    reports.write_text(
        actor=actor, report=statement, section="knowledge", es=KNOWLEDGE_ES, en=KNOWLEDGE_EN
    )
    editions.issue(actor=actor, report=logframe)
    editions.publish(actor=actor, edition=editions.issue(actor=actor, report=statement))
    cycle = Cycle.objects.exclude(partner=None).order_by("starts_on", "pk").first()
    days: dict[str, Any] = {"starts_on": FORWARD.starts_on, "ends_on": FORWARD.ends_on}
    if cycle is not None:
        partner = reports.open_report(
            actor=actor, kind="partner", partner=cycle.partner, period=FORWARD.key, **days
        )
        editions.issue(actor=actor, report=partner)
    trainer = User.objects.get(email="formadora@demo.example")
    reports.open_report(actor=actor, kind="trainer", trainer=trainer, period=FORWARD.key, **days)


def _of_programme(actor: Actor, programme: Programme, kind: str) -> Report:
    return reports.open_report(
        actor=actor, kind=kind, programme=programme,
        starts_on=programme.starts_on, ends_on=programme.ends_on,
    )  # fmt: skip
