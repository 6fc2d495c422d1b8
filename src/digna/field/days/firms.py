"""A firm as the field sees it: how to reach it, what was agreed, its numbers, what to do there."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.errors import NotVisible
from digna.field.days.agenda import firms_in_training, work_url
from digna.improvement import access as improvement
from digna.improvement.models import Instrument, Project
from digna.improvement.selectors import board
from digna.improvement.selectors.board import KpiCard
from digna.registry import access as registry
from digna.registry.models import Affiliation, Enterprise
from digna.training import access as training
from digna.training.models import CycleFirm, NextStep
from digna.training.selectors import ways

PEOPLE, PROJECTS, MOST = 6, 6, 60


@dataclass(frozen=True, slots=True)
class Doing:
    """Something to do in a firm: its word, its page, its icon."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Way:
    """A firm's way through a cycle: where it stands and what was agreed last time."""

    firm: CycleFirm
    next_label: str
    agreed: tuple[NextStep, ...]
    doings: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class FirmPage:
    """Everything of one firm."""

    enterprise: Enterprise
    people: tuple[Affiliation, ...]
    ways: tuple[Way, ...]
    cards: tuple[tuple[KpiCard, str], ...]
    projects: tuple[tuple[Project, tuple[Doing, ...]], ...]
    doings: tuple[Doing, ...]


def mine(user: object) -> list[Enterprise]:
    """Return the firms a user accompanies, by name; at most sixty."""
    found = {row.enterprise_id: row.enterprise for row in firms_in_training(user)[: MOST * 2]}
    if not found and rights.may(user, improvement.RECORD):
        rows = improvement.visible_firms(user, improvement.RECORD)
        found = {row.pk: row for row in rows.select_related("place", "sector")[:MOST]}
    return sorted(found.values(), key=lambda row: (row.name, row.pk))[:MOST]


def visible(user: object, key: uuid.UUID) -> Enterprise:
    """Return one firm: of the register that a user reaches, or of a cycle that they train.

    Raises:
        NotVisible: `field.not_visible`.
    """
    in_training = training.visible_firms(user).values("enterprise")
    trained = Enterprise.objects.filter(pk__in=in_training)
    rows = registry.visible_enterprises(user).filter(public_id=key)
    found = rows.first() or trained.filter(public_id=key).first()
    if found is None:
        raise NotVisible("field.not_visible", _("No hay tal empresa entre las suyas."))
    return found


def page(user: object, enterprise: Enterprise, today: date) -> FirmPage:
    """Return one firm with what may be done there."""
    may_record = improvement.may(user, improvement.RECORD, enterprise)
    shown = board.of(enterprise, today)
    links = enterprise.affiliations.filter(ends_on=None).select_related("person")
    return FirmPage(
        enterprise=enterprise,
        people=tuple(links.order_by("pk")[:PEOPLE]),
        ways=tuple(_way(row, today) for row in _ways(user, enterprise)),
        cards=tuple(
            (card, work_url("numero", card.kpi.public_id) if may_record else "")
            for card in shown.cards
        ),
        projects=tuple(
            (row, _project_doings(row) if may_record else ()) for row in _open_projects(shown)
        ),
        doings=(
            *(_doings(enterprise) if may_record else ()),
            *(_register_doings(enterprise) if _may_edit(user, enterprise) else ()),
        ),
    )


def _ways(user: object, enterprise: Enterprise) -> "QuerySet[CycleFirm]":
    if not rights.may(user, training.EDIT):
        return CycleFirm.objects.none()
    return firms_in_training(user).filter(enterprise=enterprise)


def _way(row: CycleFirm, today: date) -> Way:
    key = row.public_id
    return Way(
        firm=row,
        next_label=ways.way(row, today).next_label,
        agreed=tuple(ways.open_steps(row)),
        doings=(
            Doing(_("Empezar visita"), work_url("visita", key), "store"),
            Doing(_("Agregar participante"), work_url("participante", key), "user-plus"),
        ),
    )


def _open_projects(shown: board.Board) -> list[Project]:
    return [row for row in shown.projects if row.status in ("doing", "planned")][:PROJECTS]


def _project_doings(row: Project) -> tuple[Doing, ...]:
    return (
        Doing(_("Anotar avance"), work_url("avance", row.public_id), "pencil"),
        Doing(_("Tomar foto"), work_url("foto", row.public_id), "camera"),
    )


def _doings(enterprise: Enterprise) -> tuple[Doing, ...]:
    key = enterprise.public_id
    lists = reverse("field:lists") + f"#{key}"
    return (
        Doing(_("Nueva mejora"), work_url("mejora", key), "lightbulb"),
        Doing(_("Recorrer una lista"), lists, "list-checks"),
    )


def _may_edit(user: object, enterprise: Enterprise) -> bool:
    if not rights.may(user, registry.EDIT):
        return False
    return registry.visible_enterprises(user, registry.EDIT).filter(pk=enterprise.pk).exists()


def _register_doings(enterprise: Enterprise) -> tuple[Doing, ...]:
    note = reverse("field:register", args=["nota"]) + f"#{enterprise.public_id}"
    correct = reverse("field:register_of", args=["correccion", enterprise.public_id])
    return (
        Doing(_("Escribir una nota"), note, "scroll-text"),
        Doing(_("Corregir los datos"), correct, "pencil"),
    )


def checklists() -> "QuerySet[Instrument]":
    """Return the lists in use."""
    rows = Instrument.objects.filter(kind=Instrument.Kind.CHECKLIST, retired_on=None)
    return rows.exclude(current=None).select_related("current").order_by("order", "pk")
