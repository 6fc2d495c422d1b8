"""Answer scales with a declared polarity: what counts as good is said, never guessed. Pure.

In the biosafety list «¿Propone una acción?» the answer «no» is the good one; in a list of what is
in place «yes» is. Every option of a scale says `is`: good, fair, bad or none (does not apply).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GOOD, FAIR, BAD, NONE = "good", "fair", "bad", "none"
RANK = {BAD: 0, FAIR: 1, GOOD: 2}
PPE = "ppe"


@dataclass(frozen=True, slots=True)
class Tally:
    """How a run stands: points by polarity, and the mean of a scored scale as its two parts."""

    good: int
    fair: int
    bad: int
    none: int
    open: int
    score: int
    score_most: int

    @property
    def answered(self) -> int:
        return self.good + self.fair + self.bad + self.none


def options(scale: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the options of a scale by value."""
    return {str(option["value"]): option for option in scale["options"]}


def polarity(scale: Mapping[str, Any], value: str) -> str:
    """Return whether an answer is good, fair, bad or none; "" for no answer.

    >>> biosafety = {"options": [{"value": "no", "is": "good"}, {"value": "yes", "is": "bad"}]}
    >>> polarity(biosafety, "no"), polarity(biosafety, "yes"), polarity(biosafety, "")
    ('good', 'bad', '')
    """
    option = options(scale).get(value)
    return "" if option is None else str(option["is"])


def tally(scale: Mapping[str, Any], codes: Iterable[str], answers: Mapping[str, str]) -> Tally:
    """Count a run's answers; what does not apply is outside the score, what is open too."""
    known = options(scale)
    given = [known.get(answers.get(code, "")) for code in codes]
    counts = dict.fromkeys((GOOD, FAIR, BAD, NONE), 0)
    for option in given:
        if option is not None:
            counts[str(option["is"])] += 1
    scored = [option for option in given if option is not None and option.get("score") is not None]
    most = max((o["score"] for o in known.values() if o.get("score") is not None), default=0)
    return Tally(
        good=counts[GOOD],
        fair=counts[FAIR],
        bad=counts[BAD],
        none=counts[NONE],
        open=sum(option is None for option in given),
        score=sum(int(option["score"]) for option in scored),
        score_most=int(most) * len(scored),
    )


def movement(scale: Mapping[str, Any], before: str, now: str) -> str:
    """Return "better", "worse", "same" or "" between two answers to one item.

    >>> scale = {"options": [{"value": "0", "is": "bad", "score": 0},
    ...                      {"value": "2", "is": "fair", "score": 2}]}
    >>> movement(scale, "0", "2"), movement(scale, "2", "2"), movement(scale, "", "2")
    ('better', 'same', '')
    """
    first, later = (_height(scale, value) for value in (before, now))
    if first is None or later is None:
        return ""
    if first == later:
        return "same"
    return "better" if later > first else "worse"


def _height(scale: Mapping[str, Any], value: str) -> int | None:
    option = options(scale).get(value)
    if option is None:
        return None
    if option.get("score") is not None and _scores_rise(scale):
        return int(option["score"])
    return RANK.get(str(option["is"]))


def _scores_rise(scale: Mapping[str, Any]) -> bool:
    """Whether a higher score is better in this scale: in one of risk it is not."""
    scored = [o for o in scale["options"] if o.get("score") is not None]
    best = max(scored, key=lambda o: RANK.get(str(o["is"]), -1), default=None)
    return best is not None and best["score"] == max(o["score"] for o in scored)


def relies_on_ppe_alone(controls: Iterable[str]) -> bool:
    """Whether what protects health is personal equipment and nothing above it.

    >>> relies_on_ppe_alone(["ppe", ""]), relies_on_ppe_alone(["ppe", "engineering"])
    (True, False)
    """
    named = {control for control in controls if control}
    return named == {PPE}


def band(bands: Iterable[Mapping[str, Any]], score: int, most: int) -> Mapping[str, Any] | None:
    """Return the band of a score, by its share of the most; None where nothing was scored.

    Bands are in order, each with `up_to` as a percentage of the most; the last is 100.
    """
    if most <= 0:
        return None
    return next((b for b in bands if score * 100 <= b["up_to"] * most), None)
