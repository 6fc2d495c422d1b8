"""Markers brought by kits, judged with evidence, and pictures taken of how they stand."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.partners import standing
from digna.partners.models import Judgement, Marker, Snapshot
from digna.partners.models.maturity import Reached
from digna.registry.models import Organisation


@writes("partners.markers.loaded")
def load_markers(*, actor: Actor, markers: Iterable[Mapping[str, Any]]) -> None:
    """Take in the markers of a kit: a new version retires the old, which keeps its judgements."""
    for marker in markers:
        same = {"code": marker["code"], "version": marker["version"]}
        if Marker.objects.filter(**same).exists():
            continue
        for old in Marker.objects.filter(code=marker["code"], retired_on=None):
            record.change(old, retired_on=timezone.localdate(actor.at))
        record.add(Marker(**marker))


@writes("partners.marker.judged")
def judge(
    *,
    actor: Actor,
    partner: Organisation,
    marker: Marker,
    on: date,
    reached: str,
    evidence: str = "",
    file: ContentFile[bytes] | None = None,
) -> Judgement:
    """Say how far a partner got on a marker, on a day, and how that is known.

    Raises:
        Refused: `partners.marker.retired`, `partners.marker.no_evidence`,
            `partners.marker.future`.
    """
    if marker.retired_on is not None:
        raise Refused(
            "partners.marker.retired",
            _("Este marcador cambió de redacción. Recargue la página y use el nuevo."),
        )
    if on > timezone.localdate(actor.at):
        raise Refused(
            "partners.marker.future",
            _("La fecha está en el futuro. Escriba el día en que se comprobó."),
            field="on",
        )
    if reached != Reached.NOT_YET and not (evidence.strip() or file is not None):
        raise Refused(
            "partners.marker.no_evidence",
            _("Diga cómo se sabe: qué documento, qué reunión, qué se vio. O suba el documento."),
            field="evidence",
        )
    row = Judgement(
        partner=partner,
        marker=marker,
        on=on,
        reached=reached,
        evidence=evidence.strip(),
        at=actor.at,
        by=actor.user,
    )
    if file is not None:
        row.file = file
    return record.add(row)


@writes("partners.judgement.removed")
def remove_judgement(*, actor: Actor, judgement: Judgement) -> None:
    """Take out a judgement made by mistake; the one before it holds again.

    Raises:
        Refused: `partners.judgement.no_reason`.
    """
    if not actor.reason.strip():
        raise Refused(
            "partners.judgement.no_reason", _("Escriba por qué se quita."), field="reason"
        )
    record.remove(judgement)


@writes("partners.snapshot.taken")
def take_snapshot(
    *, actor: Actor, partner: Organisation, on: date, label: str = "", note: str = ""
) -> Snapshot:
    """Keep how every marker in use stood on a day. Later judgements never move it.

    Raises:
        Refused: `partners.snapshot.already`, `partners.snapshot.future`,
            `partners.snapshot.no_markers`.
    """
    if on > timezone.localdate(actor.at):
        raise Refused(
            "partners.snapshot.future",
            _("No se puede guardar cómo estará un día que no llegó."),
            field="on",
        )
    if Snapshot.objects.filter(partner=partner, on=on).exists():
        raise Refused(
            "partners.snapshot.already",
            _("Ya hay un corte de ese día. Elija otro día."),
            field="on",
        )
    reached = standing.as_kept(partner, on)
    if not reached:
        raise Refused(
            "partners.snapshot.no_markers",
            _("Esta instalación no tiene marcadores. Cargue un kit que los traiga."),
        )
    row = Snapshot(
        partner=partner,
        on=on,
        label=label.strip(),
        note=note.strip(),
        reached=reached,
        by=actor.user,
    )
    return record.add(row)
