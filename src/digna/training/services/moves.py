"""A firm's way through its cycle: every step holds its guards, and the last one can be undone.

All facts the guards need are gathered by `selectors.ways.facts`; the rules are pure, in `states`.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.certificates.models import Certificate
from digna.certificates.services import certificates
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Person
from digna.training import lacks, states
from digna.training.models import CycleFirm, DropReason, Move, TeamMember
from digna.training.selectors import ways


@writes("training.firm.advanced")
def advance(*, actor: Actor, firm: CycleFirm, to: str, on: date) -> CycleFirm:
    """Move a firm to the state that follows, if nothing is missing.

    Raises:
        Refused: `training.guard.<what>`, naming everything missing, each with its link.
    """
    locked = _locked(firm)
    found = states.lacks(ways.facts(locked), to, on, timezone.localdate(actor.at))
    lacks.refuse(locked, found)
    _move(actor, locked, to, on)
    return _seen(firm, locked)


@writes("training.firm.admitted")
def admit(*, actor: Actor, firm: CycleFirm, on: date) -> CycleFirm:
    """Admit a firm of another size, by a written reason; prerequisites are never waived.

    Raises:
        Refused: `training.firm.needs_reason`, and the guards of `eligible`.
    """
    _refuse_without_reason(actor, _("Escriba por qué se admite a la empresa fuera de su tamaño."))
    locked = _locked(firm)
    record.change(locked, override_reason=actor.reason)
    found = states.lacks(ways.facts(locked), "eligible", on, timezone.localdate(actor.at))
    lacks.refuse(locked, found)
    _move(actor, locked, "eligible", on)
    return _seen(firm, locked)


@writes("training.team.set")
def set_team(
    *, actor: Actor, firm: CycleFirm, members: Sequence[tuple[Person, str]], on: date
) -> CycleFirm:
    """Set who is in the improvement team; who left keeps the day they left."""
    standing = {row.person_id: row for row in firm.team.all()}
    wanted = {person.pk: (person, role) for person, role in members}
    for key, row in standing.items():
        if key not in wanted and row.until is None:
            record.change(row, until=max(on, row.since))
    for key, (person, role) in wanted.items():
        if key in standing:
            record.change(standing[key], role=role, until=None)
        else:
            record.add(TeamMember(firm=firm, person=person, role=role, since=on))
    return firm


@writes("training.plan.approved")
def approve_plan(
    *, actor: Actor, firm: CycleFirm, plan: str, approved_by: str, on: date
) -> CycleFirm:
    """Write down the improvement plan and who in the firm approved it.

    Raises:
        Refused: `training.plan.empty`.
    """
    if not plan.strip() or not approved_by.strip():
        raise Refused(
            "training.plan.empty",
            _("Escriba el plan y el nombre de quien lo aprobó en la empresa."),
            field="plan" if not plan.strip() else "approved_by",
        )
    return record.change(
        firm, plan=plan.strip(), plan_approved_by=approved_by.strip(), plan_approved_on=on
    )


@writes("training.firm.dropped")
def drop(*, actor: Actor, firm: CycleFirm, reason: str, on: date) -> CycleFirm:
    """Note that a firm leaves its cycle, and why; this can be undone.

    Raises:
        Refused: `training.firm.drop_reason`, and the guards of order and day.
    """
    if reason not in DropReason.values:
        raise Refused(
            "training.firm.drop_reason",
            _("Elija por qué la empresa deja el ciclo."),
            field="reason",
        )
    locked = _locked(firm)
    found = states.lacks(ways.facts(locked), "dropped", on, timezone.localdate(actor.at))
    lacks.refuse(locked, found)
    _move(actor, locked, "dropped", on)
    record.change(locked, drop_reason=reason, is_paused=False, paused_reason="")
    return _seen(firm, locked)


@writes("training.firm.closed")
def close_without_data(*, actor: Actor, firm: CycleFirm, on: date) -> CycleFirm:
    """Close a firm's way of which the data will never come, with the reason.

    Raises:
        Refused: `training.firm.needs_reason`, and the guards of order and day.
    """
    _refuse_without_reason(actor, _("Escriba por qué se cierra sin datos."))
    locked = _locked(firm)
    found = states.lacks(ways.facts(locked), "closed_no_data", on, timezone.localdate(actor.at))
    lacks.refuse(locked, found)
    _move(actor, locked, "closed_no_data", on)
    return _seen(firm, locked)


@writes("training.firm.paused")
def pause(*, actor: Actor, firm: CycleFirm) -> CycleFirm:
    """Pause a firm's way, with the reason; it stands still and is not chased.

    Raises:
        Refused: `training.firm.needs_reason`, `training.firm.cannot_pause`.
    """
    _refuse_without_reason(actor, _("Escriba por qué queda en pausa."))
    if firm.is_paused or firm.state in (*states.EXITS, "year_after_done"):
        raise Refused(
            "training.firm.cannot_pause",
            _("El ciclo de %(name)s no está en marcha: no hay qué pausar.")
            % {"name": firm.enterprise},
        )
    return record.change(firm, is_paused=True, paused_reason=actor.reason[:300])


@writes("training.firm.resumed")
def resume(*, actor: Actor, firm: CycleFirm) -> CycleFirm:
    """Take up again a firm's way that was paused."""
    return record.change(firm, is_paused=False, paused_reason="")


