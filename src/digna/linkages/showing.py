"""What of an offer may be shown to whom: exactly what its firm agreed to, field by field. Pure.

Every page, paper and sheet that leaves the programme is made from `Facts` that went through
`consented`: a fact that was not agreed to is gone before anything is rendered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

NOBODY, BUYERS, PUBLIC = "nobody", "buyers", "public"
REACH = {NOBODY: 0, BUYERS: 1, PUBLIC: 2}


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate or registration behind an offer."""

    code: str
    name: str
    number: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """An offer in plain values. None is «not known»: nobody said, or it may not be said."""

    key: str
    name: str
    common_name: str = ""
    words: str = ""
    description: str = ""
    hs_code: str = ""
    languages: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    sector: str = ""
    firm_name: str | None = None
    place: str | None = None
    phone: str | None = None
    email: str | None = None
    price_low: Decimal | None = None
    price_high: Decimal | None = None
    currency: str = ""
    price_unit: str = ""
    incoterm: str = ""
    capacity: Decimal | None = None
    minimum_order: Decimal | None = None
    unit: str = ""
    papers: tuple[Paper, ...] | None = None
    photos: tuple[int, ...] = ()
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Consent:
    """What a firm agreed to: whom it is shown to, and which groups of facts."""

    audience: str = NOBODY
    shows: Mapping[str, bool] = field(default_factory=dict)


GROUPS: dict[str, tuple[str, ...]] = {
    "name": ("firm_name",),
    "place": ("place",),
    "phone": ("phone",),
    "email": ("email",),
    "price": ("price_low", "price_high", "currency", "price_unit", "incoterm"),
    "capacity": ("capacity", "minimum_order", "unit"),
    "papers": ("papers",),
    "photos": ("photos",),
}
"""Which facts go with each box that a firm ticks."""

EMPTY = {name: default for name, default in (
    ("firm_name", None), ("place", None), ("phone", None), ("email", None), ("price_low", None),
    ("price_high", None), ("currency", ""), ("price_unit", ""), ("incoterm", ""),
    ("capacity", None), ("minimum_order", None), ("unit", ""), ("papers", None),
    ("photos", ()),
)}  # fmt: skip


def is_shown(consent: Consent, audience: str) -> bool:
    """Whether an offer is shown at all to an audience.

    >>> is_shown(Consent("buyers"), "public"), is_shown(Consent("public"), "buyers")
    (False, True)
    """
    return 0 < REACH[audience] <= REACH[consent.audience]


def consented(facts: Facts, consent: Consent) -> Facts:
    """Return the facts that may be shown; the groups left out are named in `hidden`.

    >>> one = consented(Facts(key="1", name="Quinua", phone="+591"), Consent("buyers"))
    >>> one.phone, "phone" in one.hidden
    (None, True)
    """
    closed = frozenset(group for group in GROUPS if not consent.shows.get(group, False))
    blank = {name: EMPTY[name] for group in closed for name in GROUPS[group]}
    return replace(facts, **blank, hidden=closed)  # type: ignore[arg-type]
