"""A learner's screens: my courses, a course, a lesson, what is taken along without signal."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.accounts.doors import signed_in
from digna.errors import NotVisible
from digna.journal import actor
from digna.learning import access, contents, taking_along
from digna.learning.models import Enrolment
from digna.learning.selectors import home as home_selectors
from digna.learning.selectors import lessons as lesson_selectors
from digna.learning.services import enrolments as services
from digna.programmes import kit_media
from digna.web import limits
from digna.web.doors import public
from digna.web.forms import Form

LANGUAGE = "learning_language"


@public
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """My courses, and where I go on; to a stranger, how to come in."""
    found = access.learner(request)
    language = language_of(request)
    mine = list(found.enrolments()) if found is not None else []
    context = {
        "learner": found,
        "cards": home_selectors.cards(mine, language),
        "open_courses": home_selectors.open_courses(mine) if found and not found.token else [],
        "form": Form(),
    } | frame(request)
    return render(request, "learning/home.html", context)


@public
@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link: from now on this browser learns as that person."""
    try:
        row = access.enrolment_by_token(token)
    except NotVisible:
        limits.count_try(request, "learning:link")
        raise
    request.session[access.LINK] = token
    return redirect("learning:course_page", row.course.code)


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Stop learning as the person of a link: the telephone goes to somebody else."""
    request.session.pop(access.LINK, None)
    return redirect("learning:home")


@signed_in
@require_POST
def begin(request: HttpRequest, course: str) -> HttpResponse:
    """Enrol oneself in a course that goes at one's own pace."""
    found = access.learner(request)
    rows = home_selectors.open_courses([]) if found is not None and not found.token else []
    row = next((one for one in rows if one.code == course), None)
    if row is None or found is None:
        raise NotVisible("learning.not_visible", _("No hay tal curso, o no le toca verlo."))
    form = Form(request.POST)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        services.enrol(actor=act, course=row, person=found.person)
    return redirect("learning:course_page", course)


@public
@never_cache
def course_page(request: HttpRequest, course: str) -> HttpResponse:
    """A course: units, n of N, what passing asks for, the certificate."""
    row = access.own_enrolment(request, course)
    return render(request, "learning/course.html", course_context(request, row))


def course_context(request: HttpRequest, row: Enrolment) -> dict[str, Any]:
    """What the page of a course shows."""
    language = language_of(request, row)
    page = home_selectors.course_page(row, language)
    return {
        "enrolment": row,
        "page": page,
        "card": page.card,
        "tongue": language,
        "languages": [(one, contents.LANGUAGES[one]) for one in contents.languages_of(row.version)],
        "newer": row.course.current if _may_take_newer(row) else None,
        "form": Form(),
    } | frame(request)


def _may_take_newer(row: Enrolment) -> bool:
    is_under_way = row.state == Enrolment.State.ACTIVE
    return is_under_way and row.course.current_id not in (None, row.version_id)


@public
@require_POST
def take_newer(request: HttpRequest, course: str) -> HttpResponse:
    """Go on with the version in use; lessons of the same code stay done."""
    row = access.own_enrolment(request, course)
    form = Form(request.POST)
    current = row.course.current
    if form.is_valid() and current is not None:
        act = actor.of_request(request, intention=form.intended)
        services.take_version(actor=act, enrolment=row, version=current)
        messages.success(request, _("Ya sigue con la versión nueva. Lo hecho no se pierde."))
    return redirect("learning:course_page", course)


@public
@never_cache
def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """A lesson: one page, readable without a program, whole for who has no signal."""
    row = access.own_enrolment(request, course)
    context = lesson_context(request, row, lesson)
    return render(request, "learning/lesson.html", context)


def lesson_context(request: HttpRequest, row: Enrolment, code: str) -> dict[str, Any]:
    """What the page of a lesson shows.

    Raises:
        NotVisible: `learning.no_such_lesson`.
    """
    language = language_of(request, row)
    page = lesson_selectors.lesson_page(row.version, code, language, row)
    if page is None:
        raise NotVisible(
            "learning.no_such_lesson",
            _("El curso no tiene esa lección. Vuelva a la lista de lecciones."),
        )
    return {
        "enrolment": row,
        "course": row.course,
        "course_name": row.version.course_read.name.get(language, row.course.name_es),
        "page": page,
        "tongue": language,
        "is_open": row.is_open,
        "form": Form(),
    } | frame(request)


@public
@never_cache
def take_along(request: HttpRequest, course: str) -> HttpResponse:
    """Everything a course needs without signal: addresses, bytes, where the person stands."""
    row = access.own_enrolment(request, course)
    language = language_of(request, row)
    pages = {
        taking_along.course_address(row): render_to_string(
            "learning/course.html", course_context(request, row), request
        )
    }
    for one in row.version.course_read.lessons():
        context = lesson_context(request, row, one.code)
        address = taking_along.lesson_address(row, one.code)
        pages[address] = render_to_string("learning/lesson.html", context, request)
    told = taking_along.manifest(
        row, language, {url: len(page.encode()) for url, page in pages.items()},
        with_video="video" in request.GET,
    )  # fmt: skip
    return JsonResponse(told)


@public
def media(request: HttpRequest, digest: str, path: str) -> FileResponse:
    """A file of a course: the same for ever at its address, and harmless when opened alone."""
    row = access.media(digest, path)
    kind = kit_media.TYPES[kit_media.ending(row.name)]
    reply = FileResponse(row.file.open("rb"), content_type=kind)
    reply["Cache-Control"] = "public, max-age=31536000, immutable"
    reply["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


@public
@never_cache
def photo(request: HttpRequest, key: int) -> FileResponse:
    """A photograph of a task, to who took it and to who reviews it."""
    row = access.photo(request, key)
    return FileResponse(row.file.open("rb"), content_type="image/jpeg")


def language_of(request: HttpRequest, row: Enrolment | None = None) -> str:
    """Return the language of lessons: as asked for just now, as chosen before, as the screen's."""
    asked = request.GET.get("idioma", "")
    if asked in contents.LANGUAGES:
        request.session[LANGUAGE] = asked
    usual = "en" if (get_language() or "").startswith("en") else "es"
    chosen = request.session.get(LANGUAGE, usual)
    if row is not None and chosen not in contents.languages_of(row.version):
        return "es"
    return chosen if chosen in contents.LANGUAGES else usual


def frame(request: HttpRequest) -> dict[str, Any]:
    """The base of a learner's page: rooms around it for who has an account and no link open."""
    is_inside = request.user.is_authenticated and not request.session.get(access.LINK)
    return {
        "base": "web/base.html" if is_inside else "web/base_public.html",
        "by_link": request.session.get(access.LINK, ""),
    }