@writes("training.endline.waived")
def waive_endline(*, actor: Actor, firm: CycleFirm) -> CycleFirm:
    """Let a firm be certified without an endline: who lets it, and why, stays written.

    Raises:
        Refused: `training.firm.needs_reason`, `training.waiver.too_soon`.
    """
    _refuse_without_reason(actor, _("Escriba por qué se dispensa la línea final."))
    visits = firm.cycle.module.visits
    here = states.rank(firm.state, visits)
    if here < states.rank("endline_done", visits) - 1 or here >= states.rank(
        "certificate_issued", visits
    ):
        raise Refused(
            "training.waiver.too_soon",
            _("La dispensa se escribe tras la última visita. La empresa está en «%(state)s».")
            % {"state": lacks.state_word(firm.state)},
            url=lacks.place_url(firm, "firm"),
            action=_("Ver el paso que sigue"),
        )
    return record.change(firm, waiver_reason=actor.reason, waived_by=actor.user, waived_at=actor.at)


@writes("training.certificate.issued")
def issue_certificate(*, actor: Actor, firm: CycleFirm, on: date) -> Certificate:
    """Move a firm to certified and issue its certificate, once.

    Raises:
        Refused: `training.guard.no_endline` without an endline or a waiver, and order.
    """
    advance(actor=actor, firm=firm, to="certificate_issued", on=on)
    cycle = firm.cycle
    module = cycle.module
    minutes = sum(session.get("minutes") or 0 for session in module.sessions)
    return certificates.issue(
        actor=actor,
        kind="completion",
        enterprise=firm.enterprise,
        title_es=module.name_es,
        title_en=module.name_en,
        detail_es=module.aims_es,
        detail_en=module.aims_en,
        hours=(Decimal(minutes) / 60).quantize(Decimal("0.1")) if minutes else None,
        starts_on=cycle.starts_on,
        ends_on=on,
        issued_on=on,
        partner=cycle.partner,
        programme=cycle.programmes.first(),
        reference=firm.public_id,
    )


@writes("training.firm.step_undone")
def undo_last(*, actor: Actor, firm: CycleFirm) -> CycleFirm:
    """Undo a firm's last step, with the reason; a certificate it had issued is revoked.

    Raises:
        Refused: `training.firm.needs_reason`, `training.firm.nothing_to_undo`,
            `training.firm.visit_stands` (a visit's step falls with its visit).
    """
    _refuse_without_reason(actor, _("Escriba por qué se deshace el paso."))
    locked = _locked(firm)
    last = locked.moves.filter(is_undone=False).order_by("-pk").first()
    if last is None:
        raise Refused(
            "training.firm.nothing_to_undo",
            _("%(name)s todavía no dio ningún paso en este ciclo.") % {"name": locked.enterprise},
        )
    if last.after.startswith("visit"):
        number = int(last.after.removeprefix("visit"))
        if locked.visits.filter(number=number).exists():
            raise Refused(
                "training.firm.visit_stands",
                _("Ese paso es la visita %(n)s. Quite la visita y el paso se deshace con ella.")
                % {"n": number},
                url=lacks.place_url(locked, "firm"),
                action=_("Ver las visitas"),
            )
    step_back(actor, locked, last)
    return _seen(firm, locked)


def step_back(who: Actor, firm: CycleFirm, last: Move) -> None:
    """Take one move back, within a service: the state before holds again."""
    record.change(last, is_undone=True, undone_reason=who.reason[:300])
    previous = firm.moves.filter(is_undone=False).order_by("-pk").first()
    since = previous.on if previous is not None else firm.enrolled_on
    record.change(firm, state=last.before, since=since, **_unmarked(last.after))
    if last.after == "certificate_issued":
        for issued in Certificate.objects.filter(reference=firm.public_id, revoked_at=None):
            certificates.revoke(actor=who, certificate=issued, reason=who.reason)


def _unmarked(state: str) -> dict[str, object]:
    """Return the columns that a state sets, empty."""
    cleared: dict[str, dict[str, object]] = {
        "eligible": {"override_reason": ""},
        "agreement_signed": {"agreement_on": None},
        "endline_done": {"endline_on": None, "year_after_due": None},
        "certificate_issued": {"certificate_on": None},
        "year_after_done": {"year_after_on": None},
        "dropped": {"drop_reason": ""},
    }
    return cleared.get(state, {})


def _move(actor: Actor, firm: CycleFirm, to: str, on: date) -> None:
    record.add(
        Move(
            firm=firm,
            before=firm.state,
            after=to,
            on=on,
            at=actor.at,
            by=actor.user,
            reason=actor.reason[:300],
        )
    )
    record.change(firm, state=to, since=on, last_contact_on=on, **_marked(firm, to, on))


def _marked(firm: CycleFirm, to: str, on: date) -> dict[str, object]:
    """Return the columns that a state sets: its day, and the year-after task."""
    if to == "agreement_signed":
        return {"agreement_on": on}
    if to == "endline_done":
        return {"endline_on": on, "year_after_due": states.year_after(on), "next_visit_on": None}
    if to == "certificate_issued":
        due = firm.year_after_due or states.year_after(on)
        return {"certificate_on": on, "year_after_due": due}
    return {"year_after_on": on} if to == "year_after_done" else {}


def move(who: Actor, firm: CycleFirm, to: str, on: date) -> None:
    """Move a firm within another service of this room (a visit), guards already held."""
    _move(who, firm, to, on)


def _locked(firm: CycleFirm) -> CycleFirm:
    """The row as it is now: two people moving one firm do not both move it."""
    return (
        CycleFirm.objects.select_for_update(of=("self",))
        .select_related("cycle__module", "enterprise")
        .get(pk=firm.pk)
    )


def _seen(firm: CycleFirm, locked: CycleFirm) -> CycleFirm:
    """Bring the caller's row to what was written, and return it."""
    for field in firm._meta.concrete_fields:
        setattr(firm, field.attname, getattr(locked, field.attname))
    return firm


def _refuse_without_reason(actor: Actor, sentence: str) -> None:
    if not actor.reason.strip():
        raise Refused("training.firm.needs_reason", sentence, field="reason")
