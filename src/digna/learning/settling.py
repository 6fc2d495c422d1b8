"""After every step of somebody: when they began, when they were last here, whether they passed."""

from typing import Any

from django.utils import timezone

from digna.certificates.models import Certificate
from digna.certificates.services import certificates
from digna.journal import record
from digna.journal.actor import Actor
from digna.learning import finishing
from digna.learning.models import Enrolment
from digna.learning.selectors import standing


def locked(enrolment: Enrolment) -> Enrolment:
    """Return the enrolment held for this transaction: two telephones settle one after the other."""
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("course", "version", "person", "group__partner", "group__programme")
        .get(pk=enrolment.pk)
    )


def touch(actor: Actor, enrolment: Enrolment) -> None:
    """Remember the first and the latest day of work, whatever order they arrive in."""
    new: dict[str, Any] = {}
    if enrolment.began_at is None or actor.at < enrolment.began_at:
        new["began_at"] = actor.at
    if enrolment.latest_at is None or actor.at > enrolment.latest_at:
        new["latest_at"] = actor.at
    if new:
        record.change(enrolment, **new)


def settle(actor: Actor, enrolment: Enrolment) -> bool:
    """Finish the course of somebody who passed; True when that happened just now."""
    if enrolment.state != Enrolment.State.ACTIVE:
        return False
    if not standing.progress_of(enrolment).is_passed:
        return False
    ended_at = max(actor.at, enrolment.latest_at or actor.at)
    record.change(enrolment, state=Enrolment.State.FINISHED, finished_at=ended_at)
    record.change(enrolment, certificate=_certify(actor, enrolment))
    for hear in finishing.COURSE_FINISHED:
        hear(actor, enrolment)
    return True


def _certify(actor: Actor, enrolment: Enrolment) -> Certificate:
    read = enrolment.version.course_read
    began, ended = enrolment.began_at or actor.at, enrolment.finished_at or actor.at
    group = enrolment.group
    return certificates.issue(
        actor=actor,
        kind=Certificate.Kind.COMPLETION,
        person=enrolment.person,
        title_es=read.name["es"][:200],
        title_en=read.name.get("en", "")[:200],
        detail_es=", ".join(unit.name["es"] for unit in read.units),
        detail_en=", ".join(unit.name.get("en", unit.name["es"]) for unit in read.units),
        hours=read.hours,
        starts_on=timezone.localdate(began),
        ends_on=timezone.localdate(max(began, ended)),
        partner=group.partner if group is not None else enrolment.person.partner,
        programme=group.programme if group is not None else None,
        reference=enrolment.public_id,
    )
