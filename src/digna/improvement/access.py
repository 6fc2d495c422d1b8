"""Who sees and changes a firm's board, lists and plans: the only way from a key to a row.

All hangs on the firm: who sees it in the register sees its board. An owner sees and records in
their own firm only; the office reviews; the programme lead edits instruments.
"""

import uuid
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role
from digna.accounts.rights import FIELD, OFFICE, READERS, Right
from digna.errors import NotVisible
from digna.improvement.models import (
    BoardKpi,
    ChecklistAnswer,
    ChecklistRun,
    ContinuityAction,
    ContinuityPlan,
    Instrument,
    Measurement,
    Observation,
    Project,
    ProjectPhoto,
    PulseRound,
    Suggestion,
)
from digna.registry import access as registry
from digna.registry.models import Enterprise
from digna.registry.models.enterprises import EnterpriseQuerySet

SEE = rights.declare("improvement.see", READERS | FIELD | {Role.OWNER})
RECORD = rights.declare("improvement.record", OFFICE | FIELD | {Role.OWNER})
COACH = rights.declare("improvement.coach", OFFICE | FIELD)
REVIEW = rights.declare("improvement.review", OFFICE | {Role.COORDINATOR})
INSTRUMENTS = rights.declare("improvement.instruments", READERS | FIELD)
EDIT_INSTRUMENTS = rights.declare("improvement.edit_instruments", {Role.LEAD})
VOICE = rights.declare("improvement.voice", READERS)

Row = TypeVar("Row", bound=models.Model)


def visible_firms(user: object, right: Right = SEE) -> EnterpriseQuerySet:
    """Return the firms whose board `user` may see (or do `right` to).

    An owner's membership names a partner, but reaches their own firm only: so what an owner may do
    is asked of the register as what the field may do, which gives back one's own firms as well.
    """
    if not rights.may(user, right):
        return Enterprise.objects.none()
    asked = registry.SEE if right is SEE else (COACH if right is RECORD else right)
    return registry.visible_enterprises(user, asked)


def firm(user: object, key: uuid.UUID, right: Right = SEE) -> Enterprise:
    """Return one firm, or say there is none for this user."""
    rows = visible_firms(user, right).select_related("sector", "place__parent", "partner")
    return _one(rows.filter(public_id=key))


def may(user: object, right: Right, enterprise: Enterprise) -> bool:
    """Whether `user` may do `right` in this very firm."""
    return visible_firms(user, right).filter(pk=enterprise.pk).exists()


def board_kpi(user: object, key: uuid.UUID, right: Right = SEE) -> BoardKpi:
    """Return one KPI of a board of this user's."""
    rows = BoardKpi.objects.select_related("enterprise__sector", "instrument__current")
    return _one(_within(rows, user, right).filter(public_id=key))


def observation(user: object, key: uuid.UUID, right: Right = SEE) -> Observation:
    """Return one value of a board of this user's."""
    rows = Observation.objects.select_related(
        "board_kpi__enterprise__sector", "board_kpi__instrument__current", "version", "replaced_by",
        "measurement",
    )  # fmt: skip
    return _one(_within(rows, user, right, "board_kpi__enterprise").filter(public_id=key))


def measurement(user: object, key: uuid.UUID, right: Right = SEE) -> Measurement:
    """Return one measurement of a firm of this user's."""
    rows = Measurement.objects.select_related("enterprise__sector", "practices_version")
    return _one(_within(rows, user, right).filter(public_id=key))


def project(user: object, key: uuid.UUID, right: Right = SEE) -> Project:
    """Return one project of a firm of this user's."""
    rows = Project.objects.select_related("enterprise", "overlaps")
    return _one(_within(rows, user, right).filter(public_id=key))


def photo(user: object, key: int, right: Right = SEE) -> ProjectPhoto:
    """Return one photograph of a project of this user's."""
    rows = ProjectPhoto.objects.select_related("project__enterprise")
    return _one(_within(rows, user, right, "project__enterprise").filter(pk=key))


def run(user: object, key: uuid.UUID, right: Right = SEE) -> ChecklistRun:
    """Return one walk of a checklist in a firm of this user's."""
    rows = ChecklistRun.objects.select_related("enterprise", "version__instrument", "previous")
    return _one(_within(rows, user, right).filter(public_id=key))


def answer(user: object, key: int, right: Right = SEE) -> ChecklistAnswer:
    """Return one answered item of a run of this user's."""
    rows = ChecklistAnswer.objects.select_related("run__enterprise", "run__version")
    return _one(_within(rows, user, right, "run__enterprise").filter(pk=key))


def plan(user: object, key: uuid.UUID, right: Right = SEE) -> ContinuityPlan:
    """Return one version of a continuity plan of a firm of this user's."""
    rows = ContinuityPlan.objects.select_related("enterprise", "scoring")
    return _one(_within(rows, user, right).filter(public_id=key))


def plan_action(user: object, key: int, right: Right = SEE) -> ContinuityAction:
    """Return one action of a continuity plan of this user's."""
    rows = ContinuityAction.objects.select_related("plan__enterprise")
    return _one(_within(rows, user, right, "plan__enterprise").filter(pk=key))


def pulse(user: object, key: uuid.UUID, right: Right = SEE) -> PulseRound:
    """Return one round of the pulse in a firm of this user's."""
    rows = PulseRound.objects.select_related("enterprise", "version")
    return _one(_within(rows, user, right).filter(public_id=key))


def suggestion(user: object, key: uuid.UUID, right: Right = RECORD) -> Suggestion:
    """Return one suggestion of a round that may be read already, in a firm of this user's."""
    rows = Suggestion.objects.select_related("round__enterprise", "round__version")
    return _one(_within(rows, user, right, "round__enterprise").filter(pk=key))


def open_pulse(token: str) -> PulseRound:
    """Return the round whose short link holds `token`; no account is asked for."""
    row = PulseRound.objects.select_related("version", "enterprise").filter(token=token).first()
    if row is None:
        raise _not_visible(_("Este enlace no es de ningún pulso. Pida el enlace nuevo."))
    return row


def instrument(user: object, key: int) -> Instrument:
    """Return one instrument; they are known to everybody who works with firms."""
    return _one(visible_instruments(user).filter(pk=key))


def visible_instruments(user: object) -> QuerySet[Instrument]:
    """Return the instruments, the retired ones too."""
    if not rights.may(user, INSTRUMENTS):
        return Instrument.objects.none()
    return Instrument.objects.select_related("current")


def _within(
    rows: QuerySet[Row], user: object, right: Right, path: str = "enterprise"
) -> QuerySet[Row]:
    condition: dict[str, Any] = {f"{path}__in": visible_firms(user, right).order_by().values("pk")}
    return rows.filter(**condition)


def _one(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise _not_visible(_("No hay tal dato entre sus empresas, o no le toca verlo."))
    return row


def _not_visible(what: str) -> NotVisible:
    return NotVisible("improvement.not_visible", what)
