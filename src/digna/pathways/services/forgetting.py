"""What this room forgets when a person is erased: their name where somebody wrote it.

Notes and buyers are written as text, so the first given name and the first surname are looked for
in the firms to which the person was linked. Papers of a firm whose only owner is erased go whole:
an identity card is often among them.
"""

from typing import Any

from digna.journal import record, redaction
from digna.pathways.models import ExportPlan, ReadinessCheck, StepPaper, StepProgress
from digna.registry import names
from digna.registry.models import Person
from digna.registry.models.people import Affiliation

GONE = "—"


def forget(person: Person) -> None:
    """Blank the name of an erased person in what their firms wrote, and papers of theirs alone."""
    links = Affiliation.objects.filter(person=person, enterprise__isnull=False)
    firms = list(links.values_list("enterprise", flat=True))
    if not firms:
        return
    _papers(person, firms)
    wanted = frozenset(
        word for part in (person.given_names, person.surnames) for word in names.words(part)[:1]
    )
    if not wanted:
        return
    for step in StepProgress.objects.filter(enterprise__in=firms):
        named = _named(step, ("note", "reason"), wanted)
        if wanted <= set(names.words(str(step.before or ""))):
            named |= {"before": {}}
        _blank(step, named)
    for plan in ExportPlan.objects.filter(enterprise__in=firms):
        texts = ("buyer", "logistics", "budget_note", "calendar", "risks")
        _blank(plan, _named(plan, texts, wanted))
    for check in ReadinessCheck.objects.filter(enterprise__in=firms):
        kept = {k: v for k, v in check.notes.items() if not wanted <= set(names.words(v))}
        if len(kept) != len(check.notes):
            _blank(check, {"notes": kept})


def _named(row: Any, fields: tuple[str, ...], wanted: frozenset[str]) -> dict[str, Any]:
    """The texts of a row that name the person, as what stands there afterwards."""
    return {f: GONE for f in fields if wanted <= set(names.words(getattr(row, f)))}


def _papers(person: Person, firms: list[Any]) -> None:
    """Remove the papers of firms that nobody else owns."""
    role = Affiliation.Role.OWNER
    own = Affiliation.objects.filter(enterprise__in=firms, role=role)
    others = set(own.exclude(person=person).values_list("enterprise", flat=True))
    alone = set(own.filter(person=person).values_list("enterprise", flat=True)) - others
    for paper in StepPaper.objects.filter(enterprise__in=alone):
        file = paper.file
        redaction.forget(model=StepPaper, keys=[paper.pk], at=record.current().actor.at)
        record.remove(paper)
        file.delete(save=False)


def _blank(row: Any, new: dict[str, Any]) -> None:
    if new:
        redaction.forget(model=type(row), keys=[row.pk], at=record.current().actor.at)
        record.blank(row, **new)
