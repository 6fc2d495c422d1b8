"""Drafts of pairs: asked for, made by the worker, changed by hand, confirmed line by line."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.mentoring import pools
from digna.mentoring.models import Application, Cohort, Draft, Mentor, Pair, Proposal
from digna.mentoring.services import pairs

if TYPE_CHECKING:
    from digna.mentoring.drawing import Drawing

Decision = Proposal.Decision


@writes("mentoring.draft.asked")
def ask_for_draft(*, actor: Actor, cohort: Cohort, mode: str) -> Draft:
    """Ask for a draft and keep what it is to be made of; the worker draws it up.

    Raises:
        Refused: `mentoring.draft.nobody`, `mentoring.draft.no_mentors`.
    """
    inputs = pools.inputs_of(cohort, mode)
    if not inputs["mentees"]:
        raise Refused(
            "mentoring.draft.nobody",
            _("No hay postulaciones aceptadas sin pareja. Revise antes las postulaciones."),
        )
    if not inputs["mentors"]:
        raise Refused(
            "mentoring.draft.no_mentors",
            _("Todavía no hay mentores en la lista. Agregue al menos uno."),
        )
    return record.add(
        Draft(cohort=cohort, mode=mode, inputs=inputs, made_at=actor.at, made_by=actor.user)
    )


def names_in_both(draft: Draft) -> dict[str, dict[str, str]]:
    """Return words for the codes and keys of a draft, in both languages."""
    found = {}
    for language in ("es", "en"):
        with override("es-bo" if language == "es" else "en"):
            found[language] = pools.names_of(draft.cohort, draft.inputs)
    return found


@writes("mentoring.draft.made")
def keep_drawing(*, actor: Actor, draft: Draft, drawing: "Drawing") -> Draft:
    """Keep what the engine drew up."""
    applications = {str(a.public_id): a for a in draft.cohort.applications.all()}
    mentors = {str(m.public_id): m for m in Mentor.objects.all()}
    record.add_many(
        [
            Proposal(
                draft=draft,
                application=applications[line.mentee],
                mentor=mentors[line.mentor],
                place=line.place,
                score=Decimal(str(round(line.score, 3))),
                reasons_es=line.es,
                reasons_en=line.en,
            )
            for line in drawing.lines
        ]
    )
    return record.change(
        draft, state=Draft.State.READY, result=drawing.result, version=drawing.version
    )


@writes("mentoring.draft.failed")
def fail(*, actor: Actor, draft: Draft) -> Draft:
    """Note that a draft could not be drawn up."""
    return record.change(draft, state=Draft.State.FAILED)


@writes("mentoring.draft.closed")
def close_draft(*, actor: Actor, draft: Draft) -> Draft:
    """Put a draft away; what was confirmed stays."""
    return record.change(draft, state=Draft.State.CLOSED)


def said_of(draft: Draft, application: Application, mentor: Mentor) -> dict[str, Any]:
    """Return what the draft says of two people: possible or not, how well, why, in both."""
    mentee, other = str(application.public_id), str(mentor.public_id)
    kept = draft.result.get("pairs", {}).get(f"{mentee} {other}")
    if kept is not None:
        return dict(kept)
    inside = {one["key"] for one in (*draft.inputs["mentees"], *draft.inputs["mentors"])}
    if not {mentee, other} <= inside:
        return {"possible": None, "score": None, "es": "", "en": ""}
    from digna.mentoring import drawing  # numpy: only for pools too large to keep it all

    return dict(drawing.explained_later(draft.inputs, mentee, other, names_in_both(draft)))


@writes("mentoring.proposal.replaced")
def replace(*, actor: Actor, draft: Draft, application: Application, mentor: Mentor) -> Proposal:
    """Put somebody with a mentor of one's own choice; the others of her lines are set aside.

    A barrier is told of and not enforced: people may know what the data does not.

    Raises:
        Refused: `mentoring.draft.not_open`, `mentoring.proposal.confirmed`.
    """
    refuse_closed(draft)
    rows = list(draft.proposals.filter(application=application))
    if any(row.decision == Decision.CONFIRMED for row in rows):
        raise _confirmed(application)
    for row in rows:
        if row.mentor_id != mentor.pk:
            record.change(row, decision=Decision.SET_ASIDE)
    standing = next((row for row in rows if row.mentor_id == mentor.pk), None)
    if standing is not None:
        return record.change(standing, decision=Decision.PENDING)
    said = said_of(draft, application, mentor)
    score = said["score"]
    return record.add(
        Proposal(
            draft=draft,
            application=application,
            mentor=mentor,
            place=len(rows) + 1,
            score=None if score is None else Decimal(str(round(score, 3))),
            reasons_es=said["es"],
            reasons_en=said["en"],
            is_by_hand=True,
        )
    )


def refuse_closed(draft: Draft) -> None:
    """Raise `Refused` where a draft is not open to decisions."""
    if draft.state != Draft.State.READY:
        raise Refused(
            "mentoring.draft.not_open",
            _("Este borrador está «%(state)s». Pida otro.") % {"state": draft.get_state_display()},
        )


def _confirmed(application: Application) -> Refused:
    return Refused(
        "mentoring.proposal.confirmed",
        _("La pareja de %(name)s ya fue confirmada.") % {"name": application.person},
    )


@writes("mentoring.proposal.set_aside")
def set_aside(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Leave a proposal aside: the mentee waits for another.

    Raises:
        Refused: `mentoring.draft.not_open`, `mentoring.proposal.confirmed`.
    """
    refuse_closed(proposal.draft)
    if proposal.decision == Decision.CONFIRMED:
        raise _confirmed(proposal.application)
    return record.change(proposal, decision=Decision.SET_ASIDE)


@writes("mentoring.proposal.confirmed")
def confirm(*, actor: Actor, proposal: Proposal, answer_by: date | None = None) -> Pair:
    """Confirm a proposal: the mentor is asked, and a place is theirs until they answer.

    Raises:
        Refused: `mentoring.draft.not_open`, `mentoring.proposal.confirmed`, and as `pairs.ask`.
        Clash: `mentoring.mentor.full`.
    """
    refuse_closed(proposal.draft)
    if proposal.decision == Decision.CONFIRMED:
        raise _confirmed(proposal.application)
    pair = pairs.ask(
        actor=actor,
        application=proposal.application,
        mentor=proposal.mentor,
        answer_by=answer_by,
        score=proposal.score,
        follows=_before(proposal.application),
    )
    for other in proposal.draft.proposals.filter(application=proposal.application):
        if other.pk != proposal.pk and other.decision == Decision.PENDING:
            record.change(other, decision=Decision.SET_ASIDE)
    record.change(proposal, decision=Decision.CONFIRMED)
    return pair


def _before(application: Application) -> Pair | None:
    """The pair this one comes after, where there was one."""
    return application.pairs.filter(state=Pair.State.CHANGED).order_by("-ended_on", "-pk").first()
