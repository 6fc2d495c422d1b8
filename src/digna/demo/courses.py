"""The demo's courses: a group that learns on its telephones, at every pace there is.

Courses come with kits; where no kit brings one, there is nothing to show and nothing is written.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from digna.accounts.models import User
from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.learning.models import Course, Enrolment, Group, TaskSubmission
from digna.learning.services import enrolments, groups, progress, tasks
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation, Person
from digna.registry.models.people import Affiliation
from digna_engines import courses

FIRST = "mejora-continua"
PACES = ("1.0", "1.0", "1.0", "0.7", "0.6", "0.5", "0.35", "0.25", "0.1", "0")
"""How much of the course each of the group did: what decides who is behind."""


def load(actor: Actor, draw: Draw, programme: Programme) -> Group | None:
    """Open a group of the first course there is; about two seconds."""
    course = _course()
    if course is None:
        return None
    began = actor.at - timedelta(days=40)
    trainer = User.objects.filter(email="formadora@demo.example").first()
    group = groups.open_group(
        actor=_on(actor, began),
        course=course,
        name="Talleres de La Paz y El Alto",
        starts_on=timezone.localdate(began),
        due_on=timezone.localdate(actor.at) + timedelta(days=20),
        programme=programme,
        partner=Organisation.objects.filter(is_partner=True).order_by("code").first(),
        trainer=trainer,
    )
    people = _people(draw)
    seat_people(actor=_on(actor, began), group=group, people=people)
    learn(actor=actor, group=group)
    _owner(actor, course)
    return group


def _course() -> Course | None:
    rows = Course.objects.filter(retired_on=None).exclude(current=None)
    return rows.filter(code=FIRST).first() or rows.order_by("pk").first()


def _people(draw: Draw) -> list[tuple[Person, Enterprise]]:
    """Some people of firms, with the firm they are of."""
    rows = (
        Affiliation.objects.filter(enterprise__isnull=False, ends_on=None)
        .filter(person__merged_into=None, person__erased_at=None, person__account=None)
        .select_related("person", "enterprise")
        .order_by("pk")
    )
    found: dict[int, tuple[Person, Enterprise]] = {}
    for row in rows[:80]:
        if row.enterprise is not None:
            found.setdefault(row.person_id, (row.person, row.enterprise))
    return draw.chance.sample(sorted(found.values(), key=lambda one: one[0].pk),
                              min(len(PACES), len(found)))  # fmt: skip


@writes("demo.courses.seated")
def seat_people(*, actor: Actor, group: Group, people: list[tuple[Person, Enterprise]]) -> int:
    """Enrol the group."""
    for person, firm in people:
        enrolments.enrol(
            actor=actor, course=group.course, person=person, enterprise=firm, group=group
        )
    return len(people)


@writes("demo.courses.learned")
def learn(*, actor: Actor, group: Group) -> int:
    """Let each go as far as their pace; the last step of some waits for a word."""
    rows = list(group.enrolments.select_related("course", "version").order_by("pk"))
    for number, (row, pace) in enumerate(zip(rows, PACES, strict=False)):
        _learn(actor, row, Decimal(pace), number)
    return len(rows)


def _learn(actor: Actor, row: Enrolment, pace: Decimal, number: int) -> None:
    lessons = list(row.version.course_read.lessons())
    for at, lesson in enumerate(lessons[: int(len(lessons) * pace)]):
        day = actor.at - timedelta(days=38 - number - at * 3, hours=number)
        _do_lesson(_on(actor, min(day, actor.at)), row, lesson, is_slow=number % 3 == 2)
        _hand_in(actor, row, lesson, day, is_whole=pace == 1 and number != 2)


def _do_lesson(who: Actor, row: Enrolment, lesson: courses.Lesson, *, is_slow: bool) -> None:
    for quiz in lesson.quizzes():
        answers = {one.code: _right(one) for one in quiz.questions}
        if is_slow:
            answers.pop(quiz.questions[0].code)
        if answers:
            progress.answer_quiz(
                actor=who, enrolment=row, lesson=lesson.code, quiz=quiz.code, answers=answers
            )
    progress.finish_lesson(actor=who, enrolment=row, lesson=lesson.code)


def _right(question: courses.Question) -> Any:
    if question.kind == "one":
        return next(option.code for option in question.options if option.is_right)
    if question.kind == "many":
        return [option.code for option in question.options if option.is_right]
    if question.kind == "order":
        return [option.code for option in question.options]
    if question.kind == "match":
        return {pair.code: pair.code for pair in question.pairs}
    return str(question.is_true).lower() if question.kind == "true_false" else str(question.number)


def _hand_in(
    actor: Actor, row: Enrolment, lesson: courses.Lesson, day: datetime, *, is_whole: bool
) -> None:
    for task in lesson.tasks():
        made = tasks.hand_in(
            actor=_on(actor, min(day, actor.at)),
            enrolment=row,
            lesson=lesson.code,
            task=task.code,
            text="Lo hicimos entre todas un lunes temprano. Nos tomó una hora.",
            photos=[_photo(row.pk)] if task.photo == "required" else [],
        )
        if is_whole:
            _review(actor, made, met=[one.code for one in task.criteria])


def _review(actor: Actor, made: TaskSubmission, met: list[str]) -> None:
    tasks.review(
        actor=_on(actor, made.at + timedelta(days=1)),
        submission=made,
        is_accepted=True,
        met=met,
        note="Se ve muy bien. Manténganlo así cada semana.",
    )


def _photo(seed: int) -> bytes:
    """A drawn workbench: no photograph of anybody."""
    picture = Image.new("RGB", (320, 240), (243, 240, 232))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 150, 300, 220), fill=(125, 82, 0))
    for at in range(4):
        left = 34 + at * 66
        colour = ((11, 85, 99), (176, 21, 89), (30, 107, 58), (90, 99, 114))[(at + seed) % 4]
        pen.rectangle((left, 70, left + 46, 148), outline=(27, 35, 48), width=2)
        pen.rectangle((left + 8, 92, left + 38, 146), fill=colour)
    out = BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()


def _owner(actor: Actor, course: Course) -> None:
    """Who signs in as the owner learns too, alone."""
    person = Person.objects.filter(account__email="empresaria@demo.example").first()
    if person is None:
        return
    row = enrolments.enrol(actor=actor, course=course, person=person)
    first = next(row.version.course_read.lessons())
    _do_lesson(actor, row, first, is_slow=True)


def _on(actor: Actor, at: datetime) -> Actor:
    return Actor(user=actor.user, at=at, device=actor.device, reason="datos sintéticos")
