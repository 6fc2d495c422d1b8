"""Who sees and changes programmes: all inside, within the programmes they are limited to."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role
from digna.accounts.rights import FIELD, OFFICE, READERS
from digna.errors import NotVisible
from digna.programmes.models import Activity, Programme

SEE = rights.declare("programmes.see", READERS | FIELD | {Role.ANALYST})
EDIT = rights.declare("programmes.edit", OFFICE)
KITS = rights.declare("programmes.kits", READERS)


def visible_programmes(user: object, right: rights.Right = SEE) -> QuerySet[Programme]:
    """Return the programmes a user holds `right` in; a membership without limit reaches all."""
    scopes = rights.reach(user, right).scopes
    if not scopes:
        return Programme.objects.none()
    if any(not scope.programmes for scope in scopes):
        return Programme.objects.all()
    codes = frozenset[str]().union(*(scope.programmes for scope in scopes))
    return Programme.objects.filter(code__in=codes)


def programme(user: object, code: str, right: rights.Right = SEE) -> Programme:
    """Return one programme, or say there is none for this user."""
    row = visible_programmes(user, right).filter(code=code).first()
    if row is None:
        raise NotVisible("programmes.not_visible", _("No hay tal programa, o no le toca verlo."))
    return row


def activity(user: object, key: int, right: rights.Right = SEE) -> Activity:
    """Return one activity of a programme the user may see."""
    rows = Activity.objects.select_related("programme", "area", "result", "partner")
    row = rows.filter(programme__in=visible_programmes(user, right), pk=key).first()
    if row is None:
        raise NotVisible("programmes.not_visible", _("No hay tal actividad, o no le toca verla."))
    return row
