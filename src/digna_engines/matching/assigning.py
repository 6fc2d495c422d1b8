"""The front door: who goes with whom, by a named method, with reasons for everybody."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from digna_engines.errors import EngineError
from digna_engines.matching import grouping, methods, reasons
from digna_engines.matching.methods import Bools, Ints
from digna_engines.matching.pool import Mentee, Mentor, Pool, Reason
from digna_engines.matching.results import Group, Matching, Pair, Unmatched
from digna_engines.matching.tables import Tables, counted, tables

VERSION = "1"
METHODS = ("optimal", "stable", "groups")
KEEPING = ("fixed", "prefer")
Keys = tuple[str, str]


class MethodError(EngineError):
    """A method, or a way of keeping pairs, that there is not."""


def assign(
    pool: Pool,
    *,
    method: str = "optimal",
    keep: Iterable[Keys] = (),
    keeping: str = "fixed",
    size: int = 5,
) -> Matching:
    """Match a pool.

    Methods: ``optimal`` first matches the most people, then reaches the highest value
    Σ (1 − b)·fit + b·(1 − k/c), with b the share of balance and k of c seats taken before;
    ``stable`` leaves no two who would both rather have each other (a mentee prefers her own
    ranking, then fit; a mentor, fit; ties by place in the pool); ``groups`` gives each mentor at
    most ``size`` mentees who share one slot and one language.

    ``keep`` are pairs (mentee, mentor) that stand. ``fixed``: they stay, and only the left-overs
    are matched around them. ``prefer`` (``optimal`` only): as few as possible are changed, and
    only where more people get a mentor by it. A kept pair that a barrier now forbids is released
    and told of in ``warnings``. A kept seat is not counted in ``taken``.

    Raises:
        MethodError: ``matching.method``.

    >>> from digna_engines.matching.pool import Mentee
    >>> es, mon = frozenset({"es"}), frozenset({"mon"})
    >>> who = (Mentee("ana", es, mon, sector="coffee"), Mentee("eva", es, mon, sector="tourism"))
    >>> by = (Mentor("luz", es, mon, sectors=frozenset({"tourism"})), Mentor("sol", es, mon))
    >>> [(p.mentee, p.mentor, p.score) for p in assign(Pool(who, by)).pairs]
    [('ana', 'sol', 0.0), ('eva', 'luz', 1.0)]
    """
    if method not in METHODS or keeping not in KEEPING or size < 1:
        raise _no_method(method, keeping)
    if keeping == "prefer" and method != "optimal":
        raise _no_method(method, keeping)
    told = tables(pool)
    kept, warnings, asked = _kept(pool, told, keep)
    if keeping == "prefer":
        chosen, is_proven = _optimal(pool, told, kept), True
        groups: tuple[Group, ...] = ()
    else:
        chosen, groups, is_proven = _around(pool, told, kept, method, size)
    if not is_proven:
        warnings.append(Reason("not_proven"))
    return _result(pool, told, chosen, method, kept, asked, groups, warnings)


def _no_method(method: str, keeping: str) -> MethodError:
    return MethodError(
        "matching.method",
        f"No hay método «{method}» que guarde parejas así: «{keeping}».",
        f"There is no method “{method}” that keeps pairs like this: “{keeping}”.",
        method=method,
        keeping=keeping,
    )


def _kept(
    pool: Pool, told: Tables, keep: Iterable[Keys]
) -> tuple[dict[int, int], list[Reason], int]:
    """Return the kept pairs that can stay (row → column), warnings, and how many were asked."""
    kept: dict[int, int] = {}
    warnings: list[Reason] = []
    asked = 0
    left = [one.free for one in pool.mentors]
    for mentee, mentor in keep:
        asked += 1
        row, column = pool.mentee_places.get(mentee), pool.mentor_places.get(mentor)
        if row is None or column is None or row in kept:
            values = {"mentee": mentee, "mentor": mentor}
            warnings.append(Reason("kept_unknown", values))
            continue
        one, other = pool.mentees[row], pool.mentors[column]
        why = reasons.of_barriers(one, other, int(told.mask[row, column]))
        if not why and left[column] <= 0:
            why = (Reason("no_full", {"capacity": other.capacity}),)
        if why:
            released: dict[str, object] = {"mentee": mentee, "mentor": mentor, "why": why}
            warnings.append(Reason("kept_released", released))
            continue
        kept[row] = column
        left[column] -= 1
    return kept, warnings, asked


def _around(
    pool: Pool, told: Tables, kept: dict[int, int], method: str, size: int
) -> tuple[Ints, tuple[Group, ...], bool]:
    """Match those without a kept pair in the seats that kept pairs leave."""
    if not kept:
        return _afresh(pool, told, method, size)
    rest = [i for i in range(len(pool.mentees)) if i not in kept]
    inner = replace(
        pool,
        mentees=tuple(pool.mentees[i] for i in rest),
        mentors=_with_taken(pool, kept, size if method == "groups" else None),
    )
    found, groups, is_proven = _afresh(inner, tables(inner), method, size)
    chosen = np.full(len(pool.mentees), -1, dtype=np.intp)
    chosen[rest] = found
    for row, column in kept.items():
        chosen[row] = column
    if method == "groups":
        groups = _whole_groups(pool, chosen, groups)
    return chosen, groups, is_proven


def _afresh(
    pool: Pool, told: Tables, method: str, size: int
) -> tuple[Ints, tuple[Group, ...], bool]:
    if method == "groups":
        chosen, used, is_proven = grouping.solve(pool, told, size)
        return chosen, _groups(pool, chosen, used), is_proven
    return (_optimal if method == "optimal" else _stable)(pool, told), (), True


def _with_taken(pool: Pool, kept: dict[int, int], size: int | None) -> tuple[Mentor, ...]:
    """The mentors with the kept seats taken; with ``size``, their standing groups bind them."""
    counts = np.bincount(list(kept.values()), minlength=len(pool.mentors))
    mentors = []
    for column, one in enumerate(pool.mentors):
        taken = one.taken + int(counts[column])
        if size is not None:
            members = [pool.mentees[row] for row, at in kept.items() if at == column]
            taken = max(taken, one.capacity - max(0, size - len(members)))
            mentors.append(replace(_in_its_way(one, members), taken=taken))
            continue
        mentors.append(replace(one, taken=taken))
    return tuple(mentors)


def _in_its_way(one: Mentor, members: Iterable[Mentee]) -> Mentor:
    """A mentor whose group stands meets newcomers only when the whole group can."""
    slots, languages = one.slots, one.languages
    for member in members:
        slots, languages = slots & member.slots, languages & member.languages
    return replace(one, slots=slots, languages=languages)


def _whole_groups(pool: Pool, chosen: Ints, found: Iterable[Group]) -> tuple[Group, ...]:
    """The groups with those who stood before; one without newcomers says how it can meet."""
    newcomers = {group.mentor: group for group in found}
    groups = []
    for column in sorted(set(chosen.tolist()) - {-1}):
        members = [pool.mentees[i] for i in np.flatnonzero(chosen == column)]
        one = _in_its_way(pool.mentors[column], members)
        slot, language = min(one.slots, default=""), min(one.languages, default="")
        if one.key in newcomers:
            slot, language = newcomers[one.key].slot, newcomers[one.key].language
        groups.append(Group(one.key, tuple(m.key for m in members), slot, language))
    return tuple(groups)


def _bonuses(pool: Pool) -> list[list[float]]:
    """The spread's bonus of each free seat of each mentor, falling from seat to seat."""
    return [
        [1 - seat / one.capacity for seat in range(one.taken, one.taken + one.free)]
        for one in pool.mentors
    ]


