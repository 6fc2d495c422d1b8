"""Verification samples: what was drawn, what was found, what it says of all the records."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from digna.programmes.models import Programme
from digna.results.models import Indicator, ReportingPeriod, VerificationSample, VerifiedRecord
from digna.results.quality.found import Looked
from digna.results.selectors import records
from digna.web import numbers
from digna_engines.indicators import Recount, recount
from digna_engines.verification import Verified, verified

Result = VerifiedRecord.Result
WRONG = frozenset({Result.DIFFERS, Result.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One record drawn: what it is called where this person may see it, and what was found."""

    row: VerifiedRecord
    label: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A sample whole, and what it says."""

    programme: Programme
    sample: VerificationSample
    rows: tuple[SampleRow, ...]
    looked: Looked
    rate: str
    interval: str
    ratio: Recount
    hidden: int
    is_counted: bool


def newest(indicator: Indicator, period: ReportingPeriod | None) -> VerificationSample | None:
    """Return the newest sample of a figure."""
    rows = VerificationSample.objects.filter(indicator=indicator, period=period)
    return rows.prefetch_related("records").first()


def looked(sample: VerificationSample) -> Looked:
    """Return what was found so far."""
    rows = list(sample.records.all())
    told = [row for row in rows if row.result]
    both = [row for row in told if row.recounted is not None and row.reported is not None]
    return Looked(
        drawn=len(rows),
        looked_for=len(told),
        wrong=sum(row.result in WRONG for row in told),
        recounted=sum((row.recounted for row in both if row.recounted is not None), Decimal(0)),
        reported=sum((row.reported for row in both if row.reported is not None), Decimal(0)),
    )


def says(found: Looked) -> tuple[Verified, Recount]:
    """Return the error rate with its interval, and the verification ratio."""
    rate = verified(found.wrong, found.looked_for)
    if found.looked_for == 0:
        return rate, Recount(None, None)
    return rate, recount(found.recounted or Decimal(0), found.reported or Decimal(0))


def is_counted(indicator: Indicator) -> bool:
    """Whether a record counts as one; else verifiers type what it said and what they found."""
    return indicator.declaration.get("measure") in {"unique", "count", "share"}


def sample_page(user: object, programme: Programme, sample: VerificationSample) -> SamplePage:
    """Return the page of a sample; records this person may not see have no name on it."""
    rows = list(sample.records.all())
    named = records.named(user, sample.record_kind, [_key(row.key) for row in rows])
    shown = [_shown(row, named) for row in rows]
    found = looked(sample)
    rate, ratio = says(found)
    return SamplePage(
        programme=programme,
        sample=sample,
        rows=tuple(shown),
        looked=found,
        rate=numbers.share(found.wrong, found.looked_for) if found.looked_for else "",
        interval=_interval(rate),
        ratio=ratio,
        hidden=sum(not one.label for one in shown),
        is_counted=is_counted(sample.indicator),
    )


def _key(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


def _shown(row: VerifiedRecord, named: dict[object, records.RecordRow]) -> SampleRow:
    record = named.get(_key(row.key))
    if record is None:
        return SampleRow(row, "", "", "")
    return SampleRow(row, record.label, record.detail, record.url)


def _interval(rate: Verified) -> str:
    if rate.low is None or rate.high is None:
        return ""
    low, high = (numbers.number(100 * bound, 1) for bound in (rate.low, rate.high))
    return f"{low} – {high} %"


def of_figure(
    indicator: Indicator, period: ReportingPeriod | None
) -> Iterable[tuple[VerificationSample, Looked]]:
    """Return every sample of a figure, the newest first, with what was found."""
    rows = VerificationSample.objects.filter(indicator=indicator, period=period)
    return [
        (row, looked(row)) for row in rows.select_related("drawn_by").prefetch_related("records")
    ]
