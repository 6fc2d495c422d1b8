"""Small pools drawn at random, and slow obvious answers to hold the fast ones against."""

import itertools

from hypothesis import strategies as st

from digna_engines.matching import Mentee, Mentor, Pool, Weights, tables

LANGUAGES = ("es", "qu", "ay")
SLOTS = ("mon", "tue", "sat")
AREAS = ("sales", "costs", "people")


def _some(words: tuple[str, ...], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words), min_size=least)


@st.composite
def pools(draw: st.DrawFn, most: int = 5, weights: Weights | None = None) -> Pool:
    """A pool of up to ``most`` mentees and as many mentors, with every barrier now and then."""
    mentors = tuple(
        Mentor(
            f"m{j}",
            draw(_some(LANGUAGES, 1)),
            draw(_some(SLOTS, 1)),
            capacity=draw(st.integers(0, 3)),
            taken=draw(st.integers(0, 1)),
            expertise=draw(_some(AREAS)),
            sectors=draw(_some(("coffee", "tourism"))),
            sex=draw(st.sampled_from(("female", "male", ""))),
            wants_sex=draw(st.sampled_from(("", "", "female"))),
            is_available=draw(st.integers(0, 5)) > 0,
        )
        for j in range(draw(st.integers(0, 4)))
    )
    keys = [one.key for one in mentors]
    mentees = tuple(
        Mentee(
            f"e{i}",
            draw(_some(LANGUAGES, 1)),
            draw(_some(SLOTS, 1)),
            needs=draw(_some(AREAS)),
            sector=draw(st.sampled_from(("", "coffee", "tourism"))),
            sex=draw(st.sampled_from(("female", "male", ""))),
            wants_sex=draw(st.sampled_from(("", "", "female"))),
            ranking=tuple(draw(st.permutations(keys))[: draw(st.integers(0, 2))]),
            refuses=frozenset(draw(st.lists(st.sampled_from(keys), max_size=1)) if keys else ()),
        )
        for i in range(draw(st.integers(0, most)))
    )
    return Pool(mentees, mentors, weights or Weights())


def every_way(pool: Pool) -> list[tuple[int, ...]]:
    """Every assignment that keeps the barriers and the capacities; -1 stands for nobody."""
    possible = tables(pool).possible
    choices = [
        [-1, *(j for j in range(len(pool.mentors)) if possible[i, j])]
        for i in range(len(pool.mentees))
    ]
    free = [one.free for one in pool.mentors]
    return [
        way
        for way in itertools.product(*choices)
        if all(way.count(j) <= seats for j, seats in enumerate(free))
    ]


def worth(pool: Pool, way: tuple[int, ...]) -> tuple[int, float]:
    """How many people an assignment matches, and its value with the spread."""
    fit = tables(pool).fit
    share = pool.weights.share_of_balance
    value = sum((1 - share) * float(fit[i, j]) for i, j in enumerate(way) if j >= 0)
    for j, one in enumerate(pool.mentors):
        for seat in range(one.taken, one.taken + way.count(j)):
            value += share * (1 - seat / one.capacity)
    return sum(j >= 0 for j in way), value
