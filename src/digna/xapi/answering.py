"""What every answer of the interface carries, and how a problem is told to a program."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from digna.errors import DomainError
from digna.web.doors import public
from digna.xapi import access, asking, problems, texts
from digna.xapi.asking import VERSION_HEADER, Ask
from digna_engines.statements import values

VERSION = "1.0.3"
Answer = Callable[[Ask], HttpResponse]


def resource(
    methods: Mapping[str, Answer], *, is_open: bool = False
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the view of one resource: programs sign in themselves, no session is read."""

    @public
    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return _dressed(request, HttpResponse(status=204))
        try:
            response = _answer(asking.of_request(request), methods, is_open)
        except DomainError as problem:
            response = told(problem.status, problems.details_of(problem))
            if problem.status == 401:
                response["WWW-Authenticate"] = 'Basic realm="Digna xAPI"'
        return _dressed(request, response)

    return view


def _answer(ask: Ask, methods: Mapping[str, Answer], is_open: bool) -> HttpResponse:
    if not is_open:
        _hold_version(ask)
        ask = replace(ask, caller=access.caller(ask.headers.get("authorization", "")))
    answer = methods.get("GET" if ask.method == "HEAD" else ask.method)
    if answer is None:
        raise asking._not_offered(ask.method)
    if ask.method not in ("GET", "HEAD") and not ask.caller.may_write:
        raise problems.beyond()
    try:
        response = answer(ask)
    except IntegrityError:  # two at once kept the same id or document: the second reads the first
        response = answer(ask)
    if ask.method == "HEAD":
        length = str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
    return response


def _hold_version(ask: Ask) -> None:
    told = ask.headers.get(VERSION_HEADER.lower(), "")
    if not values.VERSION.fullmatch(told):
        raise problems.header(VERSION_HEADER)


def told(status: int, value: Any) -> HttpResponse:
    """Return JSON."""
    return HttpResponse(texts.written(value), status=status, content_type="application/json")


def _dressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response[VERSION_HEADER] = VERSION
    response["X-Experience-API-Consistent-Through"] = values.in_utc(timezone.now())
    response["Cache-Control"] = "no-store"
    origin = request.headers.get("origin", "")
    if origin and origin in settings.XAPI_ORIGINS:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Methods"] = ", ".join(asking.METHODS)
        response["Access-Control-Allow-Headers"] = ", ".join(asking.HEADERS)
        response["Access-Control-Expose-Headers"] = (
            f"ETag, Last-Modified, {VERSION_HEADER}, X-Experience-API-Consistent-Through"
        )
        patch_vary_headers(response, ("Origin",))
    return response


def moment_header(value: Any) -> str:
    """Return a moment as `Last-Modified` writes it."""
    from django.utils.http import http_date

    return http_date(value.timestamp())


quiet = functools.partial(HttpResponse, status=204)
