"""A dump of official procedures comes in and proposes; a person accepts or rejects each field."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.pathways import official, official_differences, overlay
from digna.pathways.models import FactCorrection, FactProposal, OfficialFile, OfficialRecord
from digna.pathways.selectors.library import Shelf, shelf
from digna.pathways.services import library
from digna_engines.pathways import Price

State = FactProposal.State
BYTES_MAX = 60_000_000


@writes("pathways.official.taken_in")
def take_in(*, actor: Actor, name: str, content: bytes) -> OfficialFile:
    """Read a dump, keep its records, and propose what differs from our steps.

    The same record again proposes nothing; a changed one only what changed. Nothing is published.

    Raises:
        Refused: `pathways.official.empty` (nothing in it could be read), `pathways.official.large`.
    """
    if len(content) > BYTES_MAX:
        raise Refused(
            "pathways.official.large", _("El archivo pesa más de 60 MB. Pártalo en dos."),
            field="file",
        )  # fmt: skip
    reading = official.read(content)
    if not reading.records:
        raise Refused(
            "pathways.official.empty",
            _("No hay trámites que podamos leer en ese archivo. Suba el JSON del portal."),
            field="file",
        )
    file = record.add(
        OfficialFile(
            name=name[-160:], sha256=hashlib.sha256(content).hexdigest(), at=actor.at,
            by=actor.user, read_count=len(reading.records),
            refused=[asdict(one) for one in reading.refused],
        )
    )  # fmt: skip
    counts = _keep(actor, file, reading.records)
    return record.change(file, **counts)


def _keep(actor: Actor, file: OfficialFile, found: Iterable[official.Official]) -> dict[str, int]:
    here = shelf()
    standing = {row.source_id: row for row in OfficialRecord.objects.all()}
    counts = {"new_count": 0, "changed_count": 0, "proposed_count": 0}
    for one in found:
        row = standing.get(one.source_id)
        if row is not None and row.sha256 == one.digest:
            continue
        values = {
            "slug": one.slug, "name": one.name, "agency": one.agency, "file": file,
            "updated_on": one.updated_on, "content": one.plain(), "sha256": one.digest,
        }  # fmt: skip
        if row is None:
            paired = official_differences.pair(one, here.library.steps.values())
            step, likeness = paired if paired is not None else ("", None)
            row = record.add(
                OfficialRecord(
                    source_id=one.source_id, step=step, **values,
                    likeness=None if likeness is None else Decimal(str(likeness)),
                )
            )  # fmt: skip
            counts["new_count"] += 1
        else:
            record.change(row, **values)
            counts["changed_count"] += 1
        counts["proposed_count"] += _propose(actor, here, row, one)
    return counts


def _propose(actor: Actor, here: Shelf, row: OfficialRecord, one: official.Official) -> int:
    """Put what differs in the queue; what was decided before is not asked again."""
    step = here.library.steps.get(row.step)
    if step is None:
        return 0
    today = timezone.localdate(actor.at)
    found = official_differences.differences(
        one, step, _places(here, row.step, today), overlay.new_place(here.rows[row.step]),
        here.library.agencies,
    )  # fmt: skip
    fresh = {_digest(row, difference): difference for difference in found}
    known = set(FactProposal.objects.filter(digest__in=fresh).values_list("digest", flat=True))
    for old in FactProposal.objects.filter(record=row, state=State.OPEN).exclude(digest__in=fresh):
        record.change(old, state=State.OVERTAKEN, decided_at=actor.at)
    made = 0
    for digest, difference in fresh.items():
        if digest in known:
            continue
        record.add(
            FactProposal(
                record=row, step=row.step, field=difference.field, place=difference.place,
                ours=difference.ours, theirs=difference.theirs, value=difference.value,
                warnings=list(difference.warnings), digest=digest, at=actor.at,
            )
        )  # fmt: skip
        made += 1
    return made


def _digest(row: OfficialRecord, one: official_differences.Difference) -> str:
    told = [row.source_id, row.step, one.field, one.place, one.theirs, one.value]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _places(here: Shelf, step: str, on: date) -> list[tuple[str, Price]]:
    """The prices in force of everybody, with where each stands; a municipality's are left out."""
    names = [name for name, _row in overlay.placed(here.laid[step])]
    prices = here.library.steps[step].prices
    every = zip(names[: len(prices)], prices, strict=True)
    return [(name, price) for name, price in every if price.valid.covers(on)]


@writes("pathways.official.paired")
def pair(*, actor: Actor, row: OfficialRecord, step: str) -> OfficialRecord:
    """Say which step of ours a record is about ("" for none); its differences are found anew.

    Raises:
        Refused: `pathways.step.unknown`.
    """
    here = shelf()
    if step and step not in here.library.steps:
        raise Refused(
            "pathways.step.unknown", _("Ese paso ya no está en las rutas. Vuelva a su lista.")
        )
    record.change(row, step=step, is_paired_by_hand=True, paired_by=actor.user, likeness=None)
    for old in FactProposal.objects.filter(record=row, state=State.OPEN).exclude(step=step):
        record.change(old, state=State.OVERTAKEN, decided_at=actor.at)
    _propose(actor, here, row, official.from_plain(row.content))
    return row


@writes("pathways.proposal.accepted")
def accept(
    *, actor: Actor, proposal: FactProposal, since: date, certainty: str = "medium"
) -> FactProposal:
    """Take what a record says of one field over ours, from a day on, with where it comes from.

    Raises:
        Refused: `pathways.proposal.decided`, `pathways.proposal.by_hand`, and those of the library.
    """
    _refuse_decided(proposal)
    if proposal.value in (None, [], ""):
        raise Refused(
            "pathways.proposal.by_hand",
            _("Este dato no se puede pasar solo. Corríjalo a mano en el paso y rechace este."),
        )
    made = _taken_over(actor, proposal, since, certainty)
    return record.change(
        proposal, state=State.ACCEPTED, decided_by=actor.user, decided_at=actor.at, correction=made
    )


def _taken_over(
    actor: Actor, proposal: FactProposal, since: date, certainty: str
) -> FactCorrection:
    row = proposal.record
    value: Any = proposal.value
    told = _("Portal de trámites, n.º %(id)s: %(name)s") % {"id": row.source_id, "name": row.name}
    day = row.updated_on.isoformat() if row.updated_on else "?"
    whence = f"{row.source_id} · {day}"
    if proposal.field == overlay.PRICE:
        return library.correct_price(
            actor=actor, step=proposal.step, place=proposal.place, since=since,
            amount=None if value["amount"] is None else Decimal(value["amount"]),
            currency=value["currency"], source=told[:300], source_record=whence,
            certainty=certainty,
        )  # fmt: skip
    return library.correct_fact(
        actor=actor, step=proposal.step, field=proposal.field, value=value, since=since,
        source=told[:300], source_record=whence, certainty=certainty,
    )  # fmt: skip


@writes("pathways.proposal.rejected")
def reject(*, actor: Actor, proposal: FactProposal) -> FactProposal:
    """Leave our fact as it is; the same difference is not proposed again.

    Raises:
        Refused: `pathways.proposal.decided`.
    """
    _refuse_decided(proposal)
    return record.change(proposal, state=State.REJECTED, decided_by=actor.user, decided_at=actor.at)


def _refuse_decided(proposal: FactProposal) -> None:
    if proposal.state != State.OPEN:
        raise Refused(
            "pathways.proposal.decided", _("Ya se decidió. Recargue la página para ver qué.")
        )
