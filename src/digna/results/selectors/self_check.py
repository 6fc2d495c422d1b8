"""The self-check of a programme: each point by data and by people, and what they add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.errors import NotVisible
from digna.programmes.models import Programme
from digna.results import access, chain_kits, standard_words
from digna.results.models import StandardAnswer, StandardAssessment
from digna.results.selectors import standard_facts
from digna.results.standard_evidence import CHECKS, Evidence, Facts
from digna.web import numbers
from digna.web.languages import either
from digna_engines.standards import ControlPoint, ElementScore, Found, score

BADGES = {
    "yes": "good",
    "partly": "warning",
    "no": "error",
    "cannot_tell": "",
    "not_applicable": "",
}


@dataclass(frozen=True, slots=True)
class PointRow:
    """One control point with what the data say, what a person says over it, and what counts."""

    code: str
    element: int
    is_must: bool
    text: str
    note: str
    auto: Evidence
    auto_word: str
    source_url: str
    answer: StandardAnswer | None
    verdict: str
    word: str
    badge: str
    url: str


@dataclass(frozen=True, slots=True)
class ElementRow:
    """An element with its points and their sum."""

    number: int
    name: str
    score: ElementScore
    earned: Decimal
    applicable: Decimal
    before: str
    points: tuple[PointRow, ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything the screen of the self-check shows."""

    programme: Programme
    elements: tuple[ElementRow, ...]
    whole: ElementScore | None
    earned: Decimal
    applicable: Decimal
    failing: tuple[PointRow, ...]
    saved: tuple[StandardAssessment, ...]
    may_edit: bool


def check_page(user: object, programme: Programme, today: date) -> CheckPage:
    """Return the self-check as it stands today."""
    rows = point_rows(programme, today)
    saved = tuple(StandardAssessment.objects.filter(programme=programme).select_related("by"))
    told = added(rows) if rows else None
    before = saved[0].document if saved else {}
    failing = {code for code in told.whole.failing} if told is not None else set()
    return CheckPage(
        programme=programme,
        elements=_elements(rows, before),
        whole=told.whole if told is not None else None,
        earned=exact(told.whole.earned) if told is not None else Decimal(0),
        applicable=exact(told.whole.applicable) if told is not None else Decimal(0),
        failing=tuple(
            sorted((row for row in rows if row.code in failing), key=lambda row: not row.is_must)
        ),
        saved=saved,
        may_edit=rights.may(user, access.EDIT),
    )


def added(rows: Sequence[PointRow]) -> Any:
    """Let the engine add up what counts at each point."""
    points = [
        ControlPoint(row.code, row.element, "must" if row.is_must else "recommended")
        for row in rows
    ]
    return score(points, [Found(row.code, row.verdict) for row in rows])  # type: ignore[arg-type]


def exact(points: Fraction) -> Decimal:
    """Return points as a decimal: halves are exact.

    >>> exact(Fraction(5, 2))
    Decimal('2.5')
    """
    return Decimal(points.numerator) / Decimal(points.denominator)


def point_rows(programme: Programme, today: date) -> tuple[PointRow, ...]:
    """Return every control point of the installed checklist with its verdicts."""
    entries = chain_kits.control_points()
    if not entries:
        return ()
    facts = standard_facts.facts_of(programme, today)
    answers = {
        row.point: row
        for row in StandardAnswer.objects.filter(programme=programme).select_related("by")
    }
    urls = _urls(programme)
    rows = [_row(programme, one, facts, answers.get(one["code"]), urls) for one in entries]
    return tuple(sorted(rows, key=lambda row: row.element))


def _urls(programme: Programme) -> dict[str, str]:
    """Return where each kind of fact comes from."""
    return {
        "chains": reverse("results:chains", args=[programme.code]),
        "programme": reverse("results:programme", args=[programme.code]),
        "periods": reverse("results:periods", args=[programme.code]),
        "effects": reverse("results:effects", args=[programme.code]),
        "iati": reverse("results:iati", args=[programme.code]),
        "costs": reverse("partners:comparison"),
        "activities": reverse("programmes:programme", args=[programme.code]),
        "studies": reverse("studies:studies"),
    }


