"""Timetables: asked for, computed by the worker, ruled by hand, published; and who is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Clash, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.rounds import gathering
from digna.rounds.models import (
    BusinessRound,
    Interpreter,
    Meeting,
    Notice,
    Party,
    Ruling,
    Slot,
    Timetable,
    Wish,
)
from digna.rounds.services.guards import Stage, locked, refuse_stage

SECONDS = 10
SECONDS_MAX = 300
PATIENCE = timedelta(minutes=5)
COMPUTES = frozenset({Stage.OPEN, Stage.CLOSED, Stage.PUBLISHED})
Told = Mapping[str, Any]


@writes("rounds.timetable.begun")
def begin(
    *,
    actor: Actor,
    round: BusinessRound,
    seconds: int = SECONDS,
    from_slot: Slot | None = None,
    reason: str = "",
    afresh: bool = False,
) -> Timetable:
    """Ask for a timetable: the problem is written down now, the worker solves it.

    Once an agenda is published, a new one keeps what stands of it; before that, the last draft,
    unless it is asked for `afresh`. With `from_slot`, what comes earlier stays as it was.

    Raises:
        Refused: `rounds.round.stage`, `rounds.timetable.working` (one is being computed),
            `rounds.timetable.nobody` (no wishes among those registered).
    """
    row = locked(round)
    refuse_stage(row, COMPUTES)
    _refuse_working(actor, row)
    from_at = from_slot.starts_at if from_slot is not None else None
    asked = gathering.asked_of(row, from_at)
    if not asked["wishes"] and not asked["fixed"]:
        raise Refused(
            "rounds.timetable.nobody",
            _("Nadie inscrito dijo todavía a quién quiere ver: no hay qué agendar."),
        )
    return record.add(
        Timetable(
            round=row,
            number=row.timetables.count() + 1,
            seconds=min(max(seconds, 1), SECONDS_MAX),
            from_at=from_at,
            reason=reason.strip()[:200],
            asked=asked,
            kept=_kept(row, afresh=afresh),
            sha256=gathering.digest(asked),
            created_by=actor.user,
            created_at=actor.at,
        )
    )


def _refuse_working(actor: Actor, row: BusinessRound) -> None:
    """One at a time; one whose worker was killed is given up after a while."""
    for one in row.timetables.filter(state=Timetable.State.WORKING):
        if actor.at < one.created_at + timedelta(seconds=one.seconds) + PATIENCE:
            raise Refused(
                "rounds.timetable.working",
                _("Ya se está calculando una agenda. Espere a que termine."),
            )
        record.change(one, state=Timetable.State.FAILED, problem=_("El cálculo se interrumpió."))


def _kept(row: BusinessRound, *, afresh: bool) -> list[dict[str, Any]] | None:
    if row.timetables.filter(state=Timetable.State.PUBLISHED).exists():
        return gathering.kept_of(row)
    draft = row.timetables.filter(state=Timetable.State.DRAFT).first()
    if draft is None or afresh:
        return None
    names = ("slot", "buyer", "seller", "table")
    return [{name: m[name] for name in names} for m in draft.told["meetings"]]


@writes("rounds.timetable.solved")
def finish(*, actor: Actor, timetable: Timetable, told: dict[str, Any]) -> Timetable:
    """Keep what came out as a draft to review."""
    return record.change(
        timetable,
        state=Timetable.State.DRAFT,
        told=told,
        value=told["value"],
        upper_bound=told["upper_bound"],
        solved_at=actor.at,
    )


@writes("rounds.timetable.failed")
def fail(*, actor: Actor, timetable: Timetable, problem: str) -> Timetable:
    """Note that nothing came out, and why."""
    return record.change(timetable, state=Timetable.State.FAILED, problem=problem[:500])


@writes("rounds.pair.ruled")
def rule_pair(
    *, actor: Actor, buyer: Party, firm: Party, slot: Slot | None = None, reason: str = ""
) -> Ruling:
    """Decide by hand: the pair meets in `slot`; without one, it does not meet.

    Raises:
        Refused: `rounds.ruling.sides`, `rounds.ruling.away` (one of the two is not there then),
            `rounds.ruling.taken` (one of them is fixed with somebody else then),
            `rounds.ruling.refused` (one of the two said no).
    """
    row = locked(buyer.round)
    refuse_stage(row, COMPUTES)
    if buyer.round_id != firm.round_id or not buyer.is_buyer or firm.is_buyer:
        raise Refused("rounds.ruling.sides", _("Elija un comprador y una empresa de esta rueda."))
    if slot is not None:
        _refuse_unfit(buyer, firm, slot)
    kind = Ruling.Kind.FORBID if slot is None else Ruling.Kind.FIX
    values = {
        "kind": kind, "slot": slot, "reason": reason.strip()[:200], "by": actor.user,
        "at": actor.at,
    }  # fmt: skip
    standing = Ruling.objects.filter(buyer=buyer, firm=firm).first()
    if standing is not None:
        return record.change(standing, **values)
    return record.add(Ruling(buyer=buyer, firm=firm, **values))


def _refuse_unfit(buyer: Party, firm: Party, slot: Slot) -> None:
    for party in (buyer, firm):
        if slot.is_break or party.away.filter(pk=slot.pk).exists():
            raise Refused(
                "rounds.ruling.away",
                _("%(party)s no está en ese turno. Elija otro.") % {"party": party},
                field="slot",
            )
    pairs = Ruling.objects.filter(kind=Ruling.Kind.FIX, slot=slot).exclude(buyer=buyer, firm=firm)
    taken = pairs.filter(buyer=buyer) | pairs.filter(firm=firm)
    if taken.exists():
        raise Refused(
            "rounds.ruling.taken",
            _("Una de las dos partes ya tiene otra reunión fijada en ese turno."),
            field="slot",
        )
    ends = (buyer.pk, firm.pk)
    no = Wish.objects.filter(says=Wish.Says.NO, party__in=ends, other__in=ends)
    if no.exists():
        raise Refused(
            "rounds.ruling.refused",
            _("Una de las dos partes prefirió no reunirse: no se puede fijar."),
            field="slot",
        )


@writes("rounds.pair.unruled")
def unrule_pair(*, actor: Actor, ruling: Ruling) -> None:
    """Take a decision back: the pair is again as its wishes say."""
    refuse_stage(ruling.buyer.round, COMPUTES)
    record.remove(ruling)


@writes("rounds.timetable.published")
def publish(*, actor: Actor, timetable: Timetable) -> Timetable:
    """Make a draft the agenda everybody sees; each party it changes for gets a notice.

    Raises:
        Refused: `rounds.round.stage`, `rounds.timetable.not_a_draft`.
        Clash: `rounds.timetable.stale` (the round changed since it was computed).
    """
    row = locked(timetable.round)
    refuse_stage(row, COMPUTES)
    timetable = Timetable.objects.select_related("round").get(pk=timetable.pk)
    if timetable.state != Timetable.State.DRAFT:
        raise Refused("rounds.timetable.not_a_draft", _("Esa versión no es un borrador."))
    if gathering.is_stale(timetable):
        raise Clash(
            "rounds.timetable.stale",
            _("Los datos de la rueda cambiaron después del cálculo. Calcule otra vez y publique."),
        )
    before = row.timetables.filter(state=Timetable.State.PUBLISHED).first()
    if before is not None:
        record.change(before, state=Timetable.State.PAST)
    _Placing(actor, row, timetable, is_first=before is None).run()
    record.change(row, stage=Stage.PUBLISHED)
    return record.change(
        timetable,
        state=Timetable.State.PUBLISHED,
        published_at=actor.at,
        published_by=actor.user,
    )


@dataclass
class _Placing:
    """Brings the meetings of a round to where a timetable puts them, and tells whom it changes."""

    actor: Actor
    round: BusinessRound
    timetable: Timetable
    is_first: bool

    def run(self) -> None:
        """Free every place that changes, then take the new ones, then tell."""
        told: Sequence[Told] = self.timetable.told["meetings"]
        new = {(int(m["buyer"]), int(m["seller"])): m for m in told}
        rows = {(m.buyer_id, m.firm_id): m for m in self.round.meetings.select_related("slot")}
        self.slots = {slot.pk: slot for slot in self.round.slots.all()}
        before = {pair: _place(row) for pair, row in rows.items()}
        moving = [p for p, row in rows.items() if p in new and not self._is_there(row, new[p])]
        dropped = [
            p for p, row in rows.items() if p not in new and row.state == Meeting.State.PLANNED
        ]
        for pair in (*moving, *dropped):
            record.change(rows[pair], state=Meeting.State.CANCELLED, slot=None, table="")
        for pair in moving:
            record.change(rows[pair], **self._values(new[pair]))
        added = [pair for pair in new if pair not in rows]
        made = record.add_many([
            Meeting(round=self.round, buyer_id=b, firm_id=f, **self._values(new[b, f]))
            for b, f in added
        ])  # fmt: skip
        rows |= {(m.buyer_id, m.firm_id): m for m in made}
        if not self.is_first:
            self._tell(rows, before, (*moving, *dropped, *added))

    def _is_there(self, row: Meeting, told: Told) -> bool:
        if row.state == Meeting.State.HELD:
            return True
        place = (row.slot_id, row.table, row.interpreter_id, row.mode)
        return row.state == Meeting.State.PLANNED and place == (
            int(told["slot"]), told["table"], _key(told["interpreter"]), told["mode"],
        )  # fmt: skip

    def _values(self, told: Told) -> dict[str, Any]:
        key = _key(told["interpreter"])
        return {
            "slot": self.slots[int(told["slot"])],
            "table": told["table"],
            "interpreter": None if key is None else Interpreter.objects.get(pk=key),
            "mode": told["mode"],
            "points": told["points"],
            "state": Meeting.State.PLANNED,
        }

    def _tell(
        self,
        rows: Mapping[tuple[int, int], Meeting],
        before: Mapping[tuple[int, int], dict[str, str]],
        pairs: Sequence[tuple[int, int]],
    ) -> None:
        notices = []
        for pair in pairs:
            row, was = rows[pair], before.get(pair, {})
            now = _place(row)
            kind = Notice.Kind.MOVED if was and now else _kind(is_new=bool(now))
            if was == now:
                continue  # an interpreter more or less: nobody has to go elsewhere
            notices += [
                Notice(
                    party_id=key, timetable=self.timetable, meeting=row, kind=kind,
                    before=was, after=now, at=self.actor.at,
                )
                for key in pair
            ]  # fmt: skip
        record.add_many(notices)


def _kind(*, is_new: bool) -> str:
    return Notice.Kind.ADDED if is_new else Notice.Kind.DROPPED


def _key(text: str) -> int | None:
    return int(text) if text else None


def _place(row: Meeting) -> dict[str, str]:
    """Where a meeting stands, as a notice tells it; nothing where it is in no agenda."""
    if row.state == Meeting.State.CANCELLED or row.slot is None:
        return {}
    return {"starts_at": row.slot.starts_at.isoformat(), "table": row.table}


@writes("rounds.notice.told")
def note_told(*, actor: Actor, notice: Notice) -> Notice:
    """Note that somebody was told of a change, by message or in person."""
    return record.change(notice, told_at=notice.told_at or actor.at)


@writes("rounds.notices.seen")
def note_seen(*, actor: Actor, party: Party, at: datetime | None = None) -> int:
    """Note that a party saw its changes."""
    rows = list(party.notices.filter(seen_at=None))
    for row in rows:
        record.change(row, seen_at=at or actor.at)
    return len(rows)
