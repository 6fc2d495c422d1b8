"""Who sees courses, keeps groups, reviews tasks, writes courses; and how a learner comes in.

A learner has no right: they reach their own enrolments, by their account or by a personal link.
Staff reach the enrolments of the groups they follow or whose partner they work for, and those of
people they see in the register.
"""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import FIELD, OFFICE, READERS, Reach
from digna.accounts.rules import Scope
from digna.errors import NotVisible
from digna.learning.models import (
    Course,
    CourseVersion,
    Enrolment,
    Group,
    MediaFile,
    TaskPhoto,
    TaskSubmission,
)
from digna.registry import access as registry
from digna.registry.models import Organisation, Person

SEE = rights.declare("learning.see", READERS | FIELD)
ENROL = rights.declare("learning.enrol", OFFICE | FIELD)
REVIEW = rights.declare("learning.review", OFFICE | FIELD)
AUTHOR = rights.declare("learning.author", OFFICE | {Role.COORDINATOR})

LINK = "learning_link"
"""Where the session keeps the key of a personal link that was opened."""


@dataclass(frozen=True, slots=True)
class Learner:
    """Who is learning here: a person with an account, or the one whose link was opened."""

    person: Person
    token: str = ""

    def enrolments(self) -> QuerySet[Enrolment]:
        """Return the open enrolments: all of who signed in, one of who came by a link."""
        rows = Enrolment.objects.filter(person=self.person)
        if self.token:
            rows = rows.filter(token=self.token)
        return rows.select_related("course", "group", "person")


def learner(request: HttpRequest) -> Learner | None:
    """Return who learns: the personal link that was opened last wins over the account."""
    token = request.session.get(LINK, "")
    if token:
        row = _by_token(token)
        if row is not None:
            return Learner(row.person, token)
    return _of_account(request.user)


def _of_account(user: object) -> Learner | None:
    if not isinstance(user, User):
        return None
    person = Person.objects.living().filter(account=user).first()
    return Learner(person) if person is not None else None


def _by_token(token: str) -> Enrolment | None:
    rows = Enrolment.objects.select_related("person", "course")
    return rows.filter(token=token, person__erased_at=None).first() if token else None


def enrolment_by_token(token: str) -> Enrolment:
    """Return the enrolment of a personal link."""
    row = _by_token(token)
    if row is None:
        raise NotVisible(
            "learning.no_such_link",
            _("Este enlace ya no sirve. Pida el enlace nuevo a quien acompaña el curso."),
        )
    return row


def own_enrolment(request: HttpRequest, course: str) -> Enrolment:
    """Return the learner's way through a course, the furthest where a merge left two."""
    found = learner(request)
    rows = list(found.enrolments().filter(course__code=course)) if found is not None else []
    if not rows:
        raise NotVisible(
            "learning.not_enrolled",
            _("No está inscrita/o en ese curso. Ingrese, o abra el enlace que le enviaron."),
        )
    return max(rows, key=_how_far)


def _how_far(row: Enrolment) -> tuple[int, float]:
    order = {Enrolment.State.WITHDRAWN: 0, Enrolment.State.ACTIVE: 1, Enrolment.State.FINISHED: 2}
    latest = row.latest_at.timestamp() if row.latest_at is not None else 0.0
    return order[Enrolment.State(row.state)], latest


def arriving_enrolment(user: object, key: uuid.UUID | None, token: str) -> Enrolment:
    """Return the enrolment that work kept on a telephone belongs to.

    By its key where the account is the person's; by the link's key where there is no account.
    """
    if token:
        return enrolment_by_token(token)
    found = _of_account(user)
    row = found.enrolments().filter(public_id=key).first() if found and key else None
    if row is None:
        raise NotVisible(
            "learning.not_enrolled",
            _("No está inscrita/o en ese curso. Ingrese, o abra el enlace que le enviaron."),
        )
    return row


def media(digest: str, name: str) -> MediaFile:
    """Return a file of a course: what lessons show is open to whoever knows its digest."""
    row = None
    if len(digest) == 16:
        row = MediaFile.objects.filter(name=name, sha256__startswith=digest).first()
    if row is None:
        raise NotVisible("learning.no_such_file", _("No hay tal archivo en ningún curso."))
    return row


def visible_courses(user: object) -> QuerySet[Course]:
    """Return the courses: known to everybody who works with firms; drafts to their authors."""
    if not rights.may(user, SEE):
        return Course.objects.none()
    rows = Course.objects.select_related("current").defer("current__content")
    return rows if rights.may(user, AUTHOR) else rows.exclude(current=None)


def course(user: object, code: str) -> Course:
    """Return one course."""
    row = visible_courses(user).filter(code=code).first()
    if row is None:
        raise NotVisible("learning.not_visible", _("No hay tal curso, o no le toca verlo."))
    return row


