"""Applications: received from the public, decided, corrected, withdrawn."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.events.services import newcomers
from digna.events.services.newcomers import Answer, Details
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.mentoring.models import Application, Cohort, Mentor, Pair
from digna.registry.models import Affiliation, Person

MOST_RANKED = 3


@writes("mentoring.application.received")
def apply(
    *,
    actor: Actor,
    cohort: Cohort,
    details: Details,
    answers: Sequence[Answer] = (),
    accepts_conduct: bool,
    **told: Any,
) -> Application:
    """Take an application from the public form; the same person twice updates the first.

    Raises:
        Refused: `mentoring.call.closed`, `mentoring.application.needs_conduct`, and as
            `newcomers.register_newcomer`.
    """
    if not cohort.is_call_open_on(timezone.localdate(actor.at)):
        raise Refused(
            "mentoring.call.closed",
            _("La convocatoria «%(title)s» está cerrada. Escriba a quien la organiza.")
            % {"title": cohort.title},
        )
    if not accepts_conduct:
        raise Refused(
            "mentoring.application.needs_conduct",
            _("Para participar hace falta aceptar el código de conducta. Marque la casilla."),
            field="accepts_conduct",
        )
    person = newcomers.register_newcomer(actor=actor, details=details, answers=answers)
    return _received(actor, cohort, person, told)


@writes("mentoring.application.received")
def enter_application(*, actor: Actor, cohort: Cohort, person: Person, **told: Any) -> Application:
    """Write down an application for somebody of the register (on paper, by telephone)."""
    return _received(actor, cohort, person, told)


def _received(actor: Actor, cohort: Cohort, person: Person, told: dict[str, Any]) -> Application:
    told = told | {
        "conduct_accepted_at": actor.at,
        "conduct_version": cohort.terms.get("conduct", {}).get("version", ""),
    }
    standing = Application.objects.filter(cohort=cohort, person=person).last()
    if standing is not None and standing.state == Application.State.RECEIVED:
        return record.change(standing, **told)
    if standing is not None and standing.state == Application.State.ACCEPTED:
        return standing
    told.setdefault("enterprise", _firm_of(person))
    return record.add(Application(cohort=cohort, person=person, received_at=actor.at, **told))


def _firm_of(person: Person) -> Any:
    """The firm a person owns or manages today, where there is one and only one."""
    roles = (Affiliation.Role.OWNER, Affiliation.Role.MANAGER)
    rows = person.affiliations.filter(role__in=roles, ends_on=None).exclude(enterprise=None)
    firms = {row.enterprise_id: row.enterprise for row in rows.select_related("enterprise")}
    return next(iter(firms.values())) if len(firms) == 1 else None


@writes("mentoring.application.decided")
def decide(
    *, actor: Actor, application: Application, is_accepted: bool, note: str = ""
) -> Application:
    """Accept an application, or say no with a reason.

    Raises:
        Refused: `mentoring.application.needs_reason`, `mentoring.application.has_pair`.
    """
    if not is_accepted and not note.strip():
        raise Refused(
            "mentoring.application.needs_reason",
            _("Escriba el motivo: se le puede decir a quien postuló."),
            field="note",
        )
    if not is_accepted:
        _refuse_paired(application)
    state = Application.State.ACCEPTED if is_accepted else Application.State.DECLINED
    return record.change(
        application,
        state=state,
        decided_at=actor.at,
        decided_by=actor.user,
        decision_note=note.strip(),
    )


def _refuse_paired(application: Application) -> None:
    if application.pairs.filter(state__in=Pair.HOLDING).exists():
        raise Refused(
            "mentoring.application.has_pair",
            _("%(name)s tiene una pareja en marcha. Ciérrela o cámbiela antes.")
            % {"name": application.person},
        )


@writes("mentoring.application.corrected")
def correct_application(*, actor: Actor, application: Application, **values: Any) -> Application:
    """Correct what an application says: firm, needs, times."""
    return record.change(application, **values)


@writes("mentoring.application.withdrawn")
def withdraw(*, actor: Actor, application: Application, note: str = "") -> Application:
    """Note that somebody takes part no more.

    Raises:
        Refused: `mentoring.application.has_pair`.
    """
    _refuse_paired(application)
    return record.change(
        application, state=Application.State.WITHDRAWN, decided_at=actor.at, decision_note=note
    )


@writes("mentoring.application.ranked")
def rank_mentors(
    *, actor: Actor, application: Application, mentors: Sequence[Mentor]
) -> Application:
    """Keep the mentors somebody would like, the most wanted first.

    Raises:
        Refused: `mentoring.application.ranked_twice`, `mentoring.application.ranked_many`.
    """
    keys = [str(one.public_id) for one in mentors]
    if len(set(keys)) < len(keys):
        raise Refused(
            "mentoring.application.ranked_twice",
            _("Eligió dos veces a la misma persona. Elija a otra o deje vacío."),
        )
    if len(keys) > MOST_RANKED:
        raise Refused(
            "mentoring.application.ranked_many",
            _("Elija hasta %(n)s personas.") % {"n": MOST_RANKED},
        )
    return record.change(application, ranking=keys)