def _optimal(pool: Pool, told: Tables, kept: dict[int, int] | None = None) -> Ints:
    marks: Bools | None = None
    if kept:
        marks = np.zeros(told.fit.shape, dtype=bool)
        marks[list(kept), list(kept.values())] = True
    share = pool.weights.share_of_balance
    return methods.optimal(told.fit, told.possible, _bonuses(pool), share, marks)


def _stable(pool: Pool, told: Tables) -> Ints:
    orders, ranks = preferences(pool, told)
    return methods.stable(orders, ranks, [one.free for one in pool.mentors])


def preferences(pool: Pool, told: Tables) -> tuple[list[list[int]], Ints]:
    """Return each mentee's order of possible mentors, and each mentor's ranks of mentees."""
    ranked = told.parts["ranking"]
    orders = []
    for row in range(len(pool.mentees)):
        able = np.flatnonzero(told.possible[row])
        by = np.lexsort((able, -told.fit[row, able], -ranked[row, able]))
        orders.append([int(j) for j in able[by]])
    dear = np.argsort(-told.fit, axis=0, kind="stable")
    ranks = np.empty_like(dear)
    if len(pool.mentees):
        np.put_along_axis(ranks, dear, np.arange(len(pool.mentees))[:, None], axis=0)
    return orders, ranks


