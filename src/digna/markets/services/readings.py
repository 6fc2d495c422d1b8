"""Readings: asked for by a page, computed by the worker, kept as snapshots."""

from collections.abc import Mapping
from typing import Any

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.markets import documents
from digna.markets.models import Reading, Release

State = Reading.State


@writes("markets.reading.asked")
def ask_for_reading(
    *,
    actor: Actor,
    release: Release,
    exporter: str,
    product: str,
    national: Release | None = None,
) -> Reading:
    """Ask for a reading; one that is under way already is the answer."""
    standing = Reading.objects.filter(
        release=release,
        exporter=exporter,
        product=product,
        state__in=[State.ASKED, State.COMPUTING],
    ).first()
    return standing or record.add(
        Reading(
            release=release, national=national, exporter=exporter, product=product,
            asked_at=actor.at, asked_by=actor.user,
        )
    )  # fmt: skip


@writes("markets.reading.begun")
def begin_reading(*, actor: Actor, reading: Reading) -> Reading:
    """Say that the worker is at it."""
    return record.change(reading, state=State.COMPUTING)


@writes("markets.reading.computed")
def keep_reading(*, actor: Actor, reading: Reading, told: Mapping[str, Any]) -> Reading:
    """Keep what the engine said, with the hash it must still have."""
    return record.change(
        reading, state=State.DONE, record=dict(told), sha256=documents.hash_of(told),
        engine_version=str(told["version"]), computed_at=actor.at, problem_es="", problem_en="",
    )  # fmt: skip


@writes("markets.reading.failed")
def fail_reading(*, actor: Actor, reading: Reading, es: str, en: str) -> Reading:
    """Keep why there is no answer."""
    return record.change(reading, state=State.FAILED, problem_es=es, problem_en=en)
