"""Any two people in a sentence or a few: why they are together, or why they are not."""

from collections.abc import Mapping
from dataclasses import dataclass

from digna_engines.matching import reasons
from digna_engines.matching.pool import Pool, Reason
from digna_engines.matching.results import Matching
from digna_engines.matching.sentences import sentence
from digna_engines.matching.tables import Tables, tables


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of two people: whether they could work together, how well they fit, and what decided."""

    mentee: str
    mentor: str
    is_possible: bool
    is_paired: bool
    score: float | None
    reasons: tuple[Reason, ...]

    def text(self, language: str = "es", names: Mapping[str, str] | None = None) -> str:
        """Return the whole explanation in words."""
        return " ".join(sentence(reason, language, names) for reason in self.reasons)


def explain(
    pool: Pool,
    mentee: str,
    mentor: str,
    matching: Matching | None = None,
    told: Tables | None = None,
) -> Explanation:
    """Explain two people; with a ``matching``, also why they are not together in it.

    ``told`` spares the tables where many pairs of one pool are explained.

    Raises:
        PoolError: ``matching.unknown``.

    >>> from digna_engines.matching.pool import Mentee, Mentor
    >>> two = Pool((Mentee("ana", frozenset({"qu"})),), (Mentor("luz", frozenset({"es"})),))
    >>> [reason.code for reason in explain(two, "ana", "luz").reasons]
    ['no_language', 'no_slot']
    >>> explain(two, "ana", "luz").text("en")[:61]
    'They share no language: the mentee speaks qu; the mentor, es.'
    """
    one, other = pool.mentee(mentee), pool.mentor(mentor)
    table = told or tables(pool)
    row, column = pool.mentee_places[mentee], pool.mentor_places[mentor]
    mask = int(table.mask[row, column])
    if mask:
        why = reasons.of_barriers(one, other, mask)
        return Explanation(mentee, mentor, False, False, None, why)
    score = float(table.fit[row, column])
    fitting = reasons.for_pair(pool, table, row, column)
    if matching is None:
        return Explanation(mentee, mentor, True, False, score, fitting)
    decided = _decided(mentee, mentor, score, matching)
    is_paired = decided.code == "paired"
    return Explanation(mentee, mentor, True, is_paired, score, (decided, *fitting))


def _decided(mentee: str, mentor: str, score: float, matching: Matching) -> Reason:
    hers = next((pair for pair in matching.pairs if pair.mentee == mentee), None)
    if hers is not None and hers.mentor == mentor:
        return Reason("paired", {"score": score})
    if hers is not None:
        values = {"score": score, "mentor": hers.mentor, "other": hers.score}
        return Reason("went_elsewhere", values)
    group = next((group for group in matching.groups if group.mentor == mentor), None)
    if group is not None and matching.free.get(mentor, 0) > 0:
        values = {"score": score, "mentor": mentor, "slot": group.slot, "language": group.language}
        return Reason("group_elsewhere", values)
    others = [pair.mentee for pair in matching.pairs if pair.mentor == mentor]
    if matching.free.get(mentor, 0) > 0 or not others:
        return Reason("seat_left", {"score": score})
    return Reason("seats_went", {"score": score, "mentor": mentor, "others": others})
