"""People who register themselves: found by their keys, or registered with the doubt noted.

The same policy as an import's (exact keys decide, near names make a doubtful pair and never
stop anybody), asked of the database for one person instead of a whole file.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.events.models import Enrolment, Process, Session
from digna.events.services import attendance, enrolments
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry import documents, likeness, names, search
from digna.registry.likeness import Likeness, Traits
from digna.registry.models import Consent, ConsentText, Organisation, Person, Place
from digna.registry.services import consents, duplicates, organisations, people

State, Channel = Enrolment.State, Enrolment.Channel
SAME = 0.6
"""Names less alike than this do not share a document: one of the two numbers is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person says of themselves; normalised, "" and None where they said nothing."""

    given_names: str
    surnames: str = ""
    sex: str = ""
    document: str = ""
    phone: str = ""
    email: str = ""
    place: Place | None = None
    organisation: str = ""
    constituency: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to one consent text that was shown to them."""

    text: ConsentText
    is_given: bool


@writes("events.registration.received")
def register_publicly(
    *, actor: Actor, process: Process, details: Details, answers: Sequence[Answer]
) -> Enrolment:
    """Enrol whoever fills in the public form; without room, on the waiting list.

    Raises:
        Refused: `events.registration.closed`, `events.registration.needs_consent`,
            `events.newcomer.other_name`.
    """
    if not process.is_registration_open:
        raise Refused(
            "events.registration.closed",
            _("La inscripción a «%(title)s» está cerrada. Escriba a quien la organiza.")
            % {"title": process.title},
        )
    _refuse_without_consent(answers)
    person = _found_or_made(actor, details)
    _record_answers(actor, person, answers)
    standing = Enrolment.objects.filter(process=process, person=person).first()
    has_place = standing is not None and standing.state == State.REGISTERED
    left = enrolments.places_left(process)
    is_full = left is not None and left <= 0 and not has_place
    organisation = _organisation(actor, details)
    return enrolments.enrol(
        actor=actor,
        process=process,
        person=person,
        organisation=organisation,
        constituency=details.constituency,
        state=State.WAITING if is_full else State.REGISTERED,
        channel=Channel.FORM,
    )


@writes("events.newcomer.checked_in")
def check_in_newcomer(
    *, actor: Actor, session: Session, details: Details, answers: Sequence[Answer]
) -> Enrolment:
    """Register, enrol and mark present somebody at the door who was on no list.

    Raises:
        Refused: as `register_publicly`; `events.check_in.closed`.
    """
    if not attendance.is_check_in_open(session, actor.at):
        raise Refused("events.check_in.closed", attendance.closed_sentence(session, actor.at))
    _refuse_without_consent(answers)
    person = _found_or_made(actor, details)
    _record_answers(actor, person, answers)
    enrolment = enrolments.enrol(
        actor=actor,
        process=session.process,
        person=person,
        organisation=_organisation(actor, details),
        constituency=details.constituency,
        channel=Channel.CHECK_IN,
    )
    attendance.check_in(actor=actor, session=session, person=person)
    return enrolment


@writes("events.newcomer.registered")
def register_newcomer(*, actor: Actor, details: Details, answers: Sequence[Answer]) -> Person:
    """Register (or find by their keys) whoever fills in a public form of a room above.

    Raises:
        Refused: `events.registration.needs_consent`, `events.newcomer.other_name`.
    """
    _refuse_without_consent(answers)
    person = _found_or_made(actor, details)
    _record_answers(actor, person, answers)
    return person


@writes("events.newcomer.enrolled")
def enrol_newcomer(
    *, actor: Actor, process: Process, details: Details, channel: str = Channel.OFFICE
) -> Enrolment:
    """Register (or find by their keys) and enrol somebody whose name the office typed.

    Raises:
        Refused: `events.newcomer.other_name`.
    """
    return enrolments.enrol(
        actor=actor,
        process=process,
        person=_found_or_made(actor, details),
        organisation=_organisation(actor, details),
        constituency=details.constituency,
        channel=channel,
    )


@writes("events.newcomer.marked")
def mark_newcomer(*, actor: Actor, session: Session, details: Details) -> Enrolment:
    """Register somebody from the attendance grid: enrolled and, once it is the day, present.

    Raises:
        Refused: `events.newcomer.other_name`, and as `attendance.record_attendance`.
    """
    enrolment = enrol_newcomer(actor=actor, process=session.process, details=details)
    if not attendance.is_too_early(session, actor.at):
        version = Session.objects.values_list("version", flat=True).get(pk=session.pk)
        attendance.record_attendance(
            actor=actor,
            session=session,
            marks=[attendance.Mark(enrolment.person, "present")],
            base_version=version,
        )
    return enrolment


def texts_to_show(language: str, *, only_required: bool = True) -> list[ConsentText]:
    """Return the consent texts in use, the latest of each purpose, in a language (else Spanish)."""
    in_use = ConsentText.objects.filter(retired_on=None).order_by("purpose", "pk")
    if only_required:
        in_use = in_use.filter(is_required=True)
    latest: dict[str, ConsentText] = {}
    for wanted in dict.fromkeys(("es", language[:2])):
        latest.update({text.purpose: text for text in in_use if text.language == wanted})
    return list(latest.values())


