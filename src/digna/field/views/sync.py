"""What a telephone sends and asks: intentions, pieces of files, what became of what it sent.

Only the grant says who sends; a session's cookie counts nothing here, except where a telephone is
made known.
"""

import logging
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from functools import wraps
from types import MappingProxyType
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST

from digna.accounts.doors import signed_in
from digna.accounts.models import User
from digna.errors import DomainError, NotAllowed
from digna.field import (
    envelopes,
    grants,
    installation,
    outcomes,
    parcels,
    parts,
    reception,
    recovery,
    telephones,
    throttling,
    unpacking,
)
from digna.field.envelopes import Envelope
from digna.field.grants import Bearer
from digna.field.services import devices
from digna.journal import actor
from digna.web.doors import View, public

logger = logging.getLogger("digna.field")
EMPTY: Mapping[str, Any] = MappingProxyType({})
JUST_NOW = 600
"""Seconds since a sign-in within which a forgotten PIN can be got round."""
Told = dict[str, Any]
SIGNED_OUT = frozenset({"field.grant.over", "field.device.revoked"})
NOT_NOW = frozenset({429, 503})
WAIT = "30"
"""Seconds until it is worth asking again."""
BROKEN = (OperationalError, InterfaceError, OSError, MemoryError)


def telephone_asks(ask: Callable[..., Told]) -> View[...]:
    """Turn what a telephone is told, or refused, into JSON with who the server is and the hour."""

    @csrf_exempt
    @never_cache
    @gzip_page
    @wraps(ask)
    def answered(request: HttpRequest, **parameters: Any) -> HttpResponse:
        return _answer(request, ask, parameters)

    return public(answered)


def _answer(
    request: HttpRequest, ask: Callable[..., Told], parameters: Mapping[str, Any] = EMPTY
) -> HttpResponse:
    with suppress(*BROKEN):
        installation.notice(_saw(request))
    told, status = _told(ask, request, parameters)
    headers = {"Retry-After": WAIT} if status in NOT_NOW else {}
    return JsonResponse(told | _server(request, status), status=status, headers=headers)


def _told(
    ask: Callable[..., Told], request: HttpRequest, parameters: Mapping[str, Any]
) -> tuple[Told, int]:
    try:
        return ask(request, **parameters), 200
    except UnreadablePostError:
        return {"state": "later"}, 400  # the line broke: nobody hears this
    except RequestDataTooBig:
        problem: DomainError = unpacking.too_large()
    except (SuspiciousOperation, TooManyFilesSent, MultiPartParserError):
        problem = unpacking.unreadable()
    except DomainError as refused:
        problem = refused
    except BROKEN:
        logger.exception("no room or no database")
        problem = parts.full()
    logger.info("refused %s: %s %s", problem.code, request.method, request.path)
    told = {"state": "refused", "code": problem.code, "message": str(problem.message)}
    have = {"have": problem.details["have"]} if "have" in problem.details else {}
    return told | have, _status(problem)


def _status(problem: DomainError) -> int:
    if problem.code in SIGNED_OUT:
        return 401
    return problem.status if problem.status in {409, *NOT_NOW} else 422


def _server(request: HttpRequest, status: int) -> Told:
    """Who answers and at what hour; a server that cannot write says the hour alone."""
    now = {"now": timezone.now().isoformat()}
    if status in NOT_NOW:
        return now
    try:
        return now | {"server": installation.told(_saw(request))}
    except BROKEN:
        return now


def _saw(request: HttpRequest) -> str:
    return request.headers.get("x-digna-seen", "")[:200]


def _bearer(request: HttpRequest) -> Bearer | None:
    """Return who sends; None for whoever has only a personal link.

    Raises:
        NotAllowed: `field.grant.over`, `field.device.revoked`; TooOften: `field.too_often`.
    """
    given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    found = grants.bearer(given) if given else None
    throttling.count(f"user {found.user.pk}" if found else request.META.get("REMOTE_ADDR", ""))
    return found


def _signed_bearer(request: HttpRequest) -> Bearer:
    found = _bearer(request)
    if found is None:
        raise grants.over()
    return found


