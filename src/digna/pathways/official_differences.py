"""An official record beside a step of ours: which step, what differs, what looks wrong. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from digna.pathways.official import Charge, Official
from digna_engines.pathways import Agency, Price, Step

LIKE_ENOUGH = 0.55
OTHERS = frozenset({"YLB", "YPFB", "AFCOOP", "SEPREC", "SENASAG", "SENAVEX", "AGEMED"})
"""Acronyms that requirements of other agencies were seen to carry, besides those of the kits."""
TARIFF = re.compile(r"\b(c[oó]d(igo)?|tarifa|arancel|[ií]tem|servicio)\b", re.IGNORECASE)
PUBLIC = re.compile(r"p[uú]blic", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which a record and a step differ.

    Attributes:
        value: what an acceptance would write; None where a person must write it themselves.
        warnings: codes of what looks wrong in the record: `tariff_code`, `tiny`, `audience`,
            `foreign_document`, `in_person`, `older`.
    """

    field: str
    place: str
    ours: str
    theirs: str
    value: Any
    warnings: tuple[str, ...]


def pair(one: Official, steps: Iterable[Step]) -> tuple[str, float] | None:
    """Return the step that a record is about, with how alike they are (1: they cite each other).

    A step that cites the record's number among its sources comes first; of several, the one whose
    name is most alike. Else the address, else names that are alike enough.
    """
    every = list(steps)
    cited = [step for step in every if any(_cites(code, one.source_id) for code in step.sources)]
    if cited:
        best = max(cited, key=lambda step: alike(one.name, step.name["es"]))
        return best.key, 1.0
    for step in every:
        if step.url and one.url and step.url.rstrip("/") == one.url.rstrip("/"):
            return step.key, 0.99
    scored = [(alike(one.name, step.name["es"]), step.key) for step in every]
    score, key = max(scored, default=(0.0, ""))
    return (key, round(score, 3)) if score >= LIKE_ENOUGH else None


def _cites(code: str, source_id: str) -> bool:
    return code.rsplit("-", 1)[-1] == source_id and "portal" in code


