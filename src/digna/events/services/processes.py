"""Processes: created, changed, opened to the public; their topics."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.events.models import Process, Topic, new_token
from digna.events.services import enrolments
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Activity, Programme
from digna.registry.models import Organisation, Sector


@writes("events.process.created")
def create_process(
    *,
    actor: Actor,
    kind: str,
    title: str,
    programmes: Collection[Programme],
    starts_on: date,
    ends_on: date | None = None,
    description: str = "",
    activity: Activity | None = None,
    partner: Organisation | None = None,
    sector: Sector | None = None,
    capacity: int | None = None,
) -> Process:
    """Create a process of one or several programmes: it is counted once in each.

    Raises:
        Refused: `events.process.no_programme`, `events.process.dates`.
    """
    _refuse_unfit(programmes, starts_on, ends_on)
    process = record.add(
        Process(
            kind=kind,
            title=title,
            description=description,
            activity=activity,
            partner=partner,
            sector=sector,
            starts_on=starts_on,
            ends_on=ends_on,
            capacity=capacity,
            created_by=actor.user,
        )
    )
    record.link(process, "programmes", programmes)
    return process


@writes("events.process.changed")
def change_process(
    *,
    actor: Actor,
    process: Process,
    programmes: Collection[Programme] | None = None,
    **values: Any,
) -> Process:
    """Change what a process says of itself; a larger capacity lets in who is waiting.

    Raises:
        Refused: as `create_process`.
    """
    kept = list(process.programmes.all()) if programmes is None else programmes
    _refuse_unfit(
        kept, values.get("starts_on", process.starts_on), values.get("ends_on", process.ends_on)
    )
    record.change(process, **values)
    if programmes is not None:
        record.link(process, "programmes", programmes)
    enrolments.fill_places(actor=actor, process=process)
    return process


def _refuse_unfit(programmes: Collection[Programme], starts_on: date, ends_on: date | None) -> None:
    if not programmes:
        raise Refused(
            "events.process.no_programme",
            _("Diga de qué programa es: sin programa no se cuenta en ningún resultado."),
            field="programmes",
        )
    if ends_on is not None and ends_on < starts_on:
        raise Refused(
            "events.process.dates",
            _("El fin (%(end)s) es anterior al inicio (%(start)s). Corrija una de las fechas.")
            % {"end": ends_on.strftime("%d/%m/%Y"), "start": starts_on.strftime("%d/%m/%Y")},
            field="ends_on",
        )


@writes("events.topics.set")
def set_topics(*, actor: Actor, process: Process, titles: Sequence[str]) -> Process:
    """Set the topics, in order. A topic that keeps its title keeps its sessions."""
    wanted = list(dict.fromkeys(" ".join(title.split()) for title in titles if title.strip()))
    standing = {topic.title: topic for topic in process.topics.all()}
    for title, topic in standing.items():
        if title not in wanted:
            record.remove(topic)
    for order, title in enumerate(wanted):
        if title in standing:
            record.change(standing[title], order=order)
        else:
            record.add(Topic(process=process, title=title, order=order))
    return process


@writes("events.registration.set")
def set_registration(*, actor: Actor, process: Process, is_open: bool) -> Process:
    """Open or close the public registration page."""
    return record.change(process, is_registration_open=is_open)


@writes("events.registration.readdressed")
def renew_registration_address(*, actor: Actor, process: Process) -> Process:
    """Give the registration page a new address; the old one stops working."""
    return record.change(process, registration_token=new_token())
