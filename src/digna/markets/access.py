"""Who reads trade data, who writes fact sheets and who approves them.

What the world trades is nobody's secret: whoever has the right reads every reading. A sheet
belongs to a programme, or to a partner in it, as a study does. Nobody approves a version that they
sent themselves. The owner of a firm reads the sheets approved, told for their own firm.
"""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import FIELD, READERS, Right
from digna.accounts.rules import Scope
from digna.errors import NotVisible
from digna.markets.models import Bringing, Entry, Reading, Release, Sheet, SheetVersion
from digna.registry import access as registry
from digna.registry.models import Enterprise

SEE = rights.declare("markets.see", READERS | FIELD | {Role.ANALYST})
EDIT = rights.declare("markets.edit", {Role.LEAD, Role.ANALYST})
APPROVE = rights.declare("markets.approve", {Role.LEAD})
FIRM = rights.declare("markets.firm", READERS | FIELD | {Role.ANALYST, Role.OWNER})


def releases() -> QuerySet[Release]:
    """The data in use, the latest first; synthetic ones last."""
    return Release.objects.filter(retired_at=None).order_by("is_synthetic", "-brought_at", "-pk")


def release(key: str) -> Release:
    """Return one set of data in use."""
    row = Release.objects.filter(key=key, retired_at=None).first()
    if row is None:
        raise _not_visible(_("Esos datos no están en esta instalación."))
    return row


def bringing(key: uuid.UUID) -> Bringing:
    """Return one file that is being brought, for whoever may bring them."""
    row = Bringing.objects.select_related("release").filter(public_id=key).first()
    if row is None:
        raise _not_visible(_("No hay tal archivo."))
    return row


def reading(key: uuid.UUID) -> Reading:
    """Return one reading."""
    row = Reading.objects.select_related("release", "national").filter(public_id=key).first()
    if row is None:
        raise _not_visible(_("No hay tal lectura de mercado."))
    return row


def _within(scope: Scope) -> Q:
    """Return what one membership reaches: all of its limits hold at once."""
    reached = Q()
    if scope.partner:
        reached &= Q(partner=None) | Q(partner__code=scope.partner)
    if scope.programmes:
        reached &= Q(programme__code__in=scope.programmes)
    return reached


def visible_sheets(user: object, right: Right = SEE) -> QuerySet[Sheet]:
    """Return the sheets that `user` may see (or do `right` to)."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return Sheet.objects.all()
    if not (reach and isinstance(user, User)):
        return Sheet.objects.none()
    allowed = Q(created_by=user)
    for scope in reach.scopes:
        allowed |= _within(scope)
    return Sheet.objects.filter(allowed)


def sheet(user: object, key: uuid.UUID, right: Right = SEE) -> Sheet:
    """Return one sheet, or say there is none for this user."""
    rows = visible_sheets(user, right).select_related(
        "programme", "partner", "study", "reading__release", "created_by"
    )
    row = rows.filter(public_id=key).first()
    if row is None:
        raise _not_visible(_("No hay tal ficha entre las suyas, o no le toca verla."))
    return row


def may(user: object, right: Right, row: Sheet) -> bool:
    """Whether `user` may do `right` to this very sheet."""
    return visible_sheets(user, right).filter(pk=row.pk).exists()


def entry(user: object, key: uuid.UUID) -> Entry:
    """Return one thing of a sheet that `user` may change."""
    rows = Entry.objects.filter(sheet__in=visible_sheets(user, EDIT).values("pk"))
    row = rows.select_related("sheet__programme").filter(public_id=key).first()
    if row is None:
        raise _not_visible(_("Eso no está en ninguna de sus fichas."))
    return row


def version(user: object, key: uuid.UUID, right: Right = SEE) -> SheetVersion:
    """Return one version of a sheet of this user's."""
    rows = SheetVersion.objects.filter(sheet__in=visible_sheets(user, right).values("pk"))
    row = rows.select_related("sheet__programme", "sent_by", "judged_by")
    found = row.filter(public_id=key).first()
    if found is None:
        raise _not_visible(_("No hay tal versión entre sus fichas."))
    return found


def public_versions() -> QuerySet[SheetVersion]:
    """Return what anybody may read: the latest published version of each sheet."""
    rows = SheetVersion.objects.filter(
        state=SheetVersion.State.APPROVED, published_at__isnull=False, withdrawn_at=None
    )
    return rows.select_related("sheet__programme").order_by("sheet_id", "-number")


def approved_versions() -> QuerySet[SheetVersion]:
    """Return the approved versions that nobody withdrew, the latest of each sheet first."""
    rows = SheetVersion.objects.filter(state=SheetVersion.State.APPROVED, withdrawn_at=None)
    return rows.select_related("sheet__programme").order_by("sheet_id", "-number")


def approved_version(key: uuid.UUID) -> SheetVersion:
    """Return the latest approved version of a sheet, for a firm that may read it."""
    row = approved_versions().filter(sheet__public_id=key).first()
    if row is None:
        raise _not_visible(_("Esa ficha todavía no está aprobada."))
    return row


def firm(user: object, key: uuid.UUID) -> Enterprise:
    """Return a firm that `user` may see; an owner reaches their own only."""
    rows = registry.visible_enterprises(user, registry.SEE)
    row = rows.select_related("sector", "place").filter(public_id=key).first()
    if row is None or not rights.may(user, FIRM):
        raise _not_visible(_("No hay tal empresa entre las suyas."))
    return row


def _not_visible(what: str) -> NotVisible:
    return NotVisible("markets.not_visible", what)
