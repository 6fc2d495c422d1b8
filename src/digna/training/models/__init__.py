"""The tables of training, by noun. Django finds models through this module."""

from digna.training.models.catalogue import DeliveryMode, Module, ModuleKind
from digna.training.models.cycles import (
    BuyerProgramme,
    Cycle,
    CycleFirm,
    CycleTrainer,
    DropReason,
    Independence,
    Move,
    Participant,
    Role,
    SupplierConsent,
    TeamMember,
    Workshop,
    WorkshopAttendance,
)
from digna.training.models.pipeline import Intake, Opportunity
from digna.training.models.visits import (
    NextStep,
    ReportComment,
    TrainerReport,
    Visit,
    VisitPhoto,
    VisitPresence,
)

__all__ = [
    "BuyerProgramme",
    "Cycle",
    "CycleFirm",
    "CycleTrainer",
    "DeliveryMode",
    "DropReason",
    "Independence",
    "Intake",
    "Module",
    "ModuleKind",
    "Move",
    "NextStep",
    "Opportunity",
    "Participant",
    "ReportComment",
    "Role",
    "SupplierConsent",
    "TeamMember",
    "TrainerReport",
    "Visit",
    "VisitPhoto",
    "VisitPresence",
    "Workshop",
    "WorkshopAttendance",
]
