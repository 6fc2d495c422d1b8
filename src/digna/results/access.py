"""Who sees figures, who declares and freezes them, who may look at the records behind."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Membership, Role, User
from digna.accounts.rights import FIELD, OFFICE, READERS
from digna.errors import NotVisible
from digna.programmes.models import Programme
from digna.results.models import (
    EffectStudy,
    Figure,
    IatiFile,
    Indicator,
    IndicatorReview,
    QualityCheck,
    ReportingPeriod,
    ReviewComment,
    Target,
    VerificationSample,
    VerifiedRecord,
)

SEE = rights.declare("results.see", READERS | FIELD | {Role.MENTOR, Role.ANALYST})
EDIT = rights.declare("results.edit", OFFICE)
FREEZE = rights.declare("results.freeze", OFFICE)
IATI = rights.declare("results.iati", READERS)
PUBLISH = rights.declare("results.publish", {Role.LEAD})
OPEN_DATA = rights.declare("results.open_data", READERS)
RECORDS = rights.declare("results.records", READERS | FIELD)
REVIEW = rights.declare("results.review", READERS | FIELD)
SUBMIT = rights.declare("results.submit", OFFICE | FIELD)
APPROVE = rights.declare("results.approve", OFFICE)
QUALITY = rights.declare("results.quality", READERS | FIELD)
CHECK = rights.declare("results.check", OFFICE)
VERIFY = rights.declare("results.verify", OFFICE | FIELD)
EFFECT = rights.declare("results.effect", READERS | {Role.ANALYST})
STUDY = rights.declare("results.study", OFFICE | {Role.ANALYST})


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


def review(indicator: Indicator, period: ReportingPeriod) -> IndicatorReview:
    """Return the review of an indicator that was visible, in a period."""
    rows = IndicatorReview.objects.select_related("indicator", "period")
    row = rows.filter(indicator=indicator, period=period).first()
    if row is None:
        raise _not_visible(_("Este indicador todavía no se envió en este período."))
    return row


def comment(indicator: Indicator, key: int) -> ReviewComment:
    """Return one comment about an indicator that was visible."""
    row = ReviewComment.objects.filter(indicator=indicator, pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal comentario en este indicador."))
    return row


def others_approve(user: User | None, programme: Programme) -> bool:
    """Whether somebody besides `user` could approve in a programme today."""
    today = timezone.localdate()
    held = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        role__in=APPROVE.roles,
        starts_on__lte=today,
        user__is_active=True,
    ).exclude(user=user)
    return any(not m.programmes or programme.code in m.programmes for m in held)


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


def check(programme: Programme, key: int) -> QualityCheck:
    """Return one quality check of a programme that was visible."""
    rows = QualityCheck.objects.select_related("indicator__area", "run__period")
    row = rows.filter(run__programme=programme, pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal control en este programa."))
    return row


def sample(programme: Programme, key: int) -> VerificationSample:
    """Return one verification sample of a programme that was visible."""
    rows = VerificationSample.objects.select_related("indicator", "period", "drawn_by")
    row = rows.filter(indicator__programme=programme, pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal muestra en este programa."))
    row.indicator.programme = programme
    return row


def verified_record(sample: VerificationSample, place: int) -> VerifiedRecord:
    """Return one record of a sample that was visible, by its place in it."""
    row = VerifiedRecord.objects.filter(sample=sample, place=place).first()
    if row is None:
        raise _not_visible(_("No hay tal registro en esta muestra."))
    return row


def study(programme: Programme, key: UUID) -> EffectStudy:
    """Return one study of effect of a programme that was visible."""
    row = EffectStudy.objects.filter(programme=programme, public_id=key).first()
    if row is None:
        raise _not_visible(_("No hay tal estudio en este programa."))
    row.programme = programme
    return row


def _not_visible(what: str) -> NotVisible:
    return NotVisible("results.not_visible", what)
