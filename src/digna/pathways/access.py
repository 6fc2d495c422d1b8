"""Who sees and keeps a firm's pathways, and who approves what the library says.

All hangs on the firm: who sees it in the register sees its papers. An owner keeps their own firm's
list only; M&E and auditors read; the programme lead approves facts and answers reports.
"""

import uuid
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role
from digna.accounts.rights import FIELD, READERS, Right
from digna.errors import NotVisible
from digna.pathways.models import (
    ExportPlan,
    FactCorrection,
    FactProposal,
    FirmPathway,
    OfficialRecord,
    StepPaper,
    StepProgress,
    StepReport,
)
from digna.registry import access as registry
from digna.registry.models import Enterprise
from digna.registry.models.enterprises import EnterpriseQuerySet

Row = TypeVar("Row", bound=models.Model)

SEE = rights.declare("pathways.see", READERS | FIELD | {Role.OWNER})
WORK = rights.declare("pathways.work", {Role.LEAD, Role.OWNER} | FIELD)
COACH = rights.declare("pathways.coach", {Role.LEAD} | FIELD)
FOLLOW = rights.declare("pathways.follow", READERS | FIELD)
APPROVE = rights.declare("pathways.approve", {Role.LEAD})


def visible_firms(user: object, right: Right = SEE) -> EnterpriseQuerySet:
    """Return the firms whose pathways `user` may see (or do `right` to).

    An owner's membership reaches their own firm only: what an owner may do is asked of the
    register as what the field may do, which gives back one's own firms as well.
    """
    if not rights.may(user, right):
        return Enterprise.objects.none()
    asked = registry.SEE if right in (SEE, FOLLOW) else (COACH if right is WORK else right)
    return registry.visible_enterprises(user, asked)


def firm(user: object, key: uuid.UUID, right: Right = SEE) -> Enterprise:
    """Return one firm, or say there is none for this user."""
    rows = visible_firms(user, right).select_related(
        "sector", "legal_form", "place__parent", "partner"
    )
    row = rows.filter(public_id=key).first()
    if row is None:
        raise _not_visible()
    return row


def may(user: object, right: Right, enterprise: Enterprise) -> bool:
    """Whether `user` may do `right` in this very firm."""
    return visible_firms(user, right).filter(pk=enterprise.pk).exists()


def pathway(user: object, key: uuid.UUID, code: str, right: Right = SEE) -> FirmPathway:
    """Return a pathway on which a firm of this user's set out."""
    enterprise = firm(user, key, right)
    row = FirmPathway.objects.filter(enterprise=enterprise, code=code).first()
    if row is None:
        raise _not_visible()
    row.enterprise = enterprise
    return row


def visible_progress(user: object, right: Right = SEE) -> QuerySet[StepProgress]:
    """Return the steps of the firms of this user's."""
    return StepProgress.objects.filter(enterprise__in=_firm_keys(user, right))


def progress(user: object, key: uuid.UUID, right: Right = SEE) -> StepProgress:
    """Return one step of a firm of this user's."""
    row = visible_progress(user, right).select_related("enterprise").filter(public_id=key).first()
    if row is None:
        raise _not_visible()
    return row


def paper(user: object, key: int, right: Right = SEE) -> StepPaper:
    """Return one paper of a firm of this user's."""
    rows = StepPaper.objects.filter(enterprise__in=_firm_keys(user, right))
    row = rows.select_related("enterprise").filter(pk=key).first()
    if row is None:
        raise _not_visible()
    return row


def export_plan(user: object, key: uuid.UUID, right: Right = SEE) -> ExportPlan:
    """Return one version of an export plan of a firm of this user's."""
    rows = ExportPlan.objects.filter(enterprise__in=_firm_keys(user, right))
    row = rows.select_related("enterprise", "by").filter(public_id=key).first()
    if row is None:
        raise _not_visible()
    return row


def _firm_keys(user: object, right: Right) -> Any:
    return visible_firms(user, right).order_by().values("pk")


def report(key: uuid.UUID) -> StepReport:
    """Return a report by the address given to who sent it; it holds nothing of theirs."""
    row = StepReport.objects.filter(public_id=key).first()
    if row is None:
        raise _not_visible()
    return row


def correction(user: object, key: int) -> FactCorrection:
    """Return one correction of the library, for who approves them."""
    return _approved(user, FactCorrection.objects.filter(pk=key, withdrawn_at=None))


def record(user: object, key: int) -> OfficialRecord:
    """Return one official record, for who approves what it proposes."""
    return _approved(user, OfficialRecord.objects.filter(pk=key))


def proposal(user: object, key: int) -> FactProposal:
    """Return one proposed difference, for who approves it."""
    return _approved(user, FactProposal.objects.select_related("record").filter(pk=key))


def _approved(user: object, rows: QuerySet[Row]) -> Row:
    row = rows.first() if rights.may(user, APPROVE) else None
    if row is None:
        raise _not_visible()
    return row


def _not_visible() -> NotVisible:
    return NotVisible(
        "pathways.not_visible", _("No hay tal ruta entre sus empresas, o no le toca verla.")
    )
