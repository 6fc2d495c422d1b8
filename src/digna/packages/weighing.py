"""How an attempt stands by its parts, and how an H5P tells that it was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from digna.packages.models import PartProgress
from digna.packages.standards import runtime
from digna.packages.standards.runtime import Outcome
from digna.packages.standards.values import Part

COMPLETING = ("completed", "answered", "passed", "failed")


@dataclass(frozen=True, slots=True)
class Total:
    """What all parts come to."""

    is_complete: bool
    is_passed: bool | None
    scaled: Decimal | None
    with_score: int
    complete_count: int
    part_count: int


def total(parts: Sequence[Part], rows: Mapping[str, PartProgress]) -> Total:
    """Weigh the parts that report; assets do not, and count once they were opened.

    All complete makes the attempt complete; one failed fails it, and it is passed when one passed
    and none failed; the score is the mean of the parts that have one.
    """
    found = [rows.get(part.key) for part in parts]
    done = [_is_done(part, row) for part, row in zip(parts, found, strict=True)]
    passed = [row.is_passed for row in found if row is not None and row.is_passed is not None]
    scores = [row.scaled for row in found if row is not None and row.scaled is not None]
    mean = (sum(scores, Decimal(0)) / len(scores)).quantize(runtime.PLACES) if scores else None
    return Total(
        is_complete=all(done),
        is_passed=all(passed) if passed else None,
        scaled=mean,
        with_score=len(scores),
        complete_count=sum(done),
        part_count=len(parts),
    )


def _is_done(part: Part, row: PartProgress | None) -> bool:
    if row is None:
        return False
    if "move_on" in part.settings:
        return row.satisfied_at is not None
    return row.is_complete is True or part.settings.get("scorm_type") == "asset"


def of_row(row: PartProgress) -> Outcome:
    """Return how a part stood when it was last written."""
    return Outcome(row.is_complete, row.is_passed, row.scaled, row.raw, row.most, row.seconds)


def kept_best(before: Outcome, after: Outcome) -> Outcome:
    """Return the newest word, except that what was finished stays finished."""
    if before.is_complete and not after.is_complete:
        return replace(before, seconds=after.seconds or before.seconds)
    if before.is_passed and after.is_passed is None:
        return replace(after, is_passed=True, scaled=before.scaled, raw=before.raw)
    return after


def of_h5p(data: Mapping[str, Any], before: Outcome) -> Outcome:
    """Return how an H5P went by the statement it gave of the whole of itself."""
    said = data.get("statement")
    if not isinstance(said, Mapping) or not _is_of_whole(said):
        return before
    verb = str((said.get("verb") or {}).get("id") or "").rsplit("/", 1)[-1]
    result = said.get("result")
    if verb not in COMPLETING or not isinstance(result, Mapping):
        return before
    score = result.get("score")
    told = score if isinstance(score, Mapping) else {}
    raw, most = runtime.number(told.get("raw")), runtime.number(told.get("max"))
    scaled = None if most is None else runtime.share(raw, Decimal(0), most)
    success = result.get("success")
    is_passed = success if isinstance(success, bool) else before.is_passed
    is_complete = verb != "answered" or result.get("completion") is not False
    return Outcome(is_complete, is_passed, scaled, raw, most, before.seconds)


def _is_of_whole(said: Mapping[str, Any]) -> bool:
    """Whether a statement is of the whole content: of a question inside it, it names the parent."""
    context = said.get("context")
    named = context.get("contextActivities") if isinstance(context, Mapping) else None
    return not (isinstance(named, Mapping) and named.get("parent"))
