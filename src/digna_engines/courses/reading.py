"""Reads a course from its declaration, or says every fault in it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from digna_engines.courses import blocks
from digna_engines.courses.content import Course, Lesson, Passing, Unit
from digna_engines.courses.noticing import Found, Noticing, Place
from digna_engines.errors import DeclarationError, Fault

MODES = ("self_paced", "cohort", "blended")
TASKS = ("accepted", "handed_in", "none")
RESERVED = frozenset({"mi", "medios", "fotos", "salir", "llevar", "comenzar", "version"})
"""Words that stand in addresses where the code of a course or a lesson would stand."""

_COURSE = frozenset(
    {
        "code", "version", "name", "about", "audience", "mode", "module", "pass", "hours",
        "sources", "checked_on", "certainty", "units",
    }
)  # fmt: skip


def read_course(declared: Mapping[str, Any]) -> Course:
    """The course that was declared.

    Raises:
        DeclarationError: with every fault, each with its path.

    >>> read_course({"code": "orden"})
    Traceback (most recent call last):
    ...
    digna_engines.errors.DeclarationError: declaration.faulty: orden: 4 fault(s): \
version: “version” is missing. Fill it in.; name: “name” is missing. Fill it in.; \
about: “about” is missing. Fill it in.; units: It needs at least 1. Add what is missing.
    """
    seen = Noticing()
    course = _course(declared, seen)
    if seen.found:
        raise DeclarationError(
            str(declared.get("code") or "?"),
            [Fault(one.path, one.code, one.es, one.en) for one in seen.found],
        )
    return course


def faults_of(declared: Mapping[str, Any]) -> tuple[Found, ...]:
    """Every fault of a declaration, with the way to it as keys and positions."""
    seen = Noticing()
    _course(declared, seen)
    return tuple(seen.found)


def _course(declared: Mapping[str, Any], seen: Noticing) -> Course:
    seen.keys(declared, _COURSE, ())
    course = Course(
        code=_free_code(declared, (), seen),
        version=_version(declared, seen),
        name=seen.text(declared, "name", ()),
        about=seen.text(declared, "about", ()),
        audience=seen.text(declared, "audience", (), needed=False),
        mode=seen.option(declared, "mode", (), MODES, "self_paced"),
        module=seen.code(declared, (), "module") if declared.get("module") else "",
        passing=_passing(declared, seen),
        hours=seen.number(declared, "hours", (), most=400),
        units=tuple(_unit(row, here, seen) for row, here in seen.rows(declared, "units", ())),
    )
    _codes_once(course, seen)
    return course


def _version(declared: Mapping[str, Any], seen: Noticing) -> str:
    value = declared.get("version")
    if isinstance(value, str) and value.strip():
        return value.strip()
    seen.missing(("version",))
    return ""


def _free_code(declared: Mapping[str, Any], place: Place, seen: Noticing) -> str:
    code = seen.code(declared, place)
    if code in RESERVED:
        es = f"«{code}» ya tiene otro uso en las direcciones. Dé otro código."
        en = f"“{code}” has another use in addresses. Give another code."
        seen.blame((*place, "code"), "reserved", es, en)
    return code


def _passing(declared: Mapping[str, Any], seen: Noticing) -> Passing:
    if declared.get("pass") is None:
        return Passing()
    place: Place = ("pass",)
    told = seen.group(declared["pass"], place)
    seen.keys(told, ("lessons", "quizzes", "tasks"), place)
    lessons = seen.number(told, "lessons", place, most=1, usual=Decimal(1))
    quizzes = seen.number(told, "quizzes", place, most=1, usual=Decimal("0.6"))
    return Passing(
        lessons=lessons if lessons is not None else Decimal(1),
        quizzes=quizzes if quizzes is not None else Decimal("0.6"),
        tasks=seen.option(told, "tasks", place, TASKS, "accepted"),
    )


def _unit(row: Mapping[str, Any], place: Place, seen: Noticing) -> Unit:
    seen.keys(row, ("code", "name", "lessons"), place)
    return Unit(
        code=seen.code(row, place),
        name=seen.text(row, "name", place),
        lessons=tuple(_lesson(one, here, seen) for one, here in seen.rows(row, "lessons", place)),
    )


def _lesson(row: Mapping[str, Any], place: Place, seen: Noticing) -> Lesson:
    seen.keys(row, ("code", "name", "goal", "minutes", "blocks"), place)
    minutes = seen.number(row, "minutes", place, least=1, most=240)
    if minutes is None:
        seen.missing((*place, "minutes"))
    return Lesson(
        code=_free_code(row, place, seen),
        name=seen.text(row, "name", place),
        goal=seen.text(row, "goal", place, needed=False),
        minutes=int(minutes or 1),
        blocks=blocks.read_blocks(row, place, seen),
    )


def _codes_once(course: Course, seen: Noticing) -> None:
    seen.once((unit.code, ("units", at)) for at, unit in enumerate(course.units))
    seen.once(
        (lesson.code, ("units", at, "lessons", number))
        for at, unit in enumerate(course.units)
        for number, lesson in enumerate(unit.lessons)
    )
