"""Forms as their pages show them."""

import re
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from digna.surveys import access, kinds_told, versions
from digna.surveys.models import FormVersion, SurveyForm
from digna.surveys.reading import comparing, definitions
from digna.surveys.reading.definitions import Definition, Node

STATES = {"borrador": "draft", "abierto": "open", "cerrado": "closed"}


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a form's preview."""

    label: str
    name: str
    kind: str
    depth: int
    is_heading: bool
    is_note: bool
    is_repeat: bool
    is_required: bool
    hint: str
    choices: tuple[str, ...]
    more_choices: int
    relevant: str
    target: str


MOST_CHOICES = 12
PATH = re.compile(r"(?:/[\w.-]+)+/([\w.-]+)")  # where a question stands; its name says enough


def forms(user: object, q: str = "", state: str = "") -> QuerySet[SurveyForm]:
    """Return the forms of a list, with how many submissions each has and its newest version."""
    rows = access.visible_forms(user).select_related("programme")
    if q:
        rows = rows.filter(title__icontains=q) | rows.filter(form_id__icontains=q)
    if state in STATES:
        rows = rows.filter(state=STATES[state])
    sent = access.visible_submissions(user).filter(form=OuterRef("pk")).order_by()
    counted = sent.values("form").annotate(n=Count("pk")).values("n")
    newest = FormVersion.objects.filter(form=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        sent_count=Coalesce(Subquery(counted), 0),
        version_name=Subquery(newest.values("version")[:1]),
    )


def form_versions(form: SurveyForm) -> list[FormVersion]:
    """Return the versions of a form, newest first, without their bulk."""
    rows = form.versions.defer("xform", "definition").select_related("added_by")
    return list(rows.prefetch_related("media"))


def questions(definition: Definition, language: str) -> list[Question]:
    """Return a form as a list of what it asks."""
    return [
        _question(definition, node, language, depth) for node, depth in _deep(definition.nodes, 0)
    ]


def _deep(nodes: tuple[Node, ...], depth: int) -> list[tuple[Node, int]]:
    found = []
    for node in nodes:
        if node.kind not in ("calculate", "metadata"):
            found.append((node, depth))
        found.extend(_deep(node.children, depth + 1))
    return found


def _question(definition: Definition, node: Node, language: str, depth: int) -> Question:
    choices = [
        definitions.spoken(c.labels, language) or c.name
        for c in definition.lists.get(node.list_name, ())
    ]
    return Question(
        label=node.label(language),
        name=node.name,
        kind=str(kinds_told.KINDS.get(node.kind, node.kind)),
        depth=depth,
        is_heading=node.kind in ("group", "repeat"),
        is_note=node.kind == "note",
        is_repeat=node.kind == "repeat",
        is_required=node.is_required,
        hint=definitions.spoken(node.hints, language),
        choices=tuple(choices[:MOST_CHOICES]),
        more_choices=max(0, len(choices) - MOST_CHOICES),
        relevant=PATH.sub(r"\1", node.relevant.strip()),
        target=node.binds.get("dato", ""),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One difference between versions, in words."""

    what: str
    label: str
    path: str
    parts: tuple[str, ...]


def differences(old: FormVersion, new: FormVersion) -> list[Told]:
    """Return what changed from one version to another."""
    found = comparing.compare(
        versions.definition(old.public_id), versions.definition(new.public_id)
    )
    return [
        Told(
            what=str(kinds_told.DIFFERENCES[one.what]),
            label=one.label,
            path=one.path,
            parts=tuple(str(kinds_told.PARTS[part]) for part in one.parts),
        )
        for one in found
    ]
