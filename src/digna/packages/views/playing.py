"""The player's page, on our own host: the frame, and what comes out of it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.accounts.models import User
from digna.journal import actor
from digna.packages import access, hosts, selectors, tickets
from digna.packages.services import attempts as services
from digna.web.middleware import POLICY
from digna.xapi import problems, texts


@door(access.PLAY)
@require_POST
def begin(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Begin (or go on with) an attempt of one's own; an author's trial does not count."""
    package = access.package(request.user, key)
    assert isinstance(request.user, User)  # noqa: S101 — the door let only members in
    is_trial = "prueba" in request.POST and rights.may(request.user, access.AUTHOR)
    learner, anew = access.learner(request.user), "de-nuevo" in request.POST
    attempt = services.begin(
        actor=actor.of_request(request),
        version=services.version_for(package, learner, is_trial=is_trial, anew=anew),
        learner=learner,
        is_trial=is_trial,
        anew=anew,
    )
    return redirect("packages:play", attempt.public_id)


@door(access.PLAY)
@never_cache
def play(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The frame in which a part runs, in an origin from which this page cannot be reached."""
    attempt = access.attempt(request.user, key)
    number = _number(request, len(attempt.version.parts))
    origin = hosts.origin(request, attempt.version)
    home = f"{request.scheme}://{request.get_host()}"
    token, ticket = tickets.issue(attempt, home)
    parts = selectors.parts(attempt, number)
    context = {
        "attempt": attempt,
        "package": attempt.version.package,
        "parts": parts,
        "open": parts[number - 1],
        "origin": origin,
        "nonce": ticket.nonce,
        "frame_url": origin + reverse("packages:part", args=[token, number]),
        "learner": access.Learner(attempt.person, attempt.user),
    }
    response = render(request, "packages/play.html", context)
    if origin:
        response["Content-Security-Policy"] = f"{POLICY}; frame-src {origin}"
    return response


def _number(request: HttpRequest, count: int) -> int:
    told = request.GET.get("parte", "1")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 6 else 1
    return min(max(number, 1), count)


@door(access.PLAY)
@require_POST
def keep(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep what a part reported: the page sends it on from the frame."""
    attempt = access.attempt(request.user, key)
    told = _told(request)
    row = services.keep(
        actor=actor.of_request(request),
        attempt=attempt,
        key=str(told["key"]),
        sitting=told["sitting"],
        sequence=told["sequence"],
        data=told["data"],
    )
    return JsonResponse({"sequence": row.sequence, "is_complete": row.is_complete})


def _told(request: HttpRequest) -> dict[str, Any]:
    try:
        told = texts.read(request.body)
        return {
            "key": str(told["key"]),
            "sitting": uuid.UUID(str(told["sitting"])),
            "sequence": max(0, int(told["sequence"])) % 2**31,
            "data": dict(told["data"]),
        }
    except (texts.Unreadable, KeyError, TypeError, ValueError) as problem:
        raise problems.body() from problem
