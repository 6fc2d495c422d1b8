"""What a firm answered, from text to the values that conditions are held against. No rows."""

from decimal import Decimal

from digna.registry import identifiers, rows
from digna_engines.pathways import Question
from digna_engines.pathways.conditions import Answer

YES, NO = "si", "no"
MOST = 10**12


def read(question: Question, text: str) -> Answer | None:
    """Return an answer as its question understands it; None when it is none."""
    if not text:
        return None
    if question.kind == "yes_no":
        return {YES: True, NO: False}.get(text)
    if question.kind == "number":
        return number(text)
    return text if text in question.options else None


def number(text: str) -> Decimal | None:
    """Return a number from 0 on, as people write it; None when it is none."""
    try:
        found = rows.number(text)
    except identifiers.Unreadable:
        return None
    return found if found is not None and 0 <= found <= MOST else None


def written(value: Answer) -> str:
    """Return an answer as text, as `read` takes it."""
    if isinstance(value, bool):
        return YES if value else NO
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
