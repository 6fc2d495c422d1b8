"""What a learner sends from a lesson; each is taken by `doing`, as from a telephone."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from digna.errors import Refused
from digna.journal import actor
from digna.learning import access, arrivals, doing
from digna.learning.models import Enrolment, QuizAttempt
from digna.learning.views import learn
from digna.web.doors import public
from digna.web.forms import Form, told

Do = Callable[[actor.Actor, Enrolment, Mapping[str, Any], Any], object]


@public
@require_POST
def finish(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """«Terminé la lección»."""
    return _done(request, course, lesson, doing.finish_lesson, "fin")


@public
@require_POST
def answer(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The answers to a quiz."""
    return _done(request, course, lesson, doing.answer_quiz, request.POST.get("quiz", ""))


@public
@require_POST
def mark(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The lines ticked of a checklist."""
    return _done(request, course, lesson, doing.mark_checklist, request.POST.get("checklist", ""))


@public
@require_POST
def hand_in(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """A task, with its photographs."""
    return _done(request, course, lesson, doing.hand_in_task, request.POST.get("task", ""))


def _done(request: HttpRequest, course: str, lesson: str, do: Do, block: str) -> HttpResponse:
    row = access.own_enrolment(request, course)
    form = Form(request.POST)
    is_json = "application/json" in request.headers.get("accept", "")
    act = actor.of_request(request, intention=form.intended if form.is_valid() else None)
    values = request.POST.copy()
    values["lesson"] = lesson
    try:
        made = do(act, row, values, request.FILES)
    except Refused as problem:
        if is_json:
            raise  # the middleware answers in JSON
        return _refused(request, row, lesson, problem)
    row.refresh_from_db()
    if is_json:
        return JsonResponse(arrivals.receipt(made, row))
    messages.success(request, _words(made))
    return _onwards(row, course, lesson, block)


def _refused(request: HttpRequest, row: Enrolment, lesson: str, problem: Refused) -> HttpResponse:
    """The lesson again, with what was typed and what to do about it."""
    context = learn.lesson_context(request, row, lesson) | {
        "problem": told(problem),
        "problem_in": request.POST.get("quiz") or request.POST.get("task") or "",
        "typed": request.POST.get("text", ""),
    }
    return render(request, "learning/lesson.html", context, status=problem.status)


def _words(made: object) -> str:
    if isinstance(made, QuizAttempt):
        right = made.right_count
        words = ngettext(
            "%(right)s respuesta correcta de %(total)s.",
            "%(right)s respuestas correctas de %(total)s.",
            right,
        )
        return words % {"right": right, "total": made.question_count}
    return _("Guardado.")


def _onwards(row: Enrolment, course: str, lesson: str, block: str) -> HttpResponse:
    """After a lesson, to the course; after a block, back to it."""
    if block == "fin":
        return redirect("learning:course_page", course)
    return redirect(f"{reverse('learning:lesson', args=[course, lesson])}#{block}")
