"""What this room forgets when a person is erased: their name where somebody wrote it.

Responsible people are written as text (often a post, «jefa de taller»), so the first given name and
the first surname are looked for in the firms to which the person was linked.
"""

from digna.improvement.models import ChecklistAnswer, ContinuityAction, ContinuityPlan, Project
from digna.journal import record, redaction
from digna.registry import names
from digna.registry.models import Person
from digna.registry.models.people import Affiliation

GONE = "—"


def forget(person: Person) -> None:
    """Blank the name of an erased person in projects, checklists and plans of their firms."""
    firms = Affiliation.objects.filter(person=person, enterprise__isnull=False).values("enterprise")
    wanted = frozenset(
        word for part in (person.given_names, person.surnames) for word in names.words(part)[:1]
    )
    if not wanted:
        return
    for model, path, field in (
        (Project, "enterprise__in", "responsible"),
        (ChecklistAnswer, "run__enterprise__in", "who"),
        (ContinuityAction, "plan__enterprise__in", "who"),
    ):
        for row in model._default_manager.filter(**{path: firms}).exclude(**{field: ""}):
            if wanted <= set(names.words(getattr(row, field))):
                _blank(row, **{field: GONE})
    for plan in ContinuityPlan.objects.filter(enterprise__in=firms):
        kept = [c for c in plan.contacts if not wanted <= set(names.words(str(c.get("name", ""))))]
        if len(kept) != len(plan.contacts):
            record.blank(plan, contacts=kept)


def _blank(row: Project | ChecklistAnswer | ContinuityAction, **new: str) -> None:
    redaction.forget(model=type(row), keys=[row.pk], at=record.current().actor.at)
    record.blank(row, **new)