def alike(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1: shared words, then letters.

    >>> alike("Registro de Exportadores", "registro de exportadores")
    1.0
    """
    a, b = _words(one), _words(other)
    if not a or not b:
        return 0.0
    shared = 2 * len(a & b) / (len(a) + len(b))
    letters = SequenceMatcher(None, " ".join(sorted(a)), " ".join(sorted(b))).ratio()
    return round((shared + letters) / 2, 3)


SMALL = frozenset({"de", "del", "la", "el", "los", "las", "y", "o", "a", "en", "para", "por", "un"})


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in plain(text).split() if word not in SMALL)


def plain(text: str) -> str:
    """Return a text without case, accents or signs, to compare."""
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def differences(
    one: Official,
    step: Step,
    places: Iterable[tuple[str, Price]],
    new_place: str,
    agencies: Mapping[str, Agency],
) -> tuple[Difference, ...]:
    """Return the fields in which a record differs from a step as it stands today.

    `places` are the prices in force with where each stands; `new_place` where one would be added.
    """
    general = _general_warnings(one, step)
    found = [
        *_costs(one, list(places), new_place, general),
        *_length(one, step, general),
        *_documents(one, step, agencies, general),
        *_law(one, step, general),
        *_office(one, step, agencies, general),
        *_url(one, step, general),
    ]
    return tuple(found)


def _general_warnings(one: Official, step: Step) -> tuple[str, ...]:
    found = []
    if one.audiences and all(PUBLIC.search(name) for name in one.audiences):
        found.append("audience")
    if one.is_online is False and "online" in step.modes:
        found.append("in_person")
    read = _source_day(step)
    if one.updated_on is not None and read is not None and one.updated_on < read:
        found.append("older")
    return tuple(found)


def _source_day(step: Step) -> date | None:
    try:
        return date.fromisoformat(step.source_on)
    except ValueError:
        return None


def _costs(
    one: Official, ours: list[tuple[str, Price]], new: str, general: tuple[str, ...]
) -> Iterable[Difference]:
    charges = list(one.charges)
    if not charges and one.has_cost is False:
        if not any(price.amount == 0 for _place, price in ours):
            place, price = ours[0] if ours else (new, None)
            yield Difference("price", place, _amount(price), "0 BOB", _value(None), general)
        return
    left = [(place, price) for place, price in ours if not _is_told(price, charges)]
    fresh = [c for c in charges if not any(_is_same(price, c) for _place, price in ours)]
    for number, charge in enumerate(fresh):
        place, price = left[number] if number < len(left) else (new, None)
        yield Difference(
            "price", place, _amount(price), _charge(charge), _value(charge),
            (*general, *_cost_warnings(one, charge)),
        )  # fmt: skip


def _value(charge: Charge | None) -> dict[str, str]:
    if charge is None:
        return {"amount": "0", "currency": "BOB"}
    return {"amount": f"{charge.amount.normalize():f}", "currency": charge.currency}


def _is_told(price: Price, charges: Iterable[Charge]) -> bool:
    return any(_is_same(price, charge) for charge in charges)


def _is_same(price: Price, charge: Charge) -> bool:
    return price.amount == charge.amount and price.currency == charge.currency


def _amount(price: Price | None) -> str:
    if price is None or price.amount is None:
        return ""
    return f"{price.amount.normalize():f} {price.currency}"


def _charge(charge: Charge) -> str:
    told = f"{charge.amount.normalize():f} {charge.currency}"
    return f"{told} ({charge.concept})" if charge.concept else told


def _cost_warnings(one: Official, charge: Charge) -> Iterable[str]:
    digits = f"{charge.amount.normalize():f}"
    is_code = bool(TARIFF.search(charge.concept)) and digits in charge.concept
    is_whole = charge.amount == charge.amount.to_integral_value()
    if is_code or ("SENASAG" in one.agency.upper() and is_whole):
        yield "tariff_code"
    if 0 < charge.amount < 1:
        yield "tiny"


def _length(one: Official, step: Step, general: tuple[str, ...]) -> Iterable[Difference]:
    if one.duration is None:
        return
    amount, unit = one.duration
    ours = step.duration
    if ours is not None and ours.amount == amount and ours.unit == unit:
        return
    told = "" if ours is None or ours.amount is None else f"{ours.amount.normalize():f} {ours.unit}"
    value = {"amount": f"{amount.normalize():f}", "unit": unit}
    yield Difference("duration", "", told, f"{value['amount']} {unit}", value, general)


def _documents(
    one: Official, step: Step, agencies: Mapping[str, Agency], general: tuple[str, ...]
) -> Iterable[Difference]:
    ours = [words["es"] for words in step.documents]
    if not one.documents or {plain(t) for t in ours} == {plain(t) for t in one.documents}:
        return
    own = _acronyms(one.agency)
    known = OTHERS | {name for a in agencies.values() for name in _acronyms(a.name["es"])}
    strange = {name for text in one.documents for name in _acronyms(text)} & known - own
    warnings = (*general, "foreign_document") if strange else general
    value = [{"es": text} for text in one.documents]
    yield Difference("documents", "", "\n".join(ours), "\n".join(one.documents), value, warnings)


def _acronyms(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[A-Z]{3,10}\b", text))


def _law(one: Official, step: Step, general: tuple[str, ...]) -> Iterable[Difference]:
    if one.law and {plain(t) for t in one.law} != {plain(t) for t in step.law}:
        yield Difference("law", "", "\n".join(step.law), "\n".join(one.law), list(one.law), general)


def _office(
    one: Official, step: Step, agencies: Mapping[str, Agency], general: tuple[str, ...]
) -> Iterable[Difference]:
    if not one.agency:
        return
    named = _office_named(one.agency, agencies)
    if named is not None and named == step.agency:
        return
    ours = agencies[step.agency].name["es"] if step.agency in agencies else ""
    if ours and alike(ours, one.agency) >= LIKE_ENOUGH:
        return
    yield Difference("agency", "", ours, one.agency, named, general)


def _office_named(text: str, agencies: Mapping[str, Agency]) -> str | None:
    """The office of ours that a record names: by its acronym, else by words."""
    own = _acronyms(text)
    for key, agency in agencies.items():
        if own & _acronyms(agency.name["es"]):
            return key
    scored = [(alike(text, agency.name["es"]), key) for key, agency in agencies.items()]
    score, key = max(scored, default=(0.0, ""))
    return key if score >= LIKE_ENOUGH else None


def _url(one: Official, step: Step, general: tuple[str, ...]) -> Iterable[Difference]:
    if one.url and one.url.rstrip("/") != step.url.rstrip("/"):
        yield Difference("url", "", step.url, one.url, one.url, general)
