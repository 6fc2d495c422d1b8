"""The course of the tests, and people in it."""

import functools
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

import make
from digna.learning.models import Course, Enrolment
from digna.learning.services import enrolments, progress, tasks
from digna.programmes import kitfile
from digna.programmes.kitfile import Kit
from digna.programmes.services import kits
from digna.registry.models import Person

KIT = Path(__file__).resolve().parents[2] / "fixtures" / "kits" / "orden"
RIGHT_FIRST = {"q.q1": "a", "q.q2": ["a", "c"], "q.q3": "false", "q.q4": "120"}
RIGHT_SECOND = {
    "q.q1.separar": "1", "q.q1.ubicar": "2", "q.q1.limpiar": "3",
    "q.q2.tijera": "tijera", "q.q2.molde": "molde",
}  # fmt: skip


@functools.cache
def kit() -> Kit:
    return kitfile.read_kit(KIT)


def course() -> Course:
    """The test course, taken from its kit."""
    kits.install_kit(actor=make.actor(), kit=kit())
    return Course.objects.get(code="orden")


def enrolment(person: Person | None = None, **values: Any) -> Enrolment:
    row = values.pop("course", None) or course()
    return enrolments.enrol(
        actor=values.pop("by", make.actor()),
        course=row,
        person=person or make.person("Rosa"),
        **values,
    )


def picture(colour: str = "red", size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def finish(row: Enrolment, *, is_accepted: bool = True) -> None:
    """Do all that the course asks for."""
    act = make.actor()
    answers = {"q1": "a", "q2": ["a", "c"], "q3": "false", "q4": "120"}
    progress.answer_quiz(
        actor=act, enrolment=row, lesson="que-sobra", quiz="repaso", answers=answers
    )
    for lesson in ("que-sobra", "un-lugar"):
        progress.finish_lesson(actor=act, enrolment=row, lesson=lesson)
    task = tasks.hand_in(
        actor=act, enrolment=row, lesson="un-lugar", task="foto", text="x",
        photos=[picture()],
    )  # fmt: skip
    tasks.review(actor=act, submission=task, is_accepted=is_accepted, note="Falta.")
