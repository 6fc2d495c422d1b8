"""Results chains: begun by hand or from an example, reviewed, saved, put away."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.results import chain_reading
from digna.results.models import (
    ChainBox,
    ChainReview,
    ChainVersion,
    Indicator,
    ResultsChain,
)
from digna.results.services import chain_parts as parts


@writes("results.chain.begun")
def begin_chain(*, actor: Actor, programme: Programme, name_es: str, **values: Any) -> ResultsChain:
    """Begin a chain without boxes.

    Raises:
        Refused: `results.chain.name_taken`.
    """
    _refuse_taken(programme, name_es, None)
    return record.add(ResultsChain(programme=programme, name_es=name_es, **values))


@writes("results.chain.changed")
def change_chain(*, actor: Actor, chain: ResultsChain, **values: Any) -> ResultsChain:
    """Change a chain's name and notes. Raises `Refused` as `begin_chain`."""
    _refuse_taken(chain.programme, values.get("name_es", chain.name_es), chain.pk)
    return record.change(chain, **values)


def _refuse_taken(programme: Programme, name: str, but: int | None) -> None:
    same = ResultsChain.objects.filter(programme=programme, name_es=name).exclude(pk=but or 0)
    if same.exists():
        raise Refused(
            "results.chain.name_taken",
            _("Este programa ya tiene una cadena «%s». Póngale otro nombre.") % name,
            field="name_es",
        )


@writes("results.chain.archived")
def archive_chain(*, actor: Actor, chain: ResultsChain) -> ResultsChain:
    """Put a chain away: it stays whole, and can be taken out again."""
    return record.change(chain, archived_at=actor.at)


@writes("results.chain.restored")
def restore_chain(*, actor: Actor, chain: ResultsChain) -> ResultsChain:
    """Take a chain out of the archive."""
    return record.change(chain, archived_at=None)


@writes("results.chain.adopted")
def adopt_example(*, actor: Actor, programme: Programme, entry: Mapping[str, Any]) -> ResultsChain:
    """Begin from an example of a kit: its boxes, arrows and assumptions, to be rewritten.

    Indicators that the programme has not adopted are left out: a box says then that it lacks one.

    Raises:
        Refused: `results.chain.name_taken`, `results.chain.faulty_example` (an arrow names a box
            that the example does not have).
    """
    _refuse_faulty(entry)
    area = programme.areas.filter(code=entry.get("area", "")).first()
    names = {name: entry.get(name, "") for name in ("name_en", "intervention")}
    chain = begin_chain(
        actor=actor,
        programme=programme,
        name_es=entry["name_es"],
        area=area,
        kit_code=entry["code"],
        is_example=True,
        **names,
    )
    own = {row.code: row for row in Indicator.objects.filter(programme=programme)}
    boxes = {
        each["code"]: _adopted_box(actor, chain, each, order, own)
        for order, each in enumerate(entry["boxes"], start=1)
    }
    for each in entry["arrows"]:
        arrow = parts.join_boxes(
            actor=actor,
            chain=chain,
            source=boxes[each["from"]],
            target=boxes[each["to"]],
            claim_es=each["claim_es"],
            claim_en=each.get("claim_en", ""),
            strength=each.get("strength"),
        )
        _assume(actor, arrow, each)
    return chain


def _refuse_faulty(entry: Mapping[str, Any]) -> None:
    known = {each["code"] for each in entry["boxes"]}
    named = {end for each in entry["arrows"] for end in (each["from"], each["to"])}
    if named - known:
        raise Refused(
            "results.chain.faulty_example",
            _("En el kit, una flecha de este ejemplo nombra casillas que no están: %(boxes)s.")
            % {"boxes": ", ".join(sorted(named - known))},
        )


def _adopted_box(
    actor: Actor,
    chain: ResultsChain,
    entry: Mapping[str, Any],
    order: int,
    own: Mapping[str, Indicator],
) -> ChainBox:
    box = parts.add_box(
        actor=actor,
        chain=chain,
        level=entry["level"],
        statement_es=entry["statement_es"],
        statement_en=entry.get("statement_en", ""),
        order=order,
        indicators=[own[code] for code in entry.get("indicators", ()) if code in own],
    )
    _assume(actor, box, entry)
    return box


def _assume(actor: Actor, part: Any, entry: Mapping[str, Any]) -> None:
    for each in entry.get("assumptions", ()):
        parts.note_assumption(
            actor=actor, part=part, text_es=each["es"], text_en=each.get("en", "")
        )


@writes("results.chain.reviewed")
def review_chain(
    *,
    actor: Actor,
    chain: ResultsChain,
    on: date,
    changed: str,
    present: str = "",
    next_on: date | None = None,
) -> ChainReview:
    """Note that the chain was looked at again, and what came of it.

    Raises:
        Refused: `results.chain.review_ahead` (a day to come), `results.chain.review_order` (the
            next review is not after this one).
    """
    if on > actor.at.date():
        raise Refused(
            "results.chain.review_ahead",
            _("Ese día todavía no llegó. Anote la revisión cuando se haya hecho."),
            field="on",
        )
    if next_on is not None and next_on <= on:
        raise Refused(
            "results.chain.review_order",
            _("La próxima revisión tiene que ser después de esta. Corrija una de las fechas."),
            field="next_on",
        )
    review = ChainReview(
        chain=chain, on=on, by=actor.user, changed=changed, present=present, next_on=next_on
    )
    return record.add(review)


@writes("results.chain.saved")
def save_version(*, actor: Actor, chain: ResultsChain, note: str = "") -> ChainVersion:
    """Keep the chain as it is today, to be held against what it will be.

    Raises:
        Refused: `results.chain.same` (nothing changed since the last version).
    """
    ResultsChain.objects.select_for_update().get(pk=chain.pk)  # one version after the other
    document = chain_reading.document(chain_reading.read(chain))
    digest = chain_reading.hash_of(document)
    last = chain.versions.first()
    if last is not None and last.sha256 == digest:
        raise Refused(
            "results.chain.same",
            _("Nada cambió desde la versión %(number)s: no hace falta otra.")
            % {"number": last.number},
        )
    return record.add(
        ChainVersion(
            chain=chain,
            number=1 if last is None else last.number + 1,
            note=note,
            saved_at=actor.at,
            saved_by=actor.user,
            document=document,
            sha256=digest,
        )
    )
