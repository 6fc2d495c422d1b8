"""Who sees and changes which processes: the only way from a user and a key to a row.

Everything for the office and the auditor; for coordinators and trainers what their memberships
reach, by partner, by the department of a session and by programme; and what one created.
"""

import uuid

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import User
from digna.accounts.rights import FIELD, OFFICE, READERS, Reach, Scope
from digna.errors import NotVisible
from digna.events.models import CallSheet, Enrolment, Process, Session
from digna.programmes.models import Programme
from digna.registry import access as registry
from digna.registry.models import ImportBatch, Organisation

SEE = rights.declare("events.see", READERS | FIELD)
EDIT = rights.declare("events.edit", OFFICE | FIELD)


def _within(scope: Scope) -> Q:
    """Return what one membership reaches: all of its limits hold at once."""
    reached = Q()
    if scope.partner:
        reached &= Q(partner__code=scope.partner)
    if scope.programmes:
        those = Process.objects.filter(programmes__code__in=scope.programmes)
        reached &= Q(pk__in=those.values("pk"))
    if scope.departments:
        codes = scope.departments
        here = Session.objects.filter(Q(place__code__in=codes) | Q(place__parent__code__in=codes))
        reached &= Q(pk__in=here.values("process"))
    return reached


def _limits(reach: Reach) -> Q:
    allowed = Q(pk__in=[])
    for scope in reach.scopes:
        allowed |= _within(scope)
    return allowed


def visible_processes(user: object, right: rights.Right = SEE) -> QuerySet[Process]:
    """Return the processes that `user` may see (or do `right` to)."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return Process.objects.all()
    if not (reach and isinstance(user, User)):
        return Process.objects.none()
    return Process.objects.filter(_limits(reach) | Q(created_by=user))


def _not_visible(what: str) -> NotVisible:
    return NotVisible("events.not_visible", what)


def programmes_of(user: object) -> QuerySet[Programme]:
    """Return the programmes in which `user` may hold processes."""
    scopes = rights.reach(user, EDIT).scopes
    if any(not scope.programmes for scope in scopes):
        return Programme.objects.all()
    codes = {code for scope in scopes for code in scope.programmes}
    return Programme.objects.filter(code__in=codes)


def partners_of(user: object) -> QuerySet[Organisation]:
    """Return the partners for which `user` may hold processes."""
    scopes = rights.reach(user, EDIT).scopes
    partners = Organisation.objects.filter(is_partner=True)
    if any(not scope.partner for scope in scopes):
        return partners
    return Organisation.objects.filter(code__in={scope.partner for scope in scopes})


def imports_of(user: object) -> QuerySet[ImportBatch]:
    """Return the finished imports of people that `user` may follow."""
    return registry.visible_imports(user).filter(kind="people", state=ImportBatch.State.DONE)


def process(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Process:
    """Return one process, or say there is none for this user."""
    row = (
        visible_processes(user, right)
        .select_related("partner", "sector", "activity")
        .prefetch_related(Prefetch("programmes", to_attr="in_programmes"))
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal proceso entre sus actividades, o no le toca verlo."))
    return row


def may_edit(user: object, process: Process) -> bool:
    """Whether `user` may change this very process."""
    return rights.may(user, EDIT) and (visible_processes(user, EDIT).filter(pk=process.pk).exists())


def session(user: object, key: int, right: rights.Right = SEE) -> Session:
    """Return one session, or say there is none for this user."""
    row = (
        Session.objects.filter(process__in=visible_processes(user, right).values("pk"))
        .select_related("process__partner", "topic", "place__parent")
        .prefetch_related(Prefetch("process__programmes", to_attr="in_programmes"))
        .filter(pk=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal sesión entre sus actividades, o no le toca verla."))
    return row


def enrolment(user: object, key: int, right: rights.Right = SEE) -> Enrolment:
    """Return one enrolment in a process of this user's."""
    row = (
        Enrolment.objects.filter(process__in=visible_processes(user, right).values("pk"))
        .select_related("process", "person", "organisation")
        .filter(pk=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal inscripción entre sus actividades."))
    return row


def call_sheet(user: object, key: int, right: rights.Right = EDIT) -> CallSheet:
    """Return one uploaded call sheet of a session of this user's."""
    row = (
        CallSheet.objects.filter(session__process__in=visible_processes(user, right).values("pk"))
        .select_related("session__process")
        .filter(pk=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal lista de videollamada entre sus sesiones."))
    return row


def open_process(token: str) -> Process:
    """Return the process whose public address holds `token`; no account is asked for."""
    row = Process.objects.filter(registration_token=token).first()
    if row is None:
        raise _not_visible(
            _("Este enlace de inscripción no existe o fue cambiado. Pida el enlace nuevo.")
        )
    return row


def check_in_session(token: str) -> Session:
    """Return the session whose poster holds `token`; no account is asked for."""
    row = Session.objects.select_related("process", "place").filter(check_in_token=token).first()
    if row is None:
        raise _not_visible(
            _("Este código no es de ninguna sesión. Pida a quien la dirige el código de hoy.")
        )
    return row
