"""Packages as screens show them: the list, one package, the player."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from digna.packages import access
from digna.packages.models import Package, PackageAttempt, PackageVersion, PartProgress
from digna.packages.standards.values import Part


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list was asked for."""

    q: str = ""
    kind: str = ""
    state: str = ""


def packages(user: object, filters: Filters) -> QuerySet[Package]:
    """Return the packages of the list, each with its version in use and how many finished it."""
    newest = PackageVersion.objects.filter(package=OuterRef("pk")).order_by("-number")
    counted = Q(versions__attempts__is_trial=False)
    rows = _filtered(access.visible_packages(user), filters)
    return rows.annotate(
        version_number=Subquery(newest.values("number")[:1]),
        size=Subquery(newest.values("size")[:1]),
        attempt_count=Count("versions__attempts", filter=counted, distinct=True),
        done_count=Count(
            "versions__attempts",
            filter=counted & Q(versions__attempts__completed_at__isnull=False),
            distinct=True,
        ),
    ).order_by("title", "pk")


def _filtered(rows: QuerySet[Package], filters: Filters) -> QuerySet[Package]:
    if filters.q:
        rows = rows.filter(title__icontains=filters.q)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    return rows.filter(withdrawn_at__isnull=filters.state != "retirados")


def versions(package: Package) -> list[PackageVersion]:
    """Return the versions of a package, the newest first, each with its attempts counted."""
    counted = Count("attempts", filter=Q(attempts__is_trial=False))
    return list(
        package.versions.select_related("added_by")
        .annotate(attempt_count=counted)
        .order_by("-number")
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How many attempts there are, are finished, passed, and have a score."""

    count: int
    done: int
    passed: int
    judged: int
    last_at: object


def standing(rows: QuerySet[PackageAttempt]) -> Standing:
    """Return how the attempts at a package stand."""
    told = rows.order_by().aggregate(
        count=Count("pk"),
        done=Count("pk", filter=Q(completed_at__isnull=False)),
        passed=Count("pk", filter=Q(is_passed=True)),
        judged=Count("pk", filter=Q(is_passed__isnull=False)),
        last=Max("last_at"),
    )
    return Standing(told["count"], told["done"], told["passed"], told["judged"], told["last"])


@dataclass(frozen=True, slots=True)
class PlayedPart:
    """One part on the player's list: whether it is done, and whether it is the one that is open."""

    number: int
    part: Part
    progress: PartProgress | None
    is_open: bool
    is_done: bool


def parts(attempt: PackageAttempt, number: int) -> Sequence[PlayedPart]:
    """Return the parts of an attempt, of which `number` is open."""
    rows: Mapping[str, PartProgress] = {row.key: row for row in attempt.progress.all()}
    found = []
    for place, part in enumerate(attempt.version.pieces, start=1):
        row = rows.get(part.key)
        is_done = row is not None and (row.is_complete is True or row.satisfied_at is not None)
        found.append(PlayedPart(place, part, row, place == number, is_done))
    return found