@require_POST
@telephone_asks
def sync(request: HttpRequest) -> Told:
    """Take in one intention."""
    bearer = _bearer(request)
    unpacking.unpack(request)
    given = request.POST
    user = bearer.user if bearer is not None else None
    telephone = envelopes.read_key(given.get("device", ""))
    telephones.seen(bearer, telephone, given.get("waiting", ""))
    ahead = parcels.announced(given.get("parts", ""))
    if ahead and user is None:
        raise grants.over()
    envelope = _envelope(request, user, telephone)
    answer = reception.answered_before(envelope)
    if answer is None and user is not None and (missing := parcels.missing(user, ahead)):
        return {"state": "parts", "missing": missing}
    if answer is None:
        with parcels.joined(user, ahead, request.FILES) as files:
            answer = reception.receive(replace(envelope, files=files))
    if user is not None and answer.state != "later":
        parts.forget(user, [one.digest for one in ahead])
    return asdict(answer)


def _envelope(request: HttpRequest, user: User | None, telephone: uuid.UUID | None) -> Envelope:
    given = request.POST
    at = envelopes.done_at(given.get("at", ""), timezone.now(), given.get("sent", ""))
    actor = envelopes.actor_of(
        user=user,
        device=request.headers.get("user-agent", "")[:100],
        intention=envelopes.read_id(given.get("id", "")),
        at=at,
    )
    base = given.get("base", "")
    return Envelope(
        actor=actor,
        action=given.get("action", ""),
        values=envelopes.read_values(given.get("values", "{}")),
        files=request.FILES,
        base=envelopes.read_lists(base) if base else None,
        after=envelopes.read_after(given.get("after", "")),
        telephone=telephone,
        seq=envelopes.read_number(given.get("seq", "")),
    )


@require_http_methods(["GET", "PATCH"])
@telephone_asks
def part(request: HttpRequest, digest: str) -> Told:
    """Tell how much of a large file is here, or take in its next piece."""
    parts.check_name(digest)
    bearer = _signed_bearer(request)
    if request.method == "GET":
        have, size = parts.have(bearer.user, digest)
        return {"have": have, "size": size}
    if int(request.META.get("CONTENT_LENGTH") or 0) > parts.PIECE:
        raise unpacking.too_large()
    offset = envelopes.read_number(request.headers.get("upload-offset", ""))
    length = envelopes.read_number(request.headers.get("upload-length", ""))
    have = parts.add(
        bearer.user,
        digest,
        offset=-1 if offset is None else offset,
        length=-1 if length is None else length,
        piece=request.read(parts.PIECE + 1),
    )
    return {"have": have}


@require_POST
@telephone_asks
def known(request: HttpRequest) -> Told:
    """Tell what became of what a telephone sent."""
    bearer = _signed_bearer(request)
    unpacking.unpack(request)
    found = envelopes.read_json(request.body)
    telephones.seen(bearer, envelopes.read_key(str(found.get("device", ""))),
                    str(found.get("waiting", "")))  # fmt: skip
    return {"items": outcomes.of(bearer.user, outcomes.read(found))}


@signed_in
@require_POST
def device(request: HttpRequest) -> HttpResponse:
    """Make this telephone known for whoever is signed in, and let it send for them."""
    return _answer(request, _registered)


def _registered(request: HttpRequest) -> Told:
    user = _user(request)
    found = envelopes.read_json(request.body)
    telephone = envelopes.read_id(str(found.get("device", "")))
    devices.register_device(
        actor=actor.of_request(request),
        user=user,
        telephone=telephone,
        name=str(found.get("name", ""))[:80],
        key=str(found.get("recovery", "")),
    )
    grant = grants.give(user, telephone)
    return {
        "person": str(user.public_id),
        "name": user.name,
        "device": str(telephone),
        "grant": grant,
    }


@signed_in
@require_POST
@never_cache
def recover(request: HttpRequest) -> HttpResponse:
    """Give the key of a person's outbox on this telephone to who has just signed in."""
    return _answer(request, _recovered)


def _recovered(request: HttpRequest) -> Told:
    user = _user(request)
    found = envelopes.read_json(request.body)
    row = telephones.own(user, envelopes.read_key(str(found.get("device", ""))))
    if not _just_signed_in(request):
        raise NotAllowed(
            "field.recovery.sign_in",
            _("Para recuperar lo guardado, salga y entre otra vez con su cuenta."),
        )
    devices.note_opened_again(actor=actor.of_request(request), device=row)
    return {"recovery": recovery.opened(row.recovery)}


def _just_signed_in(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < JUST_NOW for record in records)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — the door saw to it
    return request.user
