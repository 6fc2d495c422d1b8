"""Every rule of the ledger: its code, its dimension, its version, in the order they are shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from digna.results.quality import of_journal, of_values
from digna.results.quality.found import NOT_APPLICABLE, NOT_RUN, Behind, Found
from digna_engines.indicators import Graded, grade
from digna_engines.verification import Check, dimension_marks

MARKED = frozenset({"good", "fair", "poor"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its version rises when it starts to look at something else."""

    code: str
    dimension: str
    look: Callable[[Behind], Found]
    version: int = 1


RULES = (
    Rule("range", "validity", of_values.in_range),
    Rule("future", "validity", of_values.not_in_the_future),
    Rule("order", "validity", of_values.in_order),
    Rule("parts", "validity", of_values.parts_add_up),
    Rule("reasons", "integrity", of_journal.with_reasons),
    Rule("outliers", "precision", of_values.without_outliers),
    Rule("heaping", "precision", of_values.not_heaped),
    Rule("straight", "reliability", of_values.not_straight),
    Rule("verified", "reliability", of_journal.recounted),
    Rule("late", "timeliness", of_journal.in_time),
    Rule("missing", "completeness", of_values.not_missing),
    Rule("unknown", "completeness", of_values.known_categories),
    Rule("cohort", "completeness", of_values.whole_cohort),
    Rule("pairs", "uniqueness", of_journal.without_pairs),
    Rule("journal", "traceability", of_journal.traced),
    Rule("evidence", "traceability", of_journal.with_evidence),
)
BY_CODE = {rule.code: rule for rule in RULES}


def look(behind: Behind) -> list[tuple[Rule, Found]]:
    """Return what every rule finds in the rows behind a figure."""
    return [(rule, _looked(rule, behind)) for rule in RULES]


def _looked(rule: Rule, behind: Behind) -> Found:
    if behind.count == 0 and rule.code not in {"parts", "cohort", "verified"}:
        found = rule.look(behind)
        return found if found.outcome == NOT_APPLICABLE else Found(NOT_RUN, details={"why": "none"})
    return rule.look(behind)


def graded(found: Iterable[tuple[Rule, Found]]) -> Graded:
    """Return the letter of a figure: the worst mark of each dimension, by the engine's rule.

    Traceability is shown beside and not graded: the seven dimensions of the standard are.
    """
    checks = [
        Check(rule.dimension, one.outcome if one.outcome in MARKED else None)  # type: ignore[arg-type]
        for rule, one in found
        if rule.dimension != "traceability"
    ]
    return grade(dimension_marks(checks))  # type: ignore[arg-type]
