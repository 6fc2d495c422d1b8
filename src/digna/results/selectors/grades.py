"""The letter of quality that stands beside a number: of the newest run over its period."""

from collections.abc import Mapping
from dataclasses import dataclass

from digna.results.models import QualityGrade, QualityRun
from digna.results.quality import words


@dataclass(frozen=True, slots=True)
class Grade:
    """A letter and the sentence that says what it means."""

    letter: str
    sentence: str


def newest_run(programme_id: int, period_id: int | None) -> QualityRun | None:
    """Return the newest run that came to its end over a period's figures."""
    rows = QualityRun.objects.filter(programme=programme_id, state=QualityRun.State.DONE)
    return rows.filter(period=period_id).order_by("-finished_at", "-id").first()


def of_period(programme_id: int, period_id: int | None) -> Mapping[int, Grade]:
    """Return the letters of a period's figures by indicator; those without one are left out.

    One query: the newest run is found inside it.
    """
    newest = (
        QualityRun.objects.filter(
            programme=programme_id, period=period_id, state=QualityRun.State.DONE
        )
        .order_by("-finished_at", "-id")
        .values("pk")[:1]
    )
    rows = QualityGrade.objects.filter(run=newest).exclude(grade="")
    return {row.indicator_id: grade_of(row) for row in rows}


def grade_of(row: QualityGrade) -> Grade:
    """Return a grade in the language in use."""
    return Grade(row.grade, words.sentence(row.grade, row.weak, row.unjudged))
