"""A draft drawn up by the engine. Brings numpy and scipy: only where a matching is computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from digna_engines.matching import (
    VERSION,
    Matching,
    Mentee,
    Mentor,
    Pool,
    Tables,
    Weights,
    assign,
    explain,
    sentence,
    tables,
)

SETS = ("languages", "slots", "needs", "expertise", "sectors", "stages", "organisations", "refuses")
EXPLAINED = 20_000
"""Pairs and non-pairs up to which every explanation is kept with the draft."""
SUGGESTED = 3
METHODS = {"optimal": "optimal", "chosen": "stable", "groups": "groups"}
Names = Mapping[str, Mapping[str, str]]
"""Words for codes and keys, by language."""


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal: who with whom, in which place of a list, how well, why in both languages."""

    mentee: str
    mentor: str
    place: int
    score: float
    es: str
    en: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a draft holds."""

    lines: tuple[Line, ...]
    result: dict[str, Any] = field(default_factory=dict)
    version: str = VERSION


def pool_of(inputs: Mapping[str, Any]) -> Pool:
    """Return the engine's pool of a draft's inputs."""
    keys = {one["key"] for one in inputs["mentors"]}
    mentees = [_plain(one) for one in inputs["mentees"]]
    for one in mentees:
        one["ranking"] = tuple(key for key in one["ranking"] if key in keys)
    return Pool(
        tuple(Mentee(**one) for one in mentees),
        tuple(Mentor(**_plain(one)) for one in inputs["mentors"]),
        Weights(**inputs["weights"]),
    )


def _plain(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: frozenset(value) if name in SETS else value
        for name, value in one.items()
        if name != "name"
    }


def draw(mode: str, inputs: Mapping[str, Any], names: Names) -> Drawing:
    """Return the draft of a mode: proposals, who is left over and why, every pair explained."""
    pool = pool_of(inputs)
    told = tables(pool)
    if mode == "suggested":
        return Drawing(_suggested(pool, told, names), {"pairs": _pairs(pool, told, None, names)})
    found = assign(pool, method=METHODS[mode], size=max(1, int(inputs.get("size", 1))))
    lines = tuple(
        Line(pair.mentee, pair.mentor, 1, pair.score, **_texts(pair.reasons, names))
        for pair in found.pairs
    )
    result = {
        "people": len(found.pairs),
        "fit": found.workings["fit"],
        "unmatched": [{"key": u.mentee, **_texts(u.reasons, names)} for u in found.unmatched],
        "warnings": [_texts((one,), names) for one in found.warnings],
        "groups": [
            {"mentor": g.mentor, "mentees": list(g.mentees), "slot": g.slot, "language": g.language}
            for g in found.groups
        ],
        "pairs": _pairs(pool, told, found, names),
    }
    return Drawing(lines, result)


def _texts(reasons: Any, names: Names) -> dict[str, str]:
    return {
        language: " ".join(sentence(one, language, names[language]) for one in reasons)
        for language in ("es", "en")
    }


def _suggested(pool: Pool, told: Tables, names: Names) -> tuple[Line, ...]:
    """The best few for each mentee, whoever else wants them: people choose."""
    lines = []
    for row, one in enumerate(pool.mentees):
        able = [j for j in range(len(pool.mentors)) if told.possible[row, j]]
        best = sorted(able, key=lambda j: (-told.fit[row, j], j))[:SUGGESTED]
        for place, column in enumerate(best, start=1):
            mentor = pool.mentors[column].key
            texts = _texts(explain(pool, one.key, mentor, None, told).reasons, names)
            lines.append(Line(one.key, mentor, place, float(told.fit[row, column]), **texts))
    return tuple(lines)


def _pairs(pool: Pool, told: Tables, found: Matching | None, names: Names) -> dict[str, Any]:
    """Every two people and what is to be said of them; none where they are too many to keep."""
    if len(pool.mentees) * len(pool.mentors) > EXPLAINED:
        return {}
    return {
        f"{one.key} {other.key}": explained(pool, one.key, other.key, found, told, names)
        for one in pool.mentees
        for other in pool.mentors
    }


def explained(
    pool: Pool, mentee: str, mentor: str, found: Matching | None, told: Tables, names: Names
) -> dict[str, Any]:
    """Return what is to be said of two people: possible or not, how well, why."""
    said = explain(pool, mentee, mentor, found, told)
    return {"possible": said.is_possible, "score": said.score, **_texts(said.reasons, names)}


def explained_later(inputs: Mapping[str, Any], mentee: str, mentor: str, names: Names) -> Any:
    """Return what is to be said of two people of a pool too large to keep it all."""
    pool = pool_of(inputs)
    return explained(pool, mentee, mentor, None, tables(pool), names)