def _row(
    programme: Programme,
    entry: Mapping[str, Any],
    facts: Facts,
    answer: StandardAnswer | None,
    urls: Mapping[str, str],
) -> PointRow:
    check = CHECKS.get(entry.get("check") or "")
    auto = Evidence("cannot_tell", _("Los registros no lo dicen: respóndalo usted."))
    source = ""
    if check is not None:
        auto, source = check[0](facts), urls[check[1]]
    verdict = answer.verdict if answer is not None else auto.verdict
    words = dict(StandardAnswer.Verdict.choices)
    return PointRow(
        code=entry["code"],
        element=entry["element"],
        is_must=entry["kind"] == "must",
        text=either(entry["text_es"], entry["text_en"]),
        note=either(entry.get("note_es", ""), entry.get("note_en", "")),
        auto=auto,
        auto_word=str(words[auto.verdict]),
        source_url=source,
        answer=answer,
        verdict=verdict,
        word=str(words[verdict]),
        badge=BADGES[verdict],
        url=reverse("results:answer_point", args=[programme.code, entry["code"]]),
    )


def _elements(rows: Sequence[PointRow], before: Mapping[str, Any]) -> tuple[ElementRow, ...]:
    if not rows:
        return ()
    past = {one["element"]: one for one in before.get("elements", ())}
    return tuple(
        ElementRow(
            number=one.element,
            name=standard_words.element(one.element),
            score=one,
            earned=exact(one.earned),
            applicable=exact(one.applicable),
            before=_before(past.get(one.element)),
            points=tuple(row for row in rows if row.element == one.element),
        )
        for one in added(rows).elements
    )


def _before(past: Mapping[str, Any] | None) -> str:
    if past is None:
        return ""
    return " / ".join(numbers.number(Decimal(past[name]), 1) for name in ("earned", "applicable"))


def point_row(programme: Programme, code: str, today: date) -> PointRow:
    """Return one control point.

    Raises:
        NotVisible: `results.standard.no_point`.
    """
    found = next((row for row in point_rows(programme, today) if row.code == code), None)
    if found is None:
        raise NotVisible(
            "results.standard.no_point", _("La lista instalada no tiene ese punto de control.")
        )
    return found


def document_of(rows: Sequence[PointRow]) -> dict[str, Any]:
    """Return the self-check as a saved assessment keeps it."""
    told = added(rows)
    return {
        "points": [
            {
                "code": row.code,
                "element": row.element,
                "kind": "must" if row.is_must else "recommended",
                "verdict": row.verdict,
                "by": "person" if row.answer is not None else "data",
                "sentence": row.auto.sentence,
                "reason": row.answer.reason if row.answer is not None else "",
            }
            for row in rows
        ],
        "elements": [_summed(one) for one in told.elements],
        "whole": _summed(told.whole),
    }


def _summed(one: ElementScore) -> dict[str, Any]:
    return {
        "element": one.element,
        "earned": f"{exact(one.earned).normalize():f}",
        "applicable": f"{exact(one.applicable).normalize():f}",
        "n_applicable": one.n_applicable,
        "n": one.n,
        "unknown": one.unknown,
    }


@dataclass(frozen=True, slots=True)
class Moved:
    """A control point that reads otherwise today than when it was saved."""

    text: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """A saved assessment against the self-check of today."""

    programme: Programme
    assessment: StandardAssessment
    elements: tuple[tuple[str, Mapping[str, Any], str], ...]
    moved: tuple[Moved, ...]
    points: tuple[Mapping[str, Any], ...]


def assessment_page(programme: Programme, number: int, today: date) -> AssessmentPage:
    """Return one saved assessment.

    Raises:
        NotVisible: `results.not_visible`.
    """
    row = StandardAssessment.objects.filter(programme=programme, number=number).first()
    if row is None:
        raise NotVisible("results.not_visible", _("No hay tal autoevaluación en este programa."))
    rows = point_rows(programme, today)
    now = {one.code: one for one in rows}
    words = {code: str(word) for code, word in StandardAnswer.Verdict.choices}
    today_sums = {
        one["element"]: f"{one['earned']} / {one['applicable']}"
        for one in (document_of(rows)["elements"] if rows else ())
    }
    points = [{**one, "word": words[one["verdict"]], "badge": BADGES[one["verdict"]],
               "text": now[one["code"]].text if one["code"] in now else one["code"]}
              for one in row.document["points"]]  # fmt: skip
    moved = [
        Moved(one["text"], one["word"], now[one["code"]].word)
        for one in points
        if one["code"] in now and now[one["code"]].verdict != one["verdict"]
    ]
    elements = [
        (standard_words.element(one["element"]), one, today_sums.get(one["element"], ""))
        for one in row.document["elements"]
    ]
    return AssessmentPage(programme, row, tuple(elements), tuple(moved), tuple(points))
