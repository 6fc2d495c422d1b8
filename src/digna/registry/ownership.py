"""To which partner a row belongs: every model of the installation says so, once.

A partner that carries on takes its own data with it, all of it and nobody else's. Each room
declares its models in an `ownership.py`, read when the application starts; a house test fails for a
model that says nothing. Four answers:

- `of_partner("partner")`: the row names its partner, by one of these lookups;
- `follows("session")`: it belongs where the row it hangs on belongs;
- `REFERENCE`: it is nobody's (places, modules, marker wordings) and goes whole;
- `never("…")`: it stays, and why.

Whatever is declared, a row goes only when every row it must point at goes too. Optional links to
what stays are emptied, unless `needs` says that the row means nothing without them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db.models import Exists, OuterRef, Q

from digna.accounts.models import Membership, Role
from digna.registry.models import Consent

Lookup = Callable[[int, str], Q]
"""From a partner's key and code to what is its own."""


class Goes(Enum):
    """What happens to the rows of a model when a partner takes its copy."""

    OWN = "own"
    FOLLOWS = "follows"
    WHOLE = "whole"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Owned:
    """One model's answer.

    Attributes:
        goes: which of the four.
        where: of OWN and WHOLE, which rows.
        by: of FOLLOWS, the links of which at least one must go.
        needs: optional links without which the row stays.
        blanks: columns that never leave, and what stands there instead.
        hush: short texts that tell who somebody is; blanked, with every long text and file,
            where the person or the firm did not agree to be handed over.
        consent: the purpose somebody must have said yes to for their identity to go.
        identity: what is blanked of a person or firm that did not.
        gone_when_quiet: without consent the row itself stays behind (a photograph).
        why: for who reads the manifest.
    """

    goes: Goes
    where: Lookup | None = None
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    blanks: Mapping[str, Any] = field(default_factory=dict)
    hush: tuple[str, ...] = ()
    consent: str = ""
    identity: Mapping[str, Any] = field(default_factory=dict)
    gone_when_quiet: bool = False
    why: str = ""


OWNED_BY: dict[str, Owned] = {}
"""By model label, as Django writes it in lower case."""


def declare(declared: Mapping[str, Owned]) -> None:
    """Add a room's answers.

    Raises:
        ValueError: a model that somebody has answered for already.
    """
    twice = OWNED_BY.keys() & declared.keys()
    if twice:
        raise ValueError(f"ownership declared twice: {sorted(twice)}")
    OWNED_BY.update(declared)


CLAIMS: dict[str, list[Lookup]] = {}
"""Rows in nobody's care that a room's own rows make a partner's: who came to its courses."""


def claim(label: str, where: Lookup) -> None:
    """Say which people or firms in nobody's care a partner works with, by a room above."""
    CLAIMS.setdefault(label, []).append(where)


def of_partner(*lookups: str, **more: Any) -> Owned:
    """Rows that name their partner by any of these lookups."""

    def where(key: int, _code: str) -> Q:
        found = Q(pk__in=[])
        for lookup in lookups:
            found |= Q(**{lookup: key})
        return found

    return Owned(Goes.OWN, where=where, **more)


def chosen(where: Lookup, **more: Any) -> Owned:
    """Rows that a rule of its own chooses."""
    return Owned(Goes.OWN, where=where, **more)


def follows(*links: str, **more: Any) -> Owned:
    """Rows that belong where the row they hang on belongs."""
    return Owned(Goes.FOLLOWS, by=links, **more)


def reference(**more: Any) -> Owned:
    """Rows that are nobody's."""
    return Owned(Goes.WHOLE, **more)


def never(why: str) -> Owned:
    """Rows that stay."""
    return Owned(Goes.NEVER, why=why)


REFERENCE = reference()
STAFF = (Role.COORDINATOR, Role.TRAINER, Role.MENTOR, Role.ANALYST)
HAND_OVER, HAND_OVER_FIRM = "hand_over", "hand_over_firm"


def _people(key: int, _code: str) -> Q:
    """Those in a partner's care, and those in nobody's who work in its firms or for it."""
    nobodys = Q(partner=None)
    return (
        Q(partner=key)
        | (nobodys & Q(affiliations__enterprise__partner=key))
        | (nobodys & Q(affiliations__organisation=key))
    )


def _organisations(key: int, _code: str) -> Q:
    """The partner itself, and those that are no partners: chambers, unions, ministries."""
    return Q(pk=key) | Q(is_partner=False)


def _users(_key: int, code: str) -> Q:
    """A partner's staff, and those of its owners and workers who agreed to be handed over."""
    answers = Consent.objects.filter(text__purpose=HAND_OVER)
    took_back = answers.filter(person=OuterRef("person"), at__gt=OuterRef("at"), is_given=False)
    agreed = answers.filter(~Exists(took_back), person__account=OuterRef("pk"), is_given=True)
    staff = Membership.objects.filter(partner=code, user=OuterRef("pk"), role__in=STAFF)
    return Q(memberships__partner=code) & (Q(Exists(staff)) | Q(Exists(agreed)))


def _memberships(_key: int, code: str) -> Q:
    return Q(partner=code)


DERIVED = "se rehace sola en la instalación nueva"
PRIVATE = "es un secreto de la persona o de esta instalación"
MIXED = "junta datos de varios socios"

declare(
    {
        "journal.line": never(
            "va aparte: solo lo que trata de filas de la copia, sellado de nuevo"
        ),
        "journal.change": never("va con su línea"),
        "journal.head": never("la copia comienza su propia cadena"),
        "accounts.user": chosen(_users, blanks={"password": "!", "must_change_password": True}),
        "accounts.membership": chosen(_memberships),
        "accounts.card": never(PRIVATE),
        "account.emailaddress": follows("user"),
        "account.emailconfirmation": never(PRIVATE),
        "mfa.authenticator": never(PRIVATE),
        "usersessions.usersession": never(PRIVATE),
        "registry.place": REFERENCE,
        "registry.sector": REFERENCE,
        "registry.legalform": REFERENCE,
        "registry.sizerule": REFERENCE,
        "registry.consenttext": REFERENCE,
        "registry.savedmapping": REFERENCE,
        "registry.organisation": chosen(_organisations),
        "registry.person": chosen(
            _people,
            needs=("merged_into",),
            blanks={"document_hash": ""},
            consent=HAND_OVER,
            identity={
                "given_names": "—",
                "surnames": "",
                "birth_date": None,
                "document_hint": "",
                "phone": "",
                "email": "",
                "account_id": None,
            },
        ),
        "registry.enterprise": of_partner(
            "partner",
            needs=("merged_into",),
            consent=HAND_OVER_FIRM,
            identity={"name": "—", "legal_name": "", "nit": "", "phone": "", "email": ""},
        ),
        "registry.affiliation": follows("person", needs=("enterprise", "organisation")),
        "registry.note": follows(
            "enterprise", "person", needs=("enterprise", "person"), gone_when_quiet=True
        ),
        "registry.enterprisefact": follows("enterprise"),
        "registry.consent": follows("person", "enterprise", needs=("person", "enterprise")),
        "registry.duplicatepair": never(DERIVED),
        "registry.merge": never("guarda lo que decían fichas ya absorbidas"),
        "registry.importbatch": never("la planilla original puede traer a otros"),
        "registry.importrow": never("la planilla original puede traer a otros"),
        "registry.searchtoken": never(DERIVED),
        "registry.searchuse": never(DERIVED),
    }
)
