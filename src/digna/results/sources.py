"""Where figures come from: the fact tables of the rooms below, found by name.

Shapes are known everywhere; rows are read only where figures are computed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from digna.events import facts as events_facts
from digna.improvement import facts as improvement_facts
from digna.learning import facts as learning_facts
from digna.linkages import facts as linkages_facts
from digna.mentoring import facts as mentoring_facts
from digna.partners import facts as partners_facts
from digna.pathways import facts as pathways_facts
from digna.programmes import facts as programmes_facts
from digna.registry import facts as registry_facts
from digna.rounds import facts as rounds_facts
from digna.trainers import facts as trainers_facts
from digna.training import facts as training_facts
from digna_engines.indicators import FactSchema

Reader = Callable[[int | None], tuple[FactSchema, Iterable[tuple[Any, ...]]]]

PARTNERS = (
    "partners.costline",
    "partners.coststatement",
    "partners.income",
    "partners.fee",
    "partners.instalment",
    "partners.payment",
    "training.cycle",
    "training.module",
    "registry.organisation",
)
REGISTER = (
    "registry.person",
    "registry.organisation",
    "registry.place",
    "registry.enterprise",
    "registry.affiliation",
    "registry.sector",
    "registry.legalform",
)

IMPROVEMENT = (
    "improvement.measurement",
    "improvement.headcount",
    "improvement.practiceanswer",
    "improvement.boardkpi",
    "improvement.observation",
    "improvement.project",
    "improvement.instrumentversion",
)

LINKAGES = (
    "linkages.offer",
    "linkages.offercertification",
    "linkages.buyer",
    "linkages.deal",
    "linkages.dealstep",
    "linkages.followup",
    "linkages.cohort",
    "linkages.cohortfirm",
    "linkages.marketmark",
    "linkages.marketstep",
)

MENTORING = (
    "mentoring.cohort",
    "mentoring.application",
    "mentoring.pair",
    "mentoring.agreement",
    "mentoring.mentoringsession",
    "mentoring.outcome",
    *REGISTER,
)

PATHWAYS = (
    "pathways.firmpathway",
    "pathways.firmanswer",
    "pathways.stepprogress",
    "pathways.factcorrection",
    "registry.enterprisefact",
    *REGISTER,
)

LEARNING = (
    "learning.course",
    "learning.courseversion",
    "learning.group",
    "learning.enrolment",
    "learning.lessonprogress",
    "learning.quizattempt",
    "learning.tasksubmission",
    *REGISTER,
)

TRAINING = (
    "training.module",
    "training.cycle",
    "training.cyclefirm",
    "training.move",
    "training.workshop",
    "training.workshopattendance",
    "training.visit",
    *REGISTER,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A published fact table: what reads it, and the models whose changes move it."""

    name: str
    label: Any
    reader: Reader
    reads: tuple[str, ...]


SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "events.attendance",
            _("asistencias a sesiones"),
            events_facts.attendance_facts,
            (
                "events.process",
                "events.session",
                "events.enrolment",
                "events.attendance",
                *REGISTER,
            ),
        ),
        *(
            Source(f"training.{name}", label, reader, TRAINING)
            for name, label, reader in (
                ("attendance", _("asistencias a talleres"), training_facts.attendance_facts),
                ("visit", _("visitas a empresas"), training_facts.visit_facts),
                ("cycle_firm", _("empresas en ciclos"), training_facts.cycle_firm_facts),
            )
        ),
        *(
            Source(f"learning.{name}", label, reader, LEARNING)
            for name, label, reader in (
                ("enrolment", _("personas en cursos"), learning_facts.enrolment_facts),
                ("lesson", _("lecciones terminadas"), learning_facts.lesson_facts),
                ("task", _("tareas de cursos"), learning_facts.task_facts),
            )
        ),
        *(
            Source(f"mentoring.{name}", label, reader, MENTORING)
            for name, label, reader in (
                ("session", _("sesiones de mentoría"), mentoring_facts.session_facts),
                ("pair", _("parejas de mentoría"), mentoring_facts.pair_facts),
                ("outcome", _("resultados de la mentoría"), mentoring_facts.outcome_facts),
            )
        ),
        Source(
            "trainers.delivery",
            _("ciclos dictados por formadores"),
            trainers_facts.delivery_facts,
            ("training.cycle", "training.cycletrainer", "training.module", *REGISTER),
        ),
        Source(
            "trainers.trainer",
            _("formadores por módulo"),
            trainers_facts.trainer_facts,
            (
                "trainers.trainer",
                "trainers.way",
                "trainers.ladderrule",
                "training.cycle",
                "training.cycletrainer",
                "training.module",
                *REGISTER,
            ),
        ),
        Source(
            "registry.enterprise",
            _("empresas registradas"),
            registry_facts.enterprise_facts,
            REGISTER,
        ),
        Source(
            "programmes.activity",
            _("actividades del programa"),
            programmes_facts.activity_facts,
            (
                "programmes.activity",
                "programmes.strategicarea",
                "registry.organisation",
                "registry.place",
                "registry.sector",
            ),
        ),
        Source(
            "improvement.kpi",
            _("valores de indicadores de empresas"),
            improvement_facts.kpi_facts,
            (*IMPROVEMENT, *REGISTER),
        ),
        Source(
            "improvement.practice",
            _("prácticas de empresas"),
            improvement_facts.practice_facts,
            (*IMPROVEMENT, *REGISTER),
        ),
        Source(
            "improvement.project",
            _("proyectos de mejora"),
            improvement_facts.project_facts,
            (*IMPROVEMENT, *REGISTER),
        ),
        Source(
            "improvement.job",
            _("empleos entre dos mediciones"),
            improvement_facts.job_facts,
            (*IMPROVEMENT, *REGISTER),
        ),
        *(
            Source(f"linkages.{name}", label, reader, (*LINKAGES, *REGISTER))
            for name, label, reader in (
                ("offer", _("ofertas de empresas"), linkages_facts.offer_facts),
                ("deal", _("negocios"), linkages_facts.deal_facts),
                ("deal_step", _("pasos de negocios"), linkages_facts.step_facts),
                ("market_step", _("pasos al mercado digital"), linkages_facts.market_step_facts),
            )
        ),
        Source(
            "rounds.meeting",
            _("reuniones de ruedas de negocios"),
            rounds_facts.meeting_facts,
            (
                "rounds.meeting",
                "rounds.slip",
                "linkages.followup",
                "linkages.deal",
                "linkages.dealstep",
                "linkages.buyer",
                *REGISTER,
            ),
        ),
        *(
            Source(f"pathways.{name}", label, reader, PATHWAYS)
            for name, label, reader in (
                ("pathway", _("rutas de empresas"), pathways_facts.pathway_facts),
                ("step", _("pasos que anotaron las empresas"), pathways_facts.step_facts),
            )
        ),
        Source(
            "partners.fee",
            _("dinero de los ciclos, por quién lo pone"),
            partners_facts.fee_facts,
            PARTNERS,
        ),
        Source(
            "partners.cycle_cost",
            _("costo completo de los ciclos"),
            partners_facts.cost_facts,
            PARTNERS,
        ),
    )
}


def read(name: str, programme_id: int | None) -> tuple[FactSchema, Iterable[tuple[Any, ...]]]:
    """Return the shape and the rows of a source, streamed."""
    published, rows = SOURCES[name].reader(programme_id)
    return _named(name, published), rows


def schemas() -> dict[str, FactSchema]:
    """Return the shape of every source; no row is read."""
    return {name: _named(name, source.reader(None)[0]) for name, source in SOURCES.items()}


def _named(name: str, published: FactSchema) -> FactSchema:
    """Return a shape under the name that declarations use."""
    return replace(published, name=name)


def models_read(names: Iterable[str]) -> frozenset[str]:
    """Return the models whose changes can move figures of these sources."""
    return frozenset(model for name in names if name in SOURCES for model in SOURCES[name].reads)
