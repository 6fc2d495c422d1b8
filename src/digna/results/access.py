"""Who sees figures, who declares and freezes them, who may look at the records behind."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role
from digna.accounts.rights import FIELD, OFFICE, READERS
from digna.errors import NotVisible
from digna.programmes.models import Programme
from digna.results.models import Figure, IatiFile, Indicator, ReportingPeriod, Target

SEE = rights.declare("results.see", READERS | FIELD | {Role.MENTOR, Role.ANALYST})
EDIT = rights.declare("results.edit", OFFICE)
FREEZE = rights.declare("results.freeze", OFFICE)
IATI = rights.declare("results.iati", READERS)
PUBLISH = rights.declare("results.publish", {Role.LEAD})
OPEN_DATA = rights.declare("results.open_data", READERS)
RECORDS = rights.declare("results.records", READERS | FIELD)


def visible_programmes(user: object, right: rights.Right = SEE) -> QuerySet[Programme]:
    """Return the programmes whose figures `user` may see (or do `right` to).

    Figures are aggregates: a limit to a partner or a department does not cut them, only a limit
    to programmes does. The records behind them stay limited by the register's own rules.
    """
    reach = rights.reach(user, right)
    if any(not scope.programmes for scope in reach.scopes):
        return Programme.objects.all()
    codes = frozenset[str]().union(*(scope.programmes for scope in reach.scopes))
    return Programme.objects.filter(code__in=codes)


def programme(user: object, code: str, right: rights.Right = SEE) -> Programme:
    """Return one programme, or say there is none for this user."""
    row = visible_programmes(user, right).filter(code=code).first()
    if row is None:
        raise _not_visible(_("No hay tal programa, o no le toca verlo."))
    return row


def indicator(programme: Programme, code: str) -> Indicator:
    """Return one indicator of a programme that was visible."""
    row = Indicator.objects.select_related("area").filter(programme=programme, code=code).first()
    if row is None:
        raise _not_visible(_("No hay tal indicador en este programa."))
    row.programme = programme
    return row


def period(programme: Programme, key: int) -> ReportingPeriod:
    """Return one reporting period of a programme that was visible."""
    row = ReportingPeriod.objects.filter(programme=programme, pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal período en este programa."))
    row.programme = programme
    return row


def target(indicator: Indicator, key: int) -> Target:
    """Return one target of an indicator that was visible."""
    row = Target.objects.filter(indicator=indicator, pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal meta en este indicador."))
    return row


def iati_file(programme: Programme, key: UUID) -> IatiFile:
    """Return one published file of a programme that was visible."""
    row = IatiFile.objects.filter(programme=programme, public_id=key).first()
    if row is None:
        raise _not_visible(_("No hay tal archivo en este programa."))
    return row


def figure(programme: Programme, key: int) -> Figure:
    """Return one figure of a programme that was visible, with its packed records."""
    row = (
        Figure.objects.select_related("indicator__area", "period")
        .filter(indicator__programme=programme, pk=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("Esa cifra ya no existe: vuelva al indicador y ábrala de nuevo."))
    return row


def _not_visible(what: str) -> NotVisible:
    return NotVisible("results.not_visible", what)
