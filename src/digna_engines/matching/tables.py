"""A pool as tables: what stands between each two people, and how well they fit.

Filters are bits of one number, so that every barrier of a pair is known and not only the first.
Fit is a weighted mean over what the mentee told: for mentee i and mentor j

    fit_ij = Σ_c w_c s_ijc / Σ_c w_c,   c over the parts that i told something about,

s = share of the needs that j masters; 1 or 0 for sector, stage, department; (L − r + 1)/L for the
r-th of L ranked mentors, 0 for who is not ranked. What a mentor did not tell gives 0: an expertise
that nobody stated is no overlap. So a mentee's denominator is the same for all mentors and silence
never lifts a mentor. Who told nothing at all fits everybody by 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digna_engines.matching.pool import Mentee, Mentor, Pool

Floats = NDArray[np.float64]
BARRIERS = ("language", "slot", "conflict", "mentee_sex", "mentor_sex", "unavailable", "full")
"""Bit k of the mask stands for barrier k."""


@dataclass(frozen=True, slots=True)
class Tables:
    """``fit`` (mentees × mentors, 0–1), ``mask`` of barriers, ``parts`` of the fit by name."""

    fit: Floats
    mask: NDArray[np.uint8]
    parts: Mapping[str, Floats]

    @property
    def possible(self) -> NDArray[np.bool_]:
        """Where nothing stands between two people."""
        return np.asarray(self.mask == 0)


def tables(pool: Pool) -> Tables:
    """Return the tables of a pool.

    >>> one = Mentee("ana", frozenset({"es"}), frozenset({"mon"}), frozenset({"sales", "costs"}))
    >>> two = Mentor("luz", frozenset({"es"}), frozenset({"mon"}), expertise=frozenset({"sales"}))
    >>> tables(Pool((one,), (two,))).fit.tolist()
    [[0.5]]
    """
    parts = _parts(pool)
    weights = pool.weights.of_fit
    told = {name: _told(pool.mentees, name) for name in parts}
    above = sum((weights[n] * told[n][:, None] * parts[n] for n in parts), start=np.zeros(1))
    below = sum((weights[n] * told[n] for n in parts), start=np.zeros(1))[:, None]
    shape = (len(pool.mentees), len(pool.mentors))
    fit = np.divide(above, below, out=np.zeros(shape), where=np.broadcast_to(below > 0, shape))
    return Tables(fit, _mask(pool), parts)


def _told(mentees: Sequence[Mentee], part: str) -> Floats:
    """1 where a mentee told something about a part of the fit, else 0."""
    return np.array([float(bool(getattr(one, part))) for one in mentees])


def _parts(pool: Pool) -> dict[str, Floats]:
    mentees, mentors = pool.mentees, pool.mentors
    asked = np.array([max(1, len(one.needs)) for one in mentees], dtype=float)[:, None]
    met = common([m.needs for m in mentees], [m.expertise for m in mentors])
    return {
        "needs": met / asked if len(mentees) else met,
        "sector": _inside([m.sector for m in mentees], [m.sectors for m in mentors]),
        "stage": _inside([m.stage for m in mentees], [m.stages for m in mentors]),
        "department": _inside(
            [m.department for m in mentees], [_only(m.department) for m in mentors]
        ),
        "ranking": _ranking(pool),
    }


def _only(word: str) -> frozenset[str]:
    return frozenset({word} - {""})


def _inside(words: Sequence[str], sets: Sequence[frozenset[str]]) -> Floats:
    return common([_only(word) for word in words], sets)


def common(ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> Floats:
    """Return how many words each two sets share (rows: ours, columns: theirs)."""
    vocabulary = {word: place for place, word in enumerate(sorted(set().union(*ours, *theirs)))}
    return _marks(ours, vocabulary) @ _marks(theirs, vocabulary).T


def _marks(sets: Sequence[frozenset[str]], vocabulary: Mapping[str, int]) -> Floats:
    marks = np.zeros((len(sets), max(1, len(vocabulary))))
    for row, words in enumerate(sets):
        for word in words:
            marks[row, vocabulary[word]] = 1.0
    return marks


def _ranking(pool: Pool) -> Floats:
    found = np.zeros((len(pool.mentees), len(pool.mentors)))
    for row, one in enumerate(pool.mentees):
        for place, key in enumerate(one.ranking):
            if key in pool.mentor_places:
                found[row, pool.mentor_places[key]] = 1 - place / len(one.ranking)
    return found


def _mask(pool: Pool) -> NDArray[np.uint8]:
    mentees, mentors = pool.mentees, pool.mentors
    shape = (len(mentees), len(mentors))
    bars: dict[str, Any] = {
        "language": common([m.languages for m in mentees], [m.languages for m in mentors]) == 0,
        "slot": common([m.slots for m in mentees], [m.slots for m in mentors]) == 0,
        "conflict": _conflicts(pool),
        "mentee_sex": _unwanted(mentees, mentors),
        "mentor_sex": _unwanted(mentors, mentees).T,
        "unavailable": [not m.is_available for m in mentors],
        "full": [m.is_available and m.free == 0 for m in mentors],
    }
    mask = np.zeros(shape, dtype=np.uint8)
    for bit, name in enumerate(BARRIERS):
        bar = np.broadcast_to(np.asarray(bars[name], dtype=bool), shape)
        mask |= bar.astype(np.uint8) << np.uint8(bit)
    return mask


def _conflicts(pool: Pool) -> NDArray[np.bool_]:
    """The same organisation, or one of the two said so."""
    same = common([m.organisations for m in pool.mentees], [m.organisations for m in pool.mentors])
    found = np.asarray(same > 0)
    for row, one in enumerate(pool.mentees):
        for key in one.refuses & pool.mentor_places.keys():
            found[row, pool.mentor_places[key]] = True
    for column, other in enumerate(pool.mentors):
        for key in other.refuses & pool.mentee_places.keys():
            found[pool.mentee_places[key], column] = True
    return found


def _unwanted(askers: Sequence[Mentee | Mentor], asked: Sequence[Mentee | Mentor]) -> Any:
    """Where the asker stated a sex and the asked is not known to be of it."""
    wants = np.array([one.wants_sex for one in askers], dtype=object)[:, None]
    is_ = np.array([one.sex for one in asked], dtype=object)[None, :]
    return np.asarray((wants != "") & (wants != is_), dtype=bool)


def barriers(mask: int) -> tuple[str, ...]:
    """Return the barriers of one pair by name.

    >>> barriers(3)
    ('language', 'slot')
    """
    return tuple(name for bit, name in enumerate(BARRIERS) if mask >> bit & 1)


def counted(masks: Iterable[int]) -> dict[str, int]:
    """Return how many of some pairs each barrier stands in."""
    found = dict.fromkeys(BARRIERS, 0)
    for mask in masks:
        for name in barriers(int(mask)):
            found[name] += 1
    return {name: count for name, count in found.items() if count}
