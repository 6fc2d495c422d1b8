"""Improvement projects: added, changed, finished; their photographs; doubtful savings confirmed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement import observing, questions, savings
from digna.improvement.models import BoardKpi, Project, ProjectPhoto
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise, EnterpriseFact
from digna.web import photos

PHOTOS_MOST = 12
MONEY = ("cost", "saving", "running_cost")


@writes("improvement.project.added")
def add_project(
    *,
    actor: Actor,
    enterprise: Enterprise,
    title: str,
    area: str,
    starts_on: date,
    responsible: str = "",
    due_on: date | None = None,
    done_on: date | None = None,
    status: str = Project.Status.PLANNED,
    currency: str = "BOB",
    cost: Decimal | None = None,
    saving: Decimal | None = None,
    saving_kind: str = Project.SavingKind.RECURRING,
    running_cost: Decimal | None = None,
    overlaps: Project | None = None,
    kpis: Sequence[BoardKpi] = (),
    confirmed_reason: str = "",
) -> Project:
    """Add an improvement project to a firm; a doubtful saving is asked about and kept for review.

    Raises:
        Refused: `improvement.project.dates`, `improvement.project.negative`,
            `improvement.project.overlap`, `improvement.project.other_firm`,
            `improvement.project.is_it_right` (answer it with `confirmed_reason`).
    """
    project = Project(
        enterprise=enterprise,
        title=title,
        area=area,
        responsible=responsible,
        starts_on=starts_on,
        due_on=due_on,
        done_on=_done_on(actor, status, done_on),
        status=status,
        currency=currency,
        cost=cost,
        saving=saving,
        saving_kind=saving_kind,
        running_cost=running_cost,
        overlaps=overlaps,
        confirmed_reason=confirmed_reason.strip(),
        created_by=actor.user,
        created_at=actor.at,
    )
    _refuse_unfit(project, kpis)
    _weigh(project)
    record.add(project)
    record.link(project, "kpis", kpis)
    return project


@writes("improvement.project.begun")
def add_with_photo(
    *, actor: Actor, enterprise: Enterprise, photo: bytes | None, **values: Any
) -> Project:
    """Add a project with the photograph of how things stood, as it comes from the field.

    Raises:
        Refused: as `add_project` and `add_photo`.
    """
    project = add_project(actor=actor, enterprise=enterprise, **values)
    if photo is not None:
        add_photo(actor=actor, project=project, moment="before", content=photo)
    return project


@writes("improvement.project.changed")
def change_project(
    *, actor: Actor, project: Project, kpis: Sequence[BoardKpi] | None = None, **values: Any
) -> Project:
    """Change a project; one whose saving changed is weighed again.

    Raises:
        Refused: as `add_project`.
    """
    if {"status", "done_on"} & set(values):
        status = values.get("status", project.status)
        values["done_on"] = _done_on(actor, status, values.get("done_on", project.done_on))
    trial = _as_it_would_be(project, values)
    _refuse_unfit(trial, kpis or ())
    if (trial.saving, trial.currency) != (project.saving, project.currency):
        trial.confirmed_reason = str(values.get("confirmed_reason", "")).strip()
        _weigh(trial)
        names = ("doubts", "review", "confirmed_reason")
        values |= {name: getattr(trial, name) for name in names}
    else:
        values.pop("confirmed_reason", None)  # the reason given then stays with its saving
    record.change(project, **values)
    if kpis is not None:
        record.link(project, "kpis", kpis)
    return project


@writes("improvement.project.confirmed")
def confirm_project(*, actor: Actor, project: Project) -> Project:
    """A coordinator or M&E confirms a doubtful saving; from then on it is added.

    Raises:
        Refused: `improvement.review.needs_reason`, `improvement.review.not_waiting`.
    """
    observing.refuse_unready(actor, project)
    return record.change(project, review=Project.Review.CONFIRMED)


@writes("improvement.project_photo.added")
def add_photo(*, actor: Actor, project: Project, moment: str, content: bytes) -> ProjectPhoto:
    """Add a photograph of before or after, made small and without its place.

    Raises:
        Refused: `improvement.project.photos`, `web.photo.too_large`, `web.photo.unreadable`.
    """
    if project.photos.count() >= PHOTOS_MOST:
        raise Refused(
            "improvement.project.photos",
            _("Ya hay 12 fotos de este proyecto. Quite una antes de agregar otra."),
            field="photo",
        )
    file = photos.compressed(content, name=moment)
    return record.add(ProjectPhoto(project=project, moment=moment, file=file, added_at=actor.at))


@writes("improvement.project_photo.removed")
def remove_photo(*, actor: Actor, photo: ProjectPhoto) -> None:
    """Take a photograph away; the file goes with it."""
    file = photo.file
    record.remove(photo)
    file.delete(save=False)


def _as_it_would_be(project: Project, values: dict[str, Any]) -> Project:
    """Return the project with its new values, not saved, to hold against the rules."""
    names = [field.attname for field in project._meta.concrete_fields]
    trial = Project(**{name: getattr(project, name) for name in names})
    for name, value in values.items():
        setattr(trial, name, value)
    return trial


def _done_on(actor: Actor, status: str, done_on: date | None) -> date | None:
    """A project that is done has a day; one that is not has none."""
    if status != Project.Status.DONE:
        return None
    return done_on or actor.at.date()


def _refuse_unfit(project: Project, kpis: Sequence[BoardKpi]) -> None:
    _refuse_dates(project)
    for name in MONEY:
        amount: Decimal | None = getattr(project, name)
        if amount is not None and amount < 0:
            raise Refused(
                "improvement.project.negative",
                _("Escriba el monto sin signo: el costo es un costo y el ahorro un ahorro."),
                field=name,
            )
    if any(kpi.enterprise_id != project.enterprise_id for kpi in kpis):
        raise Refused(
            "improvement.project.other_firm",
            _("Enlace solo indicadores del tablero de esta empresa."),
            field="kpis",
        )
    _refuse_overlap(project)


def _refuse_dates(project: Project) -> None:
    for name in ("due_on", "done_on"):
        on: date | None = getattr(project, name)
        if on is not None and on < project.starts_on:
            raise Refused(
                "improvement.project.dates",
                _("Esa fecha es anterior al inicio del proyecto. Corrija una de las dos."),
                field=name,
            )


def _refuse_overlap(project: Project) -> None:
    other = project.overlaps
    if other is None:
        return
    wrong = (
        other.pk == project.pk
        or other.enterprise_id != project.enterprise_id
        or other.overlaps_id is not None
        or (project.pk is not None and project.overlapped_by.exists())
    )
    if wrong:
        raise Refused(
            "improvement.project.overlap",
            _(
                "Elija un proyecto de esta empresa que cuente su propio ahorro: "
                "así cada boliviano se suma una sola vez."
            ),
            field="overlaps",
        )


def _weigh(project: Project) -> None:
    """Ask about a saving out of measure, or keep it for review with the reason given."""
    found = savings.doubts(project.saving, project.currency, _sales(project.enterprise_id))
    if found and not project.confirmed_reason:
        raise Refused(
            "improvement.project.is_it_right",
            _("¿Es correcto? %(question)s Si lo es, explique cómo se calculó; si no, corríjalo.")
            % {"question": questions.of_project(found, project)},
            field="confirmed_reason",
            doubts=found,
        )
    project.doubts = list(found)
    project.review = Project.Review.WAITING if found else Project.Review.NOT_NEEDED


def _sales(enterprise_id: int) -> Decimal | None:
    """Return the firm's latest known sales of a year, in bolivianos."""
    facts = EnterpriseFact.objects.filter(
        enterprise=enterprise_id, kind=EnterpriseFact.Kind.ANNUAL_SALES, currency="BOB"
    )
    latest = facts.exclude(number=None).order_by("on", "pk").last()
    return None if latest is None else latest.number
