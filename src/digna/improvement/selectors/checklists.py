"""Checklists on screen: a walk item by item, how it stands, and what moved since the former one."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from digna.improvement import scales, wording
from digna.improvement.models import ChecklistAnswer, ChecklistRun, Instrument
from digna.registry.models import Enterprise


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its words, what was answered, what that means, what was answered before."""

    code: str
    text: str
    answer: ChecklistAnswer | None
    label: str
    polarity: str
    before: str
    movement: str
    control: str

    @property
    def mark(self) -> str:
        """How the answer's badge is coloured."""
        return {"good": "good", "fair": "warning", "bad": "error"}.get(self.polarity, "")


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """A walk whole."""

    run: ChecklistRun
    intro: str
    question: str
    groups: tuple[Group, ...]
    tally: scales.Tally
    former: scales.Tally | None
    actions: tuple[Item, ...]
    is_ppe_alone: bool


def run_page(run: ChecklistRun) -> RunPage:
    """Return a walk with its former one beside it."""
    document = run.version.document
    scale = document["scale"]
    answers = {row.item_code: row for row in run.answers.all()}
    former = _values(run.previous)
    items = [_item(entry, scale, answers.get(entry["code"]), former) for entry in run.version.items]
    named = [wording.say(entry, "group") for entry in run.version.items]
    groups = tuple(
        Group(name, tuple(item for _name, item in pairs))
        for name, pairs in groupby(zip(named, items, strict=True), key=lambda pair: pair[0])
    )
    codes = [item.code for item in items]
    good = [item.control for item in items if item.polarity == scales.GOOD]
    return RunPage(
        run=run,
        intro=run.version.say("intro"),
        question=wording.say(scale, "question"),
        groups=groups,
        tally=scales.tally(scale, codes, {c: a.value for c, a in answers.items()}),
        former=None if run.previous is None else scales.tally(scale, codes, former),
        actions=tuple(item for item in items if item.answer is not None and item.answer.action),
        is_ppe_alone=scales.relies_on_ppe_alone(good),
    )


def _values(run: ChecklistRun | None) -> dict[str, str]:
    return {} if run is None else dict(run.answers.values_list("item_code", "value"))


def _item(
    entry: Mapping[str, Any],
    scale: Mapping[str, Any],
    answer: ChecklistAnswer | None,
    former: Mapping[str, str],
) -> Item:
    options = scales.options(scale)
    value = answer.value if answer is not None else ""
    before = former.get(entry["code"], "")
    return Item(
        code=entry["code"],
        text=wording.say(entry, "text"),
        answer=answer,
        label=wording.say(options[value], "label") if value in options else "",
        polarity=scales.polarity(scale, value),
        before=wording.say(options[before], "label") if before in options else "",
        movement=scales.movement(scale, before, value),
        control=entry.get("control", ""),
    )


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A checklist and the walks of it in a firm."""

    instrument: Instrument
    intro: str
    runs: tuple[ChecklistRun, ...]


def lists_of(enterprise: Enterprise) -> tuple[ListEntry, ...]:
    """Return the checklists that can be walked, with those walked in a firm, the latest first."""
    runs: dict[int, list[ChecklistRun]] = {}
    for run in ChecklistRun.objects.filter(enterprise=enterprise).select_related("version")[:200]:
        runs.setdefault(run.version.instrument_id, []).append(run)
    rows = Instrument.objects.filter(kind=Instrument.Kind.CHECKLIST, current__isnull=False)
    return tuple(
        ListEntry(row, row.current.say("intro"), tuple(runs.get(row.pk, ())))
        for row in rows.select_related("current")
        if row.current is not None
        and "bands" not in row.current.document
        and (row.retired_on is None or row.pk in runs)
    )
