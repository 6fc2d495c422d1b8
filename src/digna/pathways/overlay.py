"""Dated corrections laid over the steps of a kit, before the engine reads them. Pure.

The kit is never rewritten: a new price closes the one before it on the eve, and the old one stays.
Where a kit was read again after a correction was checked, the kit is the newer reading and wins.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
PRICE, CHECK = "price", "check"
WHOLE = ("agency", "url", "duration", "valid_for", "law", "documents")
"""Fields that a correction replaces whole."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction as plain values.

    Attributes:
        field: `price`, `check` (read again, nothing changed) or one of `WHOLE`.
        place: of a price, where it stands: `prices.0`, `variants.1.prices.0`; one past the last
            adds a price.
        value: what it says, as JSON text, so that corrections compare and hash.
    """

    step: str
    field: str
    place: str
    value: str
    since: date
    until: date | None
    checked_on: date
    certainty: str
    source: str


def laid_over(rows: Iterable[Row], corrections: Iterable[Correction]) -> list[Row]:
    """Return the steps of a kit with the corrections that are newer than its own reading.

    >>> step = {"code": "a", "checked_on": "2026-01-01",
    ...     "prices": [{"amount": 130, "currency": "BOB"}]}
    >>> new = Correction("a", "price", "prices.0", '{"amount": "150", "currency": "BOB"}',
    ...     date(2027, 1, 1), None, date(2026, 12, 1), "high", "")
    >>> [(p["amount"], p.get("until")) for p in laid_over([step], [new])[0]["prices"]]
    [(130, '2026-12-31'), ('150', None)]
    """
    own: dict[str, list[Correction]] = {}
    for one in sorted(corrections, key=lambda c: (c.since, c.checked_on)):
        own.setdefault(one.step, []).append(one)
    return [_corrected(row, own.get(str(row["code"]), ())) for row in rows]


def _corrected(row: Row, corrections: Sequence[Correction]) -> Row:
    newer = [one for one in corrections if is_newer(row, one)]
    if not newer:
        return row
    found = json.loads(json.dumps(row, default=str))
    prices = [one for one in newer if one.field == PRICE]
    for place in dict.fromkeys(one.place for one in prices):
        _chain(found, place, [one for one in prices if one.place == place])
    for one in newer:
        if one.field in WHOLE:
            found[one.field] = json.loads(one.value)
            if one.field == "agency":
                found.pop("agency_es", None)
                found.pop("agency_en", None)
    last = max(newer, key=lambda one: one.checked_on)
    found["checked_on"] = last.checked_on.isoformat()
    if last.certainty:
        found["certainty"] = last.certainty
    return dict(found)


def is_newer(row: Mapping[str, Any], one: Correction) -> bool:
    """Whether a correction was checked no earlier than the kit's own facts were read."""
    read = row.get("checked_on")
    return read is None or date.fromisoformat(str(read)) <= one.checked_on


def _chain(row: Row, place: str, corrections: Sequence[Correction]) -> None:
    """Put the new prices of one place after the kit's, each closing the one before it."""
    holder, number = _holder(row, place)
    if holder is None:
        return  # a newer kit has no such variant
    base = holder[number] if number < len(holder) else None
    before, made = base, []
    for one in corrections:
        value = json.loads(one.value)
        told = {k: v for k, v in (base or {}).items() if k in ("when", "per_es", "per_en")}
        told |= {k: v for k, v in value.items() if v not in ("", None) or k == "amount"}
        told |= {"since": one.since.isoformat(), "certainty": one.certainty or "medium"}
        told["place"] = place
        if one.until is not None:
            told["until"] = one.until.isoformat()
        if before is not None:
            _close(before, one.since)
        made.append(told)
        before = told
    holder.extend(made)


def _close(price: Row, since: date) -> None:
    """End a price on the eve of the next one, unless it ended before by itself."""
    eve = since - timedelta(days=1)
    until = price.get("until")
    if until is None or date.fromisoformat(str(until)) > eve:
        price["until"] = eve.isoformat()


def _holder(row: Row, place: str) -> tuple[list[Row] | None, int]:
    parts = place.split(".")
    if parts[0] == "variants":
        variants = row.get("variants") or []
        if int(parts[1]) >= len(variants):
            return None, 0
        return variants[int(parts[1])].setdefault("prices", []), int(parts[3])
    return row.setdefault("prices", []), int(parts[1])


def places(row: Mapping[str, Any]) -> list[tuple[str, Row]]:
    """Return the prices of a kit's step with where each stands."""
    found = [(f"prices.{n}", one) for n, one in enumerate(row.get("prices") or ())]
    for at, variant in enumerate(row.get("variants") or ()):
        prices = variant.get("prices") or ()
        found += [(f"variants.{at}.prices.{n}", one) for n, one in enumerate(prices)]
    return found


def placed(row: Mapping[str, Any]) -> list[tuple[str, Row]]:
    """Return every price of a step that was laid over, in its order, with where it stands.

    Corrected prices say it themselves; those of the kit stand where they always did.
    """
    return [(str(one.get("place") or name), one) for name, one in places(row)]


def is_place(row: Mapping[str, Any], place: str) -> bool:
    """Whether a price stands at a place of a step, or may be added there."""
    return place in {name for name, _price in places(row)} or place == new_place(row)


def new_place(row: Mapping[str, Any]) -> str:
    """Return the place at which a price would be added to a step."""
    return f"prices.{len(row.get('prices') or ())}"


def price_value(amount: Decimal | None, currency: str) -> str:
    """Return a price as a correction keeps it; no amount is *not known*."""
    told = None if amount is None else f"{amount.normalize():f}"
    return json.dumps({"amount": told, "currency": currency})
