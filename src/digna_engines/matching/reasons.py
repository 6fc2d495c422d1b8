"""Why two people fit, or cannot: codes and values, by which any language can tell it."""

from digna_engines.matching.pool import Mentee, Mentor, Pool, Reason
from digna_engines.matching.tables import Tables, barriers

ONE_OR_NOT = (("sector", "sectors"), ("stage", "stages"))


def for_pair(pool: Pool, told: Tables, row: int, column: int) -> tuple[Reason, ...]:
    """Return what speaks for a possible pair and what it lacks, the weightiest first."""
    one, other = pool.mentees[row], pool.mentors[column]
    found = [
        *_needs(one, other, told, row, column),
        *_ranking(one, other, told, row, column),
        *_shared(one, other),
    ]
    weights = pool.weights.of_fit
    found.sort(key=lambda r: -weights[r.code.split("_", maxsplit=1)[0]] * (r.points or 0.0))
    return (*found, _meeting(one, other))


def _needs(one: Mentee, other: Mentor, told: Tables, row: int, column: int) -> list[Reason]:
    if not one.needs:
        return []
    met = sorted(one.needs & other.expertise)
    values = {"met": met, "unmet": sorted(one.needs - other.expertise), "asked": len(one.needs)}
    return [Reason("needs", values, float(told.parts["needs"][row, column]))]


def _ranking(one: Mentee, other: Mentor, told: Tables, row: int, column: int) -> list[Reason]:
    if not one.ranking:
        return []
    if other.key not in one.ranking:
        return [Reason("ranking_none", {"of": len(one.ranking)}, 0.0)]
    values = {"place": one.ranking.index(other.key) + 1, "of": len(one.ranking)}
    return [Reason("ranking", values, float(told.parts["ranking"][row, column]))]


def _shared(one: Mentee, other: Mentor) -> list[Reason]:
    found = []
    theirs = {"sector": other.sectors, "stage": other.stages}
    theirs["department"] = frozenset({other.department} - {""})
    for part, words in theirs.items():
        word = getattr(one, part)
        if word:
            is_same = word in words
            found.append(Reason(part if is_same else f"{part}_other", {part: word}, float(is_same)))
    return found


def _meeting(one: Mentee, other: Mentor) -> Reason:
    values = {
        "languages": sorted(one.languages & other.languages),
        "slots": sorted(one.slots & other.slots),
    }
    return Reason("meeting", values)


def of_barriers(one: Mentee, other: Mentor, mask: int) -> tuple[Reason, ...]:
    """Return every barrier between two people, with what each of them said."""
    values: dict[str, dict[str, object]] = {
        "language": {"mentee": sorted(one.languages), "mentor": sorted(other.languages)},
        "slot": {"mentee": len(one.slots), "mentor": len(other.slots)},
        "conflict": {"organisations": sorted(one.organisations & other.organisations)},
        "mentee_sex": {"wants": one.wants_sex},
        "mentor_sex": {"wants": other.wants_sex},
        "full": {"capacity": other.capacity},
    }
    return tuple(Reason(f"no_{name}", values.get(name, {})) for name in barriers(mask))
