"""Criteria of a selection: copied from a scheme, put in this selection's own words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies.models import Criterion, Scheme, Selection
from digna.studies.models.selections import HIGH
from digna.studies.services import freezing


@writes("studies.criteria.copied")
def copy_scheme(*, actor: Actor, selection: Selection, scheme: Scheme) -> int:
    """Replace the criteria by those of a scheme. A dimension's weight is shared among its criteria.

    Raises:
        Refused: as `freezing.refuse_scoring_begun`.
    """
    freezing.refuse_scoring_begun(selection)
    record.remove_many(list(selection.criteria.all()))
    record.change(selection, scheme=scheme)
    dimensions = {entry["code"]: entry for entry in scheme.content["dimensions"]}
    entries = scheme.content["criteria"]
    for order, entry in enumerate(entries):
        dimension = dimensions[entry["dimension"]]
        record.add(
            _criterion(selection, entry, dimension, _share(entry, dimension, entries), order)
        )
    return len(entries)


def _share(
    entry: Mapping[str, Any], dimension: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]
) -> Decimal | None:
    if entry["knock_out"]:
        return None
    beside = [e for e in entries if e["dimension"] == dimension["code"] and not e["knock_out"]]
    return (Decimal(str(dimension["weight_pct"])) / len(beside)).quantize(Decimal("0.001"))


def _criterion(
    selection: Selection,
    entry: Mapping[str, Any],
    dimension: Mapping[str, Any],
    weight: Decimal | None,
    order: int,
) -> Criterion:
    return Criterion(
        selection=selection,
        code=entry["code"],
        dimension=dimension["name_es"],
        dimension_en=dimension["name_en"],
        name=entry["name_es"],
        name_en=entry["name_en"],
        direction=entry["direction"],
        is_knock_out=entry["knock_out"],
        anchors=list(entry.get("anchors_es", ())),
        anchors_en=list(entry.get("anchors_en", ())),
        questions=list(entry["questions_es"]),
        questions_en=list(entry["questions_en"]),
        default_weight=weight,
        order=order,
    )


@writes("studies.criterion.added")
def add_criterion(*, actor: Actor, selection: Selection, name: str, **values: Any) -> Criterion:
    """Add a criterion of one's own.

    Raises:
        Refused: `studies.criterion.repeated`, `studies.criterion.anchors`, and as
            `freezing.refuse_scoring_begun`.
    """
    freezing.refuse_scoring_begun(selection)
    code = slugify(name)[:60] or "criterio"
    if selection.criteria.filter(code=code).exists():
        raise Refused(
            "studies.criterion.repeated",
            _("Ya hay un criterio «%(name)s». Corrija ese o use otro nombre.") % {"name": name},
            field="name",
        )
    criterion = Criterion(
        selection=selection, code=code, name=name, order=selection.criteria.count(), **values
    )
    _refuse_unanchored(criterion)
    return record.add(criterion)


@writes("studies.criterion.changed")
def change_criterion(*, actor: Actor, criterion: Criterion, **values: Any) -> Criterion:
    """Put a criterion in context: its name, anchors, questions, direction or starting weight.

    Raises:
        Refused: as `add_criterion`.
    """
    freezing.refuse_scoring_begun(criterion.selection)
    anchors = values.get("anchors", criterion.anchors)
    is_knock_out = values.get("is_knock_out", criterion.is_knock_out)
    _refuse_unanchored(Criterion(anchors=anchors, is_knock_out=is_knock_out))
    if values.get("name", criterion.name) != criterion.name:
        values["name_en"] = ""  # the kit's English no longer says the same
    for told in ("anchors", "questions"):
        if values.get(told, getattr(criterion, told)) != getattr(criterion, told):
            values[f"{told}_en"] = []
    return record.change(criterion, **values)


def _refuse_unanchored(criterion: Criterion) -> None:
    told = [text for text in criterion.anchors if text.strip()]
    if not criterion.is_knock_out and len(told) != HIGH:
        raise Refused(
            "studies.criterion.anchors",
            _("Cada puntaje necesita su frase: escriba las cinco, una por renglón, de 1 a 5. "
              "Hay %(n)s.") % {"n": len(told)},
            field="anchors",
        )  # fmt: skip


@writes("studies.criterion.removed")
def remove_criterion(*, actor: Actor, criterion: Criterion) -> None:
    """Take a criterion away, while nobody scores by it.

    Raises:
        Refused: as `freezing.refuse_scoring_begun`, `studies.criterion.weighed`.
    """
    freezing.refuse_scoring_begun(criterion.selection)
    if criterion.selection.rounds.exists() and not criterion.is_knock_out:
        raise Refused(
            "studies.criterion.weighed",
            _("Ya se pidieron pesos para este criterio. Haga una versión nueva para quitarlo."),
        )
    record.remove(criterion)
