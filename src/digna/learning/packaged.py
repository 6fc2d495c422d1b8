"""Lessons made elsewhere: where a package of a lesson is opened, and what it reports back."""

import uuid
from decimal import Decimal

from django.urls import reverse

from digna.journal.actor import Actor
from digna.learning.models import Enrolment
from digna.learning.services import progress
from digna.packages.models import Package, PackageAttempt
from digna.packages.settling import Result

CENT = Decimal("0.01")
OF = Decimal(100)
"""Scores of packages are told of a hundred."""


def address(package: str, enrolment: Enrolment) -> str:
    """Return where the person begins or goes on with a package; "" where they cannot.

    A package is played by who signed in: a personal link opens one course and nothing else.
    """
    if enrolment.person.account_id is None:
        return ""
    row = _package(package)
    return reverse("packages:begin", args=[row.public_id]) if row is not None else ""


def _package(key: str) -> Package | None:
    try:
        return Package.objects.filter(public_id=uuid.UUID(key), withdrawn_at=None).first()
    except ValueError:
        return None


def take_in(actor: Actor, result: Result) -> None:
    """Count an attempt in every course of its person that shows the package."""
    attempt = result.attempt
    key = str(attempt.version.package.public_id)
    for enrolment in _enrolments(attempt):
        shown = {
            block.package
            for lesson in enrolment.version.course_read.lessons()
            for block in lesson.packages()
        }
        if key in shown:
            progress.record_package(
                actor=actor,
                enrolment=enrolment,
                package=key,
                is_complete=result.is_complete,
                is_passed=result.is_passed,
                score=None if result.scaled is None else (result.scaled * OF).quantize(CENT),
                score_most=None if result.scaled is None else OF,
            )


def _enrolments(attempt: PackageAttempt) -> list[Enrolment]:
    if attempt.person is None:
        return []
    rows = Enrolment.objects.filter(person=attempt.person)
    return list(
        rows.exclude(state=Enrolment.State.WITHDRAWN).select_related("version", "course", "person")
    )