def draft(user: object, code: str) -> CourseVersion:
    """Return the draft of a course, for who writes courses."""
    row = CourseVersion.objects.filter(
        course__in=visible_courses(user).values("pk"),
        course__code=code,
        state=CourseVersion.State.DRAFT,
    )
    found = row.select_related("course__current").first() if rights.may(user, AUTHOR) else None
    if found is None:
        raise NotVisible("learning.no_draft", _("Ese curso no tiene borrador. Comience uno."))
    return found


def _within(scope: Scope) -> Q:
    reached = Q()
    if scope.partner:
        reached &= Q(partner__code=scope.partner)
    if scope.programmes:
        reached &= Q(programme__code__in=scope.programmes)
    if scope.departments:
        # a group has no place of its own: its people have
        codes = scope.departments
        there = Enrolment.objects.filter(
            Q(person__place__code__in=codes) | Q(person__place__parent__code__in=codes),
            group=OuterRef("pk"),
        )
        reached &= Q(Exists(there))
    return reached


def _limits(reach: Reach) -> Q:
    allowed = Q(pk__in=[])
    for scope in reach.scopes:
        allowed |= _within(scope)
    return allowed


def visible_groups(user: object, right: rights.Right = SEE) -> QuerySet[Group]:
    """Return the groups `user` may see (or do `right` to), those they follow or opened too."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return Group.objects.all()
    if not (reach and isinstance(user, User)):
        return Group.objects.none()
    return Group.objects.filter(_limits(reach) | Q(trainer=user) | Q(created_by=user))


def group(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Group:
    """Return one group."""
    rows = visible_groups(user, right).select_related(
        "course__current", "programme", "partner", "trainer"
    )
    row = rows.filter(public_id=key).first()
    if row is None:
        raise NotVisible("learning.not_visible", _("No hay tal grupo, o no le toca verlo."))
    return row


def visible_enrolments(user: object, right: rights.Right = SEE) -> QuerySet[Enrolment]:
    """Return the enrolments `user` may see (or do `right` to)."""
    reach = rights.reach(user, right)
    rows = Enrolment.objects.filter(person__erased_at=None)
    if reach.is_everything:
        return rows
    if not (reach and isinstance(user, User)):
        return rows.none()
    people = registry.visible_people(user).order_by().values("pk")
    groups = visible_groups(user, right).order_by().values("pk")
    return rows.filter(Q(group__in=groups) | Q(person__in=people) | Q(created_by=user))


def enrolment(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Enrolment:
    """Return one enrolment."""
    rows = visible_enrolments(user, right).select_related(
        "course__current", "version", "person", "enterprise", "group", "certificate"
    )
    row = rows.filter(public_id=key).first()
    if row is None:
        raise NotVisible("learning.not_visible", _("No hay tal inscripción, o no le toca verla."))
    return row


def visible_submissions(user: object, right: rights.Right = REVIEW) -> QuerySet[TaskSubmission]:
    """Return the tasks handed in by people whom `user` follows; never one's own."""
    mine = visible_enrolments(user, right).order_by().values("pk")
    rows = TaskSubmission.objects.filter(enrolment__in=mine)
    if isinstance(user, User):
        rows = rows.exclude(enrolment__person__account=user)
    return rows


def submission(user: object, key: uuid.UUID, right: rights.Right = REVIEW) -> TaskSubmission:
    """Return one task handed in."""
    rows = visible_submissions(user, right).select_related(
        "enrolment__person", "enrolment__course", "enrolment__group", "version", "reviewed_by"
    )
    row = rows.filter(public_id=key).first()
    if row is None:
        raise NotVisible("learning.not_visible", _("No hay tal tarea, o no le toca revisarla."))
    return row


def photo(request: HttpRequest, key: int) -> TaskPhoto:
    """Return a photograph of a task: to who took it and to who reviews it."""
    found = learner(request)
    rows = TaskPhoto.objects.filter(pk=key)
    own = rows.filter(submission__enrolment__person=found.person).first() if found else None
    row = (
        own
        or rows.filter(
            submission__in=visible_submissions(request.user, SEE).order_by().values("pk")
        ).first()
    )
    if row is None:
        raise NotVisible("learning.not_visible", _("No hay tal foto, o no le toca verla."))
    return row


def partners_of(user: object) -> QuerySet[Organisation]:
    """Return the partners for whom `user` may open a group."""
    scopes = rights.reach(user, ENROL).scopes
    partners = Organisation.objects.filter(is_partner=True)
    if any(not scope.partner for scope in scopes):
        return partners
    return partners.filter(code__in={scope.partner for scope in scopes})
