"""Who somebody at the door may be, told without giving away who else is on the list."""

from dataclasses import dataclass

from django.core import signing

from digna.events.models import Enrolment, Session
from digna.registry import identifiers, likeness, names
from digna.registry.models import Person

SALT = "events.doorstep"
LASTS = 15 * 60
"""Seconds in which a proposal may be confirmed."""
MOST = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody it may be: first name and initials, and a signed key to confirm with."""

    shown: str
    key: str


def proposals(session: Session, who: str) -> list[Proposal]:
    """Return at most three people: by telephone in the register, by name among the enrolled.

    A name needs two words and must be nearly whole: «Rosa» would list every Rosa to whoever asks.
    """
    people = _by_phone(who) or _by_name(session, who)
    if len(people) > MOST:
        return []
    return [Proposal(masked(person), _signed(session, person)) for person in people]


def confirmed(session: Session, key: str) -> Person | None:
    """Return whom a signed key proposes for this very session; None when it is stale or forged."""
    try:
        told = signing.loads(key, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    if told[0] != session.pk:
        return None
    return Person.objects.living().filter(pk=told[1]).first()


def masked(person: Person) -> str:
    """Return a first name and initials: enough to know oneself by.

    >>> masked(Person(given_names="Rosa Elena", surnames="Mamani Quispe"))
    'Rosa E. M. Q.'
    """
    first, *rest = f"{person.given_names} {person.surnames}".split()
    return " ".join([first, *(f"{word[0].upper()}." for word in rest)])


def _signed(session: Session, person: Person) -> str:
    return signing.dumps([session.pk, person.pk], salt=SALT)


def _by_phone(who: str) -> list[Person]:
    if sum(c.isdigit() for c in who) < 7:
        return []
    try:
        phone = identifiers.phone(who)
    except identifiers.Unreadable:
        return []
    return list(Person.objects.living().filter(phone=phone)[: MOST + 1]) if phone else []


def _by_name(session: Session, who: str) -> list[Person]:
    words = names.words(who)
    if len(words) < 2:
        return []
    rows = (
        Enrolment.objects.filter(
            process=session.process_id, person__merged_into=None, person__erased_at=None
        )
        .exclude(state=Enrolment.State.WITHDRAWN)
        .select_related("person")
    )
    scored = [
        (likeness.of_words(words, names.words(f"{r.person.given_names} {r.person.surnames}")), r)
        for r in rows
    ]
    likely = [(score, row) for score, row in scored if score >= likeness.DOUBTFUL]
    return [row.person for _score, row in sorted(likely, key=lambda pair: -pair[0])]
