"""Courses for who teaches: the list, and one with its versions, groups and people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.journal import actor
from digna.learning import access
from digna.learning.models import Enrolment
from digna.learning.selectors import boards, catalogue, queue
from digna.learning.services import courses as services
from digna.web.forms import Form

PAGE = 50


@door(access.SEE)
def courses(request: HttpRequest) -> HttpResponse:
    """The courses there are, how many take them, what waits for a word."""
    user = request.user
    groups = boards.groups(access.visible_groups(user), state="abiertos")
    context = {
        "courses": catalogue.lines(access.visible_courses(user), access.visible_enrolments(user)),
        "groups": list(groups[:8]),
        "waiting": queue.waiting(access.visible_submissions(user)).count(),
        "may_author": rights.may(user, access.AUTHOR),
        "may_enrol": rights.may(user, access.ENROL),
        "form": Form(),
    }
    return render(request, "learning/courses.html", context)


@door(access.SEE)
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course: what it holds, its versions, its groups, who takes it."""
    row = access.course(request.user, code)
    people = access.visible_enrolments(request.user).filter(course=row)
    state = request.GET.get("estado", "")
    shown = people.filter(state=state) if state in Enrolment.State.values else people
    page = Paginator(shown.select_related("person", "enterprise", "group"), PAGE).get_page(
        request.GET.get("pagina")
    )
    context = {
        "course": row,
        "outline": catalogue.outline(row.current) if row.current is not None else None,
        "versions": list(row.versions.defer("content").select_related("made_by")[:20]),
        "groups": list(boards.groups(access.visible_groups(request.user).filter(course=row))[:20]),
        "page": page,
        "filters": catalogue.chips(request, people),
        "may_author": rights.may(request.user, access.AUTHOR),
        "may_enrol": rights.may(request.user, access.ENROL),
        "form": Form(),
    }
    return render(request, "learning/course_inside.html", context)


@door(access.AUTHOR)
@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Take a course out of use, or put it back."""
    row = access.course(request.user, code)
    form = Form(request.POST)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        if row.retired_on is None:
            services.retire(actor=act, course=row)
            messages.success(request, _("Retirado: quienes lo están llevando siguen."))
        else:
            services.reinstate(actor=act, course=row)
            messages.success(request, _("El curso está otra vez en uso."))
    return redirect("learning:course", code)