def near(
    details: Details, visible: QuerySet[Person] | None = None, limit: int = 5
) -> list[tuple[Person, Likeness]]:
    """Return records that may be this person, of the visible or all living, the likest first."""
    found = search.find(
        search.Kind.PERSON,
        f"{details.given_names} {details.surnames}",
        Person.objects.living() if visible is None else visible,
        limit=20,
    )
    mine = _traits_of_details(details)
    scored = [
        (person, likeness.compare(mine, traits_of(person)))
        for person in Person.objects.filter(pk__in=found).select_related("place")
    ]
    likely = [pair for pair in scored if pair[1].score >= likeness.NEAR]
    return sorted(likely, key=lambda pair: -pair[1].score)[:limit]


def traits_of(person: Person) -> Traits:
    """Return what of a record is compared."""
    return Traits(
        words=names.words(f"{person.given_names} {person.surnames}"),
        document_hash=person.document_hash,
        phone=person.phone,
        email=person.email,
        birth_date=person.birth_date,
        birth_year=person.year_born(),
        sex=person.sex,
        place=person.place_id,
    )


def _traits_of_details(details: Details) -> Traits:
    return Traits(
        words=names.words(f"{details.given_names} {details.surnames}"),
        document_hash=documents.hash_of(details.document),
        phone=details.phone,
        email=details.email,
        sex=details.sex,
        place=None if details.place is None else details.place.pk,
    )


def _found_or_made(actor: Actor, details: Details) -> Person:
    mine = _traits_of_details(details)
    same = _by_keys(mine)
    if same is not None:
        return same
    alike = near(details)
    holder = Person.objects.living().filter(phone=details.phone).first() if details.phone else None
    person = people.register_person(
        actor=actor,
        given_names=details.given_names,
        surnames=details.surnames,
        sex=details.sex,
        document=details.document,
        phone=details.phone,
        email=details.email,
        place=details.place,
        shares_phone=True,
    )
    _note_doubt(actor, person, alike, holder)
    return person


def _by_keys(mine: Traits) -> Person | None:
    """Return whom a document names, or a telephone or e-mail together with a like name."""
    living = Person.objects.living()
    if mine.document_hash:
        owner = living.filter(document_hash=mine.document_hash).first()
        if owner is not None:
            _refuse_other_name(mine, owner)
            return owner
    keys = Q(pk__in=[])
    if mine.phone:
        keys |= Q(phone=mine.phone)
    if mine.email:
        keys |= Q(email__iexact=mine.email)
    for holder in living.filter(keys).order_by("pk"):
        theirs = traits_of(holder)
        known = {mine.document_hash, theirs.document_hash} - {""}
        alike = likeness.of_words(mine.words, theirs.words)
        if len(known) < 2 and alike >= likeness.DOUBTFUL:
            return holder
    return None


def _refuse_other_name(mine: Traits, owner: Person) -> None:
    if likeness.of_words(mine.words, traits_of(owner).words) < SAME:
        raise Refused(
            "events.newcomer.other_name",
            _(
                "Ese carnet ya está registrado con otro nombre. Revise el número; si es el suyo, "
                "deje la casilla vacía y avise a quien organiza."
            ),
            field="document",
        )


def _note_doubt(
    actor: Actor,
    person: Person,
    alike: Sequence[tuple[Person, Likeness]],
    holder: Person | None,
) -> None:
    """Queue the likest, or who has the same telephone; nobody at the door waits for it."""
    doubtful = [pair for pair in alike if pair[1].score >= likeness.DOUBTFUL]
    if doubtful:
        duplicates.note_pair(actor=actor, one=person, other=doubtful[0][0], likeness=doubtful[0][1])
    elif holder is not None:
        shared = Likeness(0.5, ("same_phone",))
        duplicates.note_pair(actor=actor, one=person, other=holder, likeness=shared)


def _organisation(actor: Actor, details: Details) -> Organisation | None:
    """Return the organisation named; one nobody knew is registered, to be reviewed."""
    name = " ".join(details.organisation.split())[:200]
    if not name:
        return None
    return organisations.named(name) or organisations.register_organisation(
        actor=actor, name=name, constituency=details.constituency, needs_review=True
    )


def _refuse_without_consent(answers: Sequence[Answer]) -> None:
    for answer in answers:
        if answer.text.is_required and not answer.is_given:
            raise Refused(
                "events.registration.needs_consent",
                _("Para participar hace falta aceptar «%(title)s». Marque la casilla.")
                % {"title": answer.text.title},
                field=f"consent_{answer.text.pk}",
            )


def _record_answers(actor: Actor, person: Person, answers: Sequence[Answer]) -> None:
    for answer in answers:
        consents.record_consent(
            actor=actor,
            text=answer.text,
            is_given=answer.is_given,
            channel=Consent.Channel.FORM,
            person=person,
        )
