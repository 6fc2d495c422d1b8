"""Market-access cohorts: opened, joined and left; steps marked; small projects with a result."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.linkages import keeping
from digna.linkages.models import Cohort, CohortFirm, MarketMark, MarketStep, MiniProject
from digna.programmes.models import Programme
from digna.registry.models import Enterprise


@writes("linkages.cohort.opened")
def open_cohort(
    *, actor: Actor, programme: Programme, name: str, starts_on: date, **values: Any
) -> Cohort:
    """Open a cohort.

    Raises:
        Refused: `linkages.cohort.name`, `linkages.cohort.dates`.
    """
    row = Cohort(
        programme=programme,
        name=" ".join(name.split()),
        starts_on=starts_on,
        created_by=actor.user,
        **values,
    )
    _refuse_cohort(row.name, row.starts_on, row.ends_on)
    return record.add(row)


@writes("linkages.cohort.changed")
def change_cohort(*, actor: Actor, cohort: Cohort, **values: Any) -> Cohort:
    """Correct a cohort's name, dates or partner.

    Raises:
        Refused: as `open_cohort`.
    """
    told: dict[str, Any] = {
        "name": cohort.name,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
    } | values
    _refuse_cohort(told["name"].strip(), told["starts_on"], told["ends_on"])
    return record.change(cohort, **values)


@writes("linkages.cohort.joined")
def add_firm(
    *, actor: Actor, cohort: Cohort, enterprise: Enterprise, joined_on: date | None = None
) -> CohortFirm:
    """Let a firm join; one that left may come back.

    Raises:
        Refused: `linkages.cohort.already_in`.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    standing = cohort.firms.filter(enterprise=enterprise).first()
    if standing is not None and standing.left_on is None:
        raise Refused(
            "linkages.cohort.already_in",
            _("«%(firm)s» ya está en este grupo.") % {"firm": enterprise},
            field="enterprise",
        )
    if standing is not None:
        return record.change(standing, left_on=None, left_reason="")
    day = joined_on or timezone.localdate(actor.at)
    return record.add(CohortFirm(cohort=cohort, enterprise=enterprise, joined_on=day))


@writes("linkages.cohort.left")
def let_go(*, actor: Actor, firm: CohortFirm, on: date, why: str) -> CohortFirm:
    """Note that a firm left, and why; what it did stays.

    Raises:
        Refused: `linkages.cohort.why_left`, `linkages.cohort.dates`.
    """
    if not why.strip():
        raise Refused(
            "linkages.cohort.why_left",
            _("Escriba por qué salió: sirve para cambiar el próximo grupo."),
            field="why",
        )
    if on < firm.joined_on:
        raise _wrong_dates("on")
    return record.change(firm, left_on=on, left_reason=" ".join(why.split()))


@writes("linkages.step.marked")
def mark_step(
    *,
    actor: Actor,
    firm: CohortFirm,
    step: MarketStep,
    state: str,
    on: date,
    note: str = "",
    evidence: bytes | None = None,
    evidence_link: str = "",
) -> MarketMark:
    """Say where a firm stands with a step; evidence stays until other evidence comes.

    Raises:
        Refused: `linkages.mark.future`, `linkages.mark.evidence` (done says what shows it),
            `linkages.evidence.too_large`, `web.photo.…`.
    """
    if on > timezone.localdate(actor.at):
        raise Refused(
            "linkages.mark.future", _("Ese día todavía no llega. Anote lo hecho."), field="on"
        )
    standing = firm.marks.filter(step=step).first()
    told: dict[str, Any] = {"state": state, "on": on, "note": " ".join(note.split())}
    told["marked_by"] = actor.user
    if evidence_link.strip():
        told["evidence_link"] = evidence_link.strip()
    if evidence:
        told["evidence_file"] = keeping.evidence(evidence)
    shown = told.get("evidence_link") or evidence or told["note"]
    shown = shown or (standing and (standing.evidence_file or standing.evidence_link))
    if state == MarketMark.State.DONE and not shown:
        raise Refused(
            "linkages.mark.evidence",
            _("Diga qué lo muestra: un enlace, una foto o una nota. Pide: %(evidence)s.")
            % {"evidence": step.evidence},
            field="evidence_link",
        )
    if standing is not None:
        return record.change(standing, **told)
    return record.add(MarketMark(firm=firm, step=step, **told))


@writes("linkages.project.planned")
def plan_project(
    *, actor: Actor, firm: CohortFirm, title: str, starts_on: date, **values: Any
) -> MiniProject:
    """Plan something small with a result that can be counted.

    Raises:
        Refused: `linkages.project.title`, `linkages.project.dates`.
    """
    due_on = values.get("due_on")
    if not title.strip():
        raise Refused("linkages.project.title", _("Escriba qué hará la empresa."), field="title")
    if due_on is not None and due_on < starts_on:
        raise Refused(
            "linkages.project.dates",
            _("La fecha de entrega es anterior al inicio. Corrija una."),
            field="due_on",
        )
    return record.add(
        MiniProject(
            firm=firm, title=title.strip(), starts_on=starts_on, created_by=actor.user, **values
        )
    )


@writes("linkages.project.ended")
def end_project(
    *,
    actor: Actor,
    project: MiniProject,
    on: date,
    result: Decimal | None = None,
    result_note: str = "",
    evidence: bytes | None = None,
    evidence_link: str = "",
) -> MiniProject:
    """Record what came of it; without a number the words say it, and the number is not zero.

    Raises:
        Refused: `linkages.project.result`, `linkages.project.future`; what evidence refuses.
    """
    if result is None and not result_note.strip():
        raise Refused(
            "linkages.project.result",
            _("Escriba el resultado en número o en palabras."),
            field="result",
        )
    if not project.starts_on <= on <= timezone.localdate(actor.at):
        raise Refused(
            "linkages.project.future",
            _("El resultado es de un día entre el inicio y hoy."),
            field="on",
        )
    told: dict[str, Any] = {"evidence_link": evidence_link.strip() or project.evidence_link}
    if evidence:
        told["evidence_file"] = keeping.evidence(evidence)
    return record.change(
        project,
        result_on=on,
        result=result,
        result_note=result_note.strip(),
        dropped_on=None,
        **told,
    )


@writes("linkages.project.dropped")
def drop_project(*, actor: Actor, project: MiniProject) -> MiniProject:
    """Note that it will not be done; it stays to be read."""
    return record.change(project, dropped_on=timezone.localdate(actor.at))


def _refuse_cohort(name: str, starts_on: date, ends_on: date | None) -> None:
    if not name:
        raise Refused("linkages.cohort.name", _("Escriba el nombre del grupo."), field="name")
    if ends_on is not None and ends_on < starts_on:
        raise _wrong_dates("ends_on")


def _wrong_dates(field: str) -> Refused:
    return Refused(
        "linkages.cohort.dates",
        _("El fin es anterior al inicio. Corrija una de las fechas."),
        field=field,
    )