def _groups(pool: Pool, chosen: Ints, used: Sequence[grouping.Way]) -> tuple[Group, ...]:
    return tuple(
        Group(
            mentor=pool.mentors[way.mentor].key,
            mentees=tuple(pool.mentees[i].key for i in np.flatnonzero(chosen == way.mentor)),
            slot=way.slot,
            language=way.language,
        )
        for way in used
    )


def _result(
    pool: Pool,
    told: Tables,
    chosen: Ints,
    method: str,
    kept: dict[int, int],
    asked: int,
    groups: tuple[Group, ...],
    warnings: list[Reason],
) -> Matching:
    pairs = tuple(
        Pair(
            pool.mentees[row].key,
            pool.mentors[column].key,
            float(told.fit[row, column]),
            reasons.for_pair(pool, told, row, int(column)),
            kept.get(row) == column,
        )
        for row, column in enumerate(chosen)
        if column >= 0
    )
    counts = np.bincount(chosen[chosen >= 0], minlength=len(pool.mentors))
    free = {one.key: one.free - int(n) for one, n in zip(pool.mentors, counts, strict=True)}
    unmatched = tuple(
        Unmatched(pool.mentees[row].key, (_why_left(pool, told, int(row), method),))
        for row in np.flatnonzero(chosen < 0)
    )
    return Matching(
        pairs=pairs,
        unmatched=unmatched,
        method=method,
        version=VERSION,
        value=_value(pool, told, chosen, method),
        changes=asked - sum(pair.is_kept for pair in pairs),
        groups=groups,
        free=free,
        warnings=tuple(warnings + _doubts(pool)),
        workings={"people": float(len(pairs)), "fit": float(sum(p.score for p in pairs))},
    )


def _value(pool: Pool, told: Tables, chosen: Ints, method: str) -> float:
    rows = np.flatnonzero(chosen >= 0)
    fit = float(told.fit[rows, chosen[rows]].sum())
    if method != "optimal":
        return fit
    counts = np.bincount(chosen[rows], minlength=len(pool.mentors))
    spread = sum(sum(one[:n]) for one, n in zip(_bonuses(pool), counts, strict=True))
    share = pool.weights.share_of_balance
    return (1 - share) * fit + share * spread


def _why_left(pool: Pool, told: Tables, row: int, method: str) -> Reason:
    if not pool.mentors:
        return Reason("no_mentors")
    able = np.flatnonzero(told.possible[row])
    if not len(able):
        values = {"mentors": len(pool.mentors), "barriers": counted(told.mask[row])}
        return Reason("nobody_possible", values)
    best = able[np.argsort(-told.fit[row, able], kind="stable")][:3]
    values = {"possible": len(able), "who": [pool.mentors[j].key for j in best]}
    return Reason("group_full" if method == "groups" else "all_full", values)


def _doubts(pool: Pool) -> list[Reason]:
    parts = tuple(pool.weights.of_fit)
    found = [
        Reason("silent_mentee", {"mentee": one.key})
        for one in pool.mentees
        if not any(getattr(one, part) for part in parts)
    ]
    seats = sum(one.free for one in pool.mentors)
    if seats < len(pool.mentees):
        found.append(Reason("short_of_seats", {"seats": seats, "mentees": len(pool.mentees)}))
    return found
