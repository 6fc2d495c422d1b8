"""What a SCORM part's data say of how it went, by the rules of its edition. No Django.

Source: SCORM 1.2 Run-Time Environment 3.4; SCORM 2004 4th edition RTE 4.2.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a part went; None is unknown, which is not no.

    Attributes:
        scaled: the share of the score reached, -1 to 1. seconds: time in all.
    """

    is_complete: bool | None = None
    is_passed: bool | None = None
    scaled: Decimal | None = None
    raw: Decimal | None = None
    most: Decimal | None = None
    seconds: int | None = None


def outcome(kind: str, cmi: Mapping[str, Any], mastery: Decimal | None) -> Outcome:
    """Return how a part went.

    >>> outcome("scorm12", {"core": {"lesson_status": "completed", "score": {"raw": "85"}}},
    ...         Decimal("0.8")).is_passed
    True
    """
    return _old(cmi, mastery) if kind == "scorm12" else _new(cmi, mastery)


def _old(cmi: Mapping[str, Any], mastery: Decimal | None) -> Outcome:
    core = _map(cmi.get("core"))
    status = str(core.get("lesson_status") or "")
    score = _map(core.get("score"))
    raw, most = number(score.get("raw")), number(score.get("max"))
    low = number(score.get("min"))
    scaled = share(raw, Decimal(0) if low is None else low, Decimal(100) if most is None else most)
    is_complete = {"passed": True, "failed": True, "completed": True, "": None}.get(status, False)
    is_passed = {"passed": True, "failed": False}.get(status)
    if is_complete and mastery is not None and raw is not None:
        is_passed = raw >= mastery * 100
    seconds = clock(core.get("total_time"))
    return Outcome(is_complete, is_passed, scaled, raw, most, seconds)


def _new(cmi: Mapping[str, Any], mastery: Decimal | None) -> Outcome:
    score = _map(cmi.get("score"))
    raw, most, low = (number(score.get(name)) for name in ("raw", "max", "min"))
    scaled = number(score.get("scaled"))
    if scaled is None and most is not None:
        scaled = share(raw, Decimal(0) if low is None else low, most)
    if scaled is not None:
        scaled = scaled.quantize(PLACES) if -1 <= scaled <= 1 else None
    words = {"completed": True, "incomplete": False, "not attempted": False}
    is_complete = words.get(str(cmi.get("completion_status") or ""))
    is_passed = {"passed": True, "failed": False}.get(str(cmi.get("success_status") or ""))
    wanted = number(cmi.get("scaled_passing_score"))
    wanted = mastery if wanted is None else wanted
    if wanted is not None and scaled is not None:
        is_passed = scaled >= wanted
    seconds = iso_seconds(str(cmi.get("total_time") or ""))
    return Outcome(is_complete, is_passed, scaled, raw, most, seconds)


def resumed(kind: str, cmi: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data with which a part starts again: suspended work is resumed, else restarted.

    >>> resumed("scorm2004", {"exit": "suspend", "location": "3", "session_time": "PT5S"})
    {'location': '3', 'entry': 'resume'}
    """
    told = dict(cmi)
    if kind == "scorm12":
        core = dict(_map(told.get("core")))
        core["entry"] = _entry(core.pop("exit", ""))
        core.pop("session_time", None)
        told["core"] = core
        return told
    told["entry"] = _entry(told.pop("exit", ""))
    told.pop("session_time", None)
    return told


def _entry(way_out: Any) -> str:
    return "resume" if way_out in ("suspend", "logout") else ""


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def number(value: Any) -> Decimal | None:
    """Return a number as SCORM writes it, or None.

    >>> number("85.5"), number(""), number("x")
    (Decimal('85.5'), None, None)
    """
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        told = Decimal(str(value))
    except InvalidOperation:
        return None
    return told if told.is_finite() and abs(told) < 10**9 else None


def share(raw: Decimal | None, low: Decimal, most: Decimal) -> Decimal | None:
    """Return where a score lies between its limits.

    >>> share(Decimal(3), Decimal(0), Decimal(4))
    Decimal('0.7500')
    """
    if raw is None or most <= low or not low <= raw <= most:
        return None
    return ((raw - low) / (most - low)).quantize(PLACES)


def clock(told: Any) -> int | None:
    """Return the seconds of a 1.2 timespan.

    >>> clock("0001:02:03.50")
    3723
    """
    found = re.fullmatch(r"(\d{2,4}):(\d{2}):(\d{2})(?:\.\d{1,2})?", str(told or ""))
    if found is None:
        return None
    hours, minutes, seconds = (int(piece) for piece in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def iso_seconds(told: str) -> int | None:
    """Return the seconds of an ISO 8601 duration; months and years are not told in seconds.

    >>> iso_seconds("P1DT1H2M3.4S")
    90123
    """
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?", told)
    if found is None or told in ("P", ""):
        return None
    days, hours, minutes, seconds = (int(piece or 0) for piece in found.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds
