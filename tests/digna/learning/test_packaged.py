"""A package of a lesson, and what it reported: in the record of every course that shows it."""

import uuid
from decimal import Decimal
from typing import Any

import pytest

import make
import wrapped
from cast import client_of
from digna.learning import packaged
from digna.learning.models import Course, Enrolment, LessonProgress, PackageResult
from digna.learning.services import courses, enrolments
from digna.packages.access import Learner
from digna.packages.models import Package
from digna.packages.services import attempts, imports
from digna.registry.models import Person

pytestmark = pytest.mark.django_db


def declared(package: Package) -> dict[str, Any]:
    block = {"kind": "package", "package": str(package.public_id)}
    name = {"es": "Costos, hecho afuera", "en": "Costs, made elsewhere"}
    lesson = {"code": "costos", "name": name, "minutes": 10, "blocks": [block]}
    return {
        "code": "afuera",
        "version": "1",
        "name": name,
        "about": name,
        "pass": {"lessons": 1.0, "quizzes": 0, "tasks": "none"},
        "units": [{"code": "u1", "name": name, "lessons": [lesson]}],
    }


def course_with(package: Package) -> Course:
    courses.load_course(actor=make.actor(), kit="", declared=declared(package), pages={}, files={})
    return Course.objects.get(code="afuera")


def enrolled(person: Person) -> tuple[Enrolment, Package]:
    package = imports.import_package(actor=make.actor(), archive=wrapped.sent(wrapped.scorm12()))
    course = course_with(package)
    return enrolments.enrol(actor=make.actor(), course=course, person=person), package


def report(package: Package, person: Person, status: str, raw: str, n: int) -> None:
    version = attempts.newest(package)
    attempt = attempts.begin(actor=make.actor(), version=version, learner=Learner(person, None))
    attempts.keep(
        actor=make.actor(), attempt=attempt, key="P1", sitting=uuid.UUID(int=5), sequence=n,
        data={"cmi": {"core": {"lesson_status": status, "score": {"raw": raw, "max": "100"}}}},
    )  # fmt: skip


def test_completion_and_score_reach_the_record_of_the_course_once() -> None:
    person = make.person("Rosa")
    enrolment, package = enrolled(person)
    report(package, person, "incomplete", "40", 1)
    assert not LessonProgress.objects.exists()
    report(package, person, "completed", "87.5", 2)
    report(package, person, "completed", "87.5", 2)
    found = PackageResult.objects.get(enrolment=enrolment)
    assert found.is_complete
    assert (found.score, found.score_most) == (Decimal("87.50"), Decimal(100))
    assert LessonProgress.objects.get().enrolment == enrolment
    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.FINISHED


def test_somebody_else_or_another_package_changes_nothing() -> None:
    person = make.person("Rosa")
    _enrolment, package = enrolled(person)
    report(package, make.person("Otra"), "completed", "90", 1)
    assert not PackageResult.objects.exists()


def test_a_package_is_opened_by_who_signed_in_and_not_by_a_link_alone() -> None:
    user = make.user("Rosa Quispe", role="owner")
    person = make.person("Rosa")
    enrolment, package = enrolled(person)
    assert packaged.address(str(package.public_id), enrolment) == ""
    Person.objects.filter(pk=person.pk).update(account=user)
    enrolment.person.refresh_from_db()
    assert packaged.address("otra cosa", enrolment) == ""
    address = packaged.address(str(package.public_id), enrolment)
    page = client_of(user).get("/aprender/afuera/costos").content.decode()
    assert f'action="{address}"' in page
    answer = client_of(user).post(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/paquetes/intento/")
