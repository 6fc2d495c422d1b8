"""The kinds of parts a study has: how each is called in an address, typed and written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.errors import NotVisible
from digna.studies import assessment_forms as forms
from digna.studies.models.assessments import (
    Cause,
    CauseEdge,
    ChainLink,
    Channel,
    Deficit,
    Finding,
    MarketActor,
    Part,
    Series,
    SystemElement,
)
from digna.studies.services import findings, parts


@dataclass(frozen=True, slots=True)
class PartKind:
    """One kind of part: its table, form and service, and the page it stands on."""

    slug: str
    model: type[Part]
    form: type[forms.PartForm]
    service: Callable[..., Part]
    page: str
    new: Any
    sentence: Any = ""


KINDS = {
    kind.slug: kind
    for kind in (
        PartKind("eslabon", ChainLink, forms.LinkForm, parts.note_link, "study_chain",
                 gettext_lazy("Nuevo eslabón")),
        PartKind("actor", MarketActor, forms.ActorForm, parts.note_actor, "study_actors",
                 gettext_lazy("Nuevo actor")),
        PartKind("canal", Channel, forms.ChannelForm, parts.note_channel, "study_chain",
                 gettext_lazy("Nuevo canal"),
                 gettext_lazy("Todo el canal en una moneda y una unidad: así se puede sumar.")),
        PartKind("elemento", SystemElement, forms.ElementForm, parts.note_element, "study_system",
                 gettext_lazy("Nuevo elemento"),
                 gettext_lazy("Diga quién lo hace, qué hace y con qué; si falta, queda señalado.")),
        PartKind("causa", Cause, forms.CauseForm, parts.note_cause, "study_causes",
                 gettext_lazy("Nueva causa")),
        PartKind("flecha", CauseEdge, forms.EdgeForm, parts.join_causes, "study_causes",
                 gettext_lazy("Nueva flecha")),
        PartKind("serie", Series, forms.SeriesForm, parts.note_series, "study_trends",
                 gettext_lazy("Nueva serie")),
        PartKind("deficit", Deficit, forms.DeficitForm, parts.note_deficit, "study_trends",
                 gettext_lazy("Nuevo déficit de trabajo decente")),
        PartKind("hallazgo", Finding, forms.FindingForm, findings.note_finding, "study_findings",
                 gettext_lazy("Nuevo hallazgo")),
    )
}  # fmt: skip


def kind_of(slug: str) -> PartKind:
    """Return the kind an address names."""
    if slug not in KINDS:
        raise NotVisible("studies.part.kind", _("Esa página no existe en los estudios."))
    return KINDS[slug]


def initial(row: Part, form: type[forms.PartForm]) -> dict[str, Any]:
    """Return a row as its form shows it."""
    names = [name for name in form.base_fields if name not in ("intention", "evidence")]
    told = {name: getattr(row, name) for name in names}
    if "evidence" in form.base_fields:
        told["evidence"] = list(row.evidence.all())  # type: ignore[attr-defined]
    if isinstance(row, Series):
        told["points"] = "\n".join(f"{period}: {value or ''}" for period, value in row.points)
    return told
