"""The screen of the IATI file: what would leave, what is wrong with it, what left before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from digna.accounts import rights
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.results import access
from digna.results.iati import composing, judging, who
from digna.results.iati.lacks import Lack
from digna.results.models import IatiFile, Indicator
from digna.results.selectors import freshness
from digna.results.selectors.freshness import Freshness

SHOWN = 200
"""Findings on the page; a file with more is mended from the first ones."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in the language in use."""

    rule: str
    severity: str
    line: int | None
    path: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class IatiPage:
    """Everything the screen shows."""

    programme: Programme
    fresh: Freshness
    identifier: str | None
    result_count: int
    indicator_count: int
    location_count: int
    budget_count: int
    transaction_count: int
    organisation_count: int
    required: tuple[Lack, ...]
    wanted: tuple[Lack, ...]
    reserved: tuple[Lack, ...]
    error_count: int
    warning_count: int
    not_checked_count: int
    findings: tuple[ShownFinding, ...]
    files: tuple[IatiFile, ...]
    may_edit: bool
    may_publish: bool


def iati_page(user: object, programme: Programme, at: datetime) -> IatiPage:
    """Compose and judge the file as it would leave now."""
    composed = composing.compose(programme, at)
    report = judging.report_on(composed.content, at)
    activity = composed.activity
    return IatiPage(
        programme=programme,
        fresh=freshness.of(programme),
        identifier=activity.identifier,
        result_count=len(activity.results),
        indicator_count=sum(len(one.indicators) for one in activity.results),
        location_count=len(activity.locations),
        budget_count=len(activity.budgets),
        transaction_count=len(activity.transactions),
        organisation_count=len(activity.participating_orgs),
        required=tuple(one for one in composed.lacks if one.is_required),
        wanted=tuple(o for o in composed.lacks if not o.is_required and not o.is_reserved),
        reserved=tuple(one for one in composed.lacks if one.is_reserved),
        error_count=len(report.errors),
        warning_count=len(report.warnings),
        not_checked_count=len(report.not_checked),
        findings=_findings(judging.judged(programme, composed, report)),
        files=files(programme),
        may_edit=rights.may(user, access.EDIT),
        may_publish=rights.may(user, access.PUBLISH),
    )


def _findings(rows: Sequence[judging.Judged]) -> tuple[ShownFinding, ...]:
    language = get_language() or ""
    return tuple(
        ShownFinding(
            rule=row.finding.rule,
            severity=row.finding.severity,
            line=row.finding.line,
            path=row.finding.path,
            sentence=row.finding.message(language),
            url=row.url,
        )
        for row in rows[:SHOWN]
    )


def files(programme: Programme) -> tuple[IatiFile, ...]:
    """Return the files published, the newest first."""
    rows = IatiFile.objects.filter(programme=programme).select_related("published_by")
    return tuple(rows)


def newest_file(programme: Programme) -> IatiFile | None:
    """Return the file that stands for the programme in public."""
    return IatiFile.objects.filter(programme=programme).first()


def content_of(row: IatiFile) -> bytes:
    """Return a published file as it left."""
    with row.file.open("rb") as opened:
        return bytes(opened.read())


def organisations(programme: Programme) -> list[Organisation]:
    """Return who takes part in a programme, each once."""
    rows = {row.pk: row for row in (*who.funders(programme), *who.partners(programme))}
    return list(rows.values())


def codes(programme: Programme) -> list[str]:
    """Return the codes of a programme's indicators."""
    return list(Indicator.objects.filter(programme=programme).values_list("code", flat=True))
