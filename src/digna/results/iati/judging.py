"""A composed file held against the standard, each finding with where it is mended."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.urls import reverse

from digna.programmes.models import Programme
from digna.results import codelists
from digna.results.iati import lacks
from digna.results.iati.composing import Composed
from digna_engines.iati import Finding, Report, validate

_INDICATOR = re.compile(r"/result(?:\[(\d+)\])?/indicator(?:\[(\d+)\])?")
_FIELDS = (
    ("reporting-org", "org_ref"), ("iati-identifier", "activity_ref"), ("sector", "sectors"),
    ("tag", "tags"), ("recipient-country", "country"), ("contact-info", "contact_email"),
    ("@default-currency", "currency"), ("activity-status", "status"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and the page on which what it is about is written."""

    finding: Finding
    url: str


def report_on(content: bytes, at: datetime) -> Report:
    """Judge a file as of a moment; days count in UTC, in which the file is dated."""
    return validate(content, codelists=codelists.kept(), as_of=at.astimezone(UTC).date())


def judged(programme: Programme, composed: Composed, report: Report) -> tuple[Judged, ...]:
    """Return each finding with where it is mended."""
    return tuple(Judged(one, mended_at(programme, composed, one.path)) for one in report.findings)


def mended_at(programme: Programme, composed: Composed, path: str) -> str:
    """Return the page where what a path names is written."""
    found = _INDICATOR.search(path)
    if found:
        result, indicator = (int(number or 1) - 1 for number in found.groups())
        if result < len(composed.codes) and indicator < len(composed.codes[result]):
            code = composed.codes[result][indicator]
            return reverse("results:indicator", args=[programme.code, code])
    if "/result" in path:
        return reverse("results:programme", args=[programme.code])
    for element, field in _FIELDS:
        if element in path:
            return lacks.settings_url(programme, field)
    if any(f"/{name}" in path for name in ("budget", "transaction", "title", "description")):
        return reverse("programmes:programme", args=[programme.code])
    return lacks.settings_url(programme)
