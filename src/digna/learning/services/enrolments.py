"""People in courses: enrolled alone or with their firm, withdrawn, moved, given a newer version."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.learning import settling
from digna.learning.models import Course, CourseVersion, Enrolment, Group
from digna.learning.models.enrolments import new_token
from digna.registry.models import Enterprise, Person
from digna.registry.models.people import Affiliation

State = Enrolment.State


@writes("learning.person.enrolled")
def enrol(
    *,
    actor: Actor,
    course: Course,
    person: Person,
    enterprise: Enterprise | None = None,
    group: Group | None = None,
) -> Enrolment:
    """Enrol a person in the version in use; who is in the course already keeps their place.

    Raises:
        Refused: `learning.course.closed` (not published, or retired), `learning.group.other`.
    """
    _refuse_closed(course, group)
    Person.objects.select_for_update().filter(pk=person.pk).first()
    standing = (
        Enrolment.objects.filter(course=course, person=person)
        .exclude(state=State.WITHDRAWN)
        .first()
    )
    if standing is not None:
        return _joined(standing, group)
    assert course.current is not None  # noqa: S101 — `_refuse_closed` saw to it
    return record.add(
        Enrolment(
            course=course,
            version=course.current,
            person=person,
            enterprise=enterprise or _firm_of(actor, person),
            group=group,
            enrolled_at=actor.at,
            created_by=actor.user,
        )
    )


@writes("learning.firm.enrolled")
def enrol_many(
    *,
    actor: Actor,
    course: Course,
    people: Sequence[Person],
    enterprise: Enterprise | None = None,
    group: Group | None = None,
) -> int:
    """Enrol people of a firm (or of none) at once; return how many are in now.

    Raises:
        Refused: `learning.enrolment.nobody`, and as `enrol`.
    """
    if not people:
        raise Refused("learning.enrolment.nobody", _("Elija al menos a una persona."))
    for person in people:
        enrol(actor=actor, course=course, person=person, enterprise=enterprise, group=group)
    return len(people)


@writes("learning.enrolment.withdrawn")
def withdraw(*, actor: Actor, enrolment: Enrolment, reason: str) -> Enrolment:
    """Take somebody out of a course; what they did stays.

    Raises:
        Refused: `learning.enrolment.needs_reason`, `learning.enrolment.finished`.
    """
    if not reason.strip():
        raise Refused(
            "learning.enrolment.needs_reason",
            _("Escriba por qué se retira: ayuda a mejorar el curso."),
            field="reason",
        )
    if enrolment.state == State.FINISHED:
        raise Refused(
            "learning.enrolment.finished", _("Ya terminó el curso: no hay de qué retirarse.")
        )
    return record.change(enrolment, state=State.WITHDRAWN, withdrawn_reason=reason.strip()[:300])


@writes("learning.enrolment.reopened")
def reopen(*, actor: Actor, enrolment: Enrolment) -> Enrolment:
    """Let somebody who withdrew go on where they were."""
    record.change(enrolment, state=State.ACTIVE, withdrawn_reason="")
    settling.settle(actor, enrolment)
    return enrolment


@writes("learning.link.renewed")
def renew_link(*, actor: Actor, enrolment: Enrolment) -> Enrolment:
    """Give a new personal link; the old one stops working at once."""
    return record.change(enrolment, token=new_token())


@writes("learning.version.taken")
def take_version(*, actor: Actor, enrolment: Enrolment, version: CourseVersion) -> Enrolment:
    """Go on with a newer version: what was done in lessons of the same code stays done.

    Raises:
        Refused: `learning.version.other`.
    """
    if version.course_id != enrolment.course_id or version.state != version.State.PUBLISHED:
        raise Refused("learning.version.other", _("Esa versión no es de este curso."))
    record.change(enrolment, version=version)
    settling.settle(actor, enrolment)
    return enrolment


def _refuse_closed(course: Course, group: Group | None) -> None:
    if course.current is None or course.retired_on is not None:
        raise Refused(
            "learning.course.closed",
            _("«%(course)s» no está en uso: no se puede inscribir a nadie.") % {"course": course},
        )
    if group is not None and group.course_id != course.pk:
        raise Refused(
            "learning.group.other", _("Ese grupo es de otro curso. Elija uno de este."),
            field="group",
        )  # fmt: skip


def _joined(standing: Enrolment, group: Group | None) -> Enrolment:
    """Somebody who learns alone joins the group; who is in one stays there."""
    if group is not None and standing.group_id is None:
        return record.change(standing, group=group)
    return standing


def _firm_of(actor: Actor, person: Person) -> Enterprise | None:
    """The firm of a person today, where they have just one."""
    rows = Affiliation.objects.filter(person=person, enterprise__isnull=False, ends_on=None)
    firms = {row.enterprise for row in rows.select_related("enterprise")[:2]}
    return firms.pop() if len(firms) == 1 else None
