"""Tasks that wait for a word: the queue, and one at a time with its photograph large."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.learning import access, forms
from digna.learning.models import TaskSubmission
from digna.learning.selectors import queue
from digna.learning.services import tasks as services

PAGE = 30


@door(access.REVIEW)
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first."""
    found = queue.waiting(access.visible_submissions(request.user))
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    return render(request, "learning/reviews.html", {"page": page})


@door(access.REVIEW)
def review(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One task: what was asked, what was shown; accept it or say what is missing."""
    row = access.submission(request.user, key)
    asked = queue.asked_of(row)
    form = forms.ReviewForm(request.POST or None, criteria=asked.criteria)
    if request.method == "POST" and form.is_valid():
        try:
            services.review(
                actor=actor.of_request(request, intention=form.intended),
                submission=row,
                is_accepted="accept" in request.POST,
                met=form.cleaned_data.get("met", []),
                note=form.cleaned_data["note"],
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            return _next(request)
    context: dict[str, Any] = {
        "submission": row,
        "asked": asked,
        "met": set(row.met),
        "photos": queue.photos_of(row),
        "earlier": queue.earlier(row),
        "form": form,
        "is_waiting": row.state == TaskSubmission.State.WAITING,
        "left": queue.waiting(access.visible_submissions(request.user)).count(),
    }
    return render(request, "learning/review.html", context, status=422 if form.errors else 200)


def _next(request: HttpRequest) -> HttpResponse:
    """The next that waits, so that a queue is worked through without going back."""
    following = queue.waiting(access.visible_submissions(request.user)).first()
    if following is None:
        messages.success(request, _("Guardado. No queda ninguna tarea por revisar."))
        return redirect("learning:reviews")
    messages.success(request, _("Guardado. Sigue la próxima."))
    return redirect(following)
