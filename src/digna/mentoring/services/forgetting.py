"""What this room forgets of a person who is erased; what was counted stays counted."""

from django.db.models import Q
from django.utils import timezone

from digna.journal import record, redaction
from digna.mentoring.models import (
    Agreement,
    Application,
    Draft,
    FollowUp,
    Goal,
    Mentor,
    MentoringSession,
    Pair,
    PrivateNote,
    Proposal,
)
from digna.registry.models import Person

TEXTS = {
    Agreement: ("aims", "care_note"),
    Goal: ("what",),
    MentoringSession: ("agreed",),
    PrivateNote: ("text",),
    FollowUp: ("what",),
}


def forget(person: Person) -> None:
    """Blank what was written of a person as mentee or as mentor, here and in the journal."""
    applications = list(Application.objects.filter(person=person))
    told = {"business", "constraints_note", "motivation", "decision_note"}
    _blank(applications, dict.fromkeys(told, "") | {"token": None, "refuses": []})
    _blank(list(Mentor.objects.filter(person=person)), {"headline": ""})
    pairs = list(Pair.objects.filter(Q(application__person=person) | Q(mentor__person=person)))
    _blank(pairs, {"ending_note": ""})
    for model, names in TEXTS.items():
        rows = list(model._base_manager.filter(pair__in=pairs))
        _blank(rows, dict.fromkeys(names, "—"))
    _forget_drafts(person)


def _forget_drafts(person: Person) -> None:
    """Drafts quote people by name in their reasons: the words go, the lines stay."""
    of_person = Q(application__person=person) | Q(mentor__person=person)
    _blank(list(Proposal.objects.filter(of_person)), {"reasons_es": "", "reasons_en": ""})
    drafts = Draft.objects.filter(
        Q(cohort__applications__person=person) | Q(proposals__mentor__person=person)
    ).distinct()
    _blank(list(drafts), {"inputs": {}, "result": {}})


def _blank(rows: list, values: dict) -> None:  # type: ignore[type-arg]
    if not rows:
        return
    keys = [row.pk for row in rows]
    redaction.forget(model=type(rows[0]), keys=keys, at=timezone.now())
    for row in rows:
        record.blank(row, **values)
