"""What the list of studies and a study's summary show."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from digna.registry import names
from digna.studies import assessment_access as access
from digna.studies.models.assessments import Evidence, Finding, Study


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list says."""

    q: str = ""
    status: str = ""
    sector: str = ""
    round: str = ""


def studies(user: object, filters: Filters) -> QuerySet[Study]:
    """Return the visible studies that pass the filters, with their counts."""
    rows = _without_status(user, filters)
    if filters.status in Study.Status.values:
        rows = rows.filter(status=filters.status)
    orphan = Q(findings__decision="") | Q(findings__decision="act", findings__activity=None) & (
        Q(findings__intervention="") | Q(findings__owner="")
    )
    return (
        rows.select_related("place", "programme", "partner")
        .prefetch_related("sectors")
        .annotate(
            evidence_count=Count("evidence", distinct=True),
            finding_count=Count("findings", distinct=True),
            orphan_count=Count("findings", filter=orphan, distinct=True),
        )
        .order_by("-starts_on", "-pk")
    )


def status_counts(user: object, filters: Filters) -> dict[str, int]:
    """Return how many studies each chip would show; "" is all of them."""
    counts = Counter(_without_status(user, filters).values_list("status", flat=True))
    return {"": sum(counts.values())} | {status: counts[status] for status in Study.Status.values}


def rounds(user: object) -> list[str]:
    """Return the names of the rounds there are."""
    found = access.visible_studies(user).order_by("round").values_list("round", flat=True)
    return list(found.distinct())


def _without_status(user: object, filters: Filters) -> QuerySet[Study]:
    rows = access.visible_studies(user)
    if filters.sector:
        of_it = Study.objects.filter(sectors__code=filters.sector)
        rows = rows.filter(pk__in=of_it.values("pk"))
    if filters.round:
        rows = rows.filter(round=filters.round)
    if filters.q.strip():
        rows = rows.filter(pk__in=_named_like(rows, filters.q))
    return rows


def _named_like(rows: QuerySet[Study], text: str) -> list[int]:
    """Keys whose title or product has every word typed, accents and case aside."""
    wanted = names.fold(text).split()
    told = rows.values_list("pk", "title", "product", "round")
    return [key for key, *texts in told if all(w in names.fold(" ".join(texts)) for w in wanted)]


@dataclass(frozen=True, slots=True)
class Summary:
    """A study in figures, and the findings nobody follows up."""

    orphans: tuple[Finding, ...]
    finding_count: int
    evidence_count: int
    strong_count: int
    """Evidence of reliability A or B."""
    interview_count: int
    women: int
    sex_unknown: int
    question_count: int
    answered_count: int
    unused_count: int
    """Evidence on which no finding rests."""
    followed: tuple[Finding, ...]


def summary(study: Study) -> Summary:
    """Count what there is, the unanswered and the unused included."""
    findings = list(study.findings.select_related("activity", "cause"))
    evidence = study.evidence.aggregate(
        all=Count("pk"),
        strong=Count("pk", filter=Q(reliability__in=("A", "B"))),
        unused=Count("pk", filter=~Q(pk__in=_cited(study))),
    )
    sexes = Counter(study.interviews.values_list("sex", flat=True))
    answered = study.questions.filter(answers__isnull=False).distinct().count()
    return Summary(
        orphans=tuple(finding for finding in findings if finding.is_orphan),
        finding_count=len(findings),
        evidence_count=evidence["all"],
        strong_count=evidence["strong"],
        interview_count=sum(sexes.values()),
        women=sexes["female"],
        sex_unknown=sexes[""],
        question_count=study.questions.count(),
        answered_count=answered,
        unused_count=evidence["unused"],
        followed=tuple(finding for finding in findings if not finding.is_orphan),
    )


def _cited(study: Study) -> QuerySet[Any, int]:
    through = Finding.evidence.through
    return through._default_manager.filter(finding__study=study).values_list("evidence", flat=True)


def evidence(study: Study, kind: str = "", q: str = "") -> QuerySet[Evidence]:
    """Return the evidence of a study, the latest number first."""
    rows = study.evidence.select_related("place", "interview").order_by("-number")
    if kind in Evidence.Kind.values:
        rows = rows.filter(kind=kind)
    for word in q.split():
        rows = rows.filter(Q(source__icontains=word) | Q(says__icontains=word))
    return rows


def kind_counts(study: Study) -> dict[str, int]:
    """Return how much evidence of each kind there is; "" is all of it."""
    counts = Counter(study.evidence.values_list("kind", flat=True))
    return {"": sum(counts.values())} | {kind: counts[kind] for kind in Evidence.Kind.values}
