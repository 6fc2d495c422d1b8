"""Which of two wordings a person reads. Pure but for the language in use."""

from django.utils.translation import get_language


def either(spanish: str, english: str) -> str:
    """Return the English wording when English is in use and there is one, else the Spanish."""
    is_english = (get_language() or "").startswith("en")
    return english if is_english and english else spanish
