"""Telephone numbers as people write them, into E.164. Pure."""

import re

import phonenumbers

HOME = "BO"


class Unreadable(ValueError):
    """What was written is no telephone number."""


def e164(text: str, region: str = HOME) -> str | None:
    """Return a number in E.164, or None when nothing was written.

    >>> e164(" 712-34 567 "), e164("00591 71234567"), e164("")
    ('+59171234567', '+59171234567', None)

    Raises:
        Unreadable: something was written that is not a telephone number.
    """
    cleaned = re.sub(r"[^\d+]", "", re.sub(r"^\s*00", "+", text))
    if not text.strip():
        return None
    try:
        number = phonenumbers.parse(cleaned, region)
    except phonenumbers.NumberParseException:
        raise Unreadable(text) from None
    if re.search(r"[^\W\d_]", text) or not phonenumbers.is_valid_number(number):
        raise Unreadable(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
