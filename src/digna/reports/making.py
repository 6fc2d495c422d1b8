"""From a report to its page object: the maker of its kind, then a person's own words in place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version

from django.utils import timezone, translation

from digna.programmes.models import Programme
from digna.reports import logframe, narrative, paper, partner_report, statement, trainer_report
from digna.reports.body import Body
from digna.reports.models import Report
from digna.reports.paper import Cited, Paper, Section
from digna.reports.quarters import Stretch
from digna.results.models import ReportingPeriod

ENGINE = f"digna {version('digna')}"
LANGUAGES = ("es-bo", "en")
Kind = Report.Kind


def paper_of(report: Report, language: str, today: date | None = None) -> Paper:
    """Return a report as it stands, in a language."""
    with translation.override(language):
        body = body_of(report, today or timezone.localdate())
        words = {row.section: _either(row.es, row.en, language) for row in report.narratives.all()}
        return _whole(report.kind, language, body, words)


def public_paper(programme: Programme, language: str) -> Paper:
    """Return a programme's statement as nobody has issued it yet: from its public figures."""
    with translation.override(language):
        return _whole(Kind.STATEMENT.value, language, statement.body(programme), {})


def _either(es: str, en: str, language: str) -> str:
    return en if language == "en" and en else es


def body_of(report: Report, today: date) -> Body:
    """Return the parts of a report in the language in use."""
    stretch = Stretch(report.period, report.starts_on, report.ends_on)
    if report.kind == Kind.TRAINER and report.trainer is not None:
        return trainer_report.body(report.trainer, report.partner, stretch, has_synthetic(), today)
    if report.kind == Kind.PARTNER and report.partner is not None:
        return partner_report.body(report.partner, stretch, has_synthetic(), today)
    assert report.programme is not None  # noqa: S101 — a constraint holds it
    if report.kind == Kind.LOGFRAME:
        return logframe.body(report.programme, period_of(report))
    return statement.body(report.programme)


def has_synthetic() -> bool:
    """Whether this installation holds invented people and firms: every report says so."""
    return Programme.objects.filter(is_synthetic=True).exists()


def period_of(report: Report) -> ReportingPeriod | None:
    """Return the reporting period that a logframe ends with; None is to date."""
    if not report.period:
        return None
    rows = ReportingPeriod.objects.filter(programme=report.programme, label=report.period)
    return rows.first()


def _whole(kind: str, language: str, body: Body, words: Mapping[str, str]) -> Paper:
    bare = Paper(
        kind=kind,
        language=language[:2],
        title=body.title,
        subtitle=body.subtitle,
        programme=body.programme,
        period=body.period,
        is_synthetic=body.is_synthetic,
        is_public=body.is_public,
        as_of=body.as_of,
        facts=body.facts,
        sections=body.sections,
        definitions=body.definitions,
        sources=body.sources,
    )
    known = paper.figures(bare)
    return replace(bare, sections=tuple(_told(one, words, known) for one in bare.sections))


def _told(section: Section, words: Mapping[str, str], known: Mapping[str, Cited]) -> Section:
    """Return a section with a person's own words at its head."""
    written = narrative.paragraphs(words.get(section.code, ""), known)
    return replace(section, blocks=(*written, *section.blocks)) if written else section
