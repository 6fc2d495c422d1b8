"""What runs in the frame, on the host of content: no session nor cookie, a ticket instead."""

import mimetypes
import re
import uuid
from typing import Any, TypeVar

from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from digna.journal import actor as journal
from digna.packages import hosts, records, tickets
from digna.packages.access import Learner
from digna.packages.models import Package, PackageAttempt, PartProgress, UnitSession
from digna.packages.services import units
from digna.packages.standards import archive, runtime
from digna.packages.standards.values import Broken, Part
from digna.web.doors import public
from digna.xapi import texts
from digna.xapi.services import keys

Answer = TypeVar("Answer", bound=HttpResponseBase)
MOST_PIECE = 4 * 1024 * 1024


def _dressed(ticket: tickets.Ticket, response: Answer) -> Answer:
    """Say what content may do: whatever it likes within its own origin, nothing beyond."""
    response["Content-Security-Policy"] = (
        "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' data: "
        "blob:; frame-src 'self' data: blob:; form-action 'self'; base-uri 'self'; "
        f"object-src 'none'; worker-src blob:; frame-ancestors 'self' {ticket.home}; "
        "sandbox allow-scripts allow-forms allow-same-origin allow-modals"
    )
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _attempt(request: HttpRequest, token: str) -> tuple[tickets.Ticket, PackageAttempt]:
    """Return what a ticket stands for, if it is shown at the host of its own version."""
    ticket = tickets.read(token)
    rows = PackageAttempt.objects.select_related("version__package", "person", "user")
    row = rows.filter(public_id=ticket.attempt).first()
    if row is None or not hosts.is_of(request, row.version):
        raise tickets.gone()
    return ticket, row


@public
@xframe_options_exempt
@require_safe
def part(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """One part: the runtime it speaks to with the part in a frame of the same origin.

    A cmi5 unit is launched: it needs no runtime, and each opening is a session of its own.
    """
    ticket, attempt = _attempt(request, token)
    pieces = attempt.version.pieces
    if not 1 <= number <= len(pieces):
        raise tickets.gone()
    one = pieces[number - 1]
    address = _address(token, one)
    kind = attempt.version.package.kind
    if kind == Package.Kind.CMI5:
        return HttpResponseRedirect(_launched(request, token, attempt, one, address))
    context = {
        "kind": kind,
        "title": one.title,
        "told": {
            "kind": kind,
            "key": one.key,
            "nonce": ticket.nonce,
            "home": ticket.home,
            "sitting": str(uuid.uuid4()),
            "address": address,
            "base": reverse("packages:file", args=[token, "x"])[:-2],
            "cmi": _starting(attempt, one, kind),
            "title": one.title,
            "activity": records.activity_id(attempt),
            "learner": Learner(attempt.person, attempt.user).name,
            "learner_id": Learner(attempt.person, attempt.user).key,
        },
    }
    return _dressed(ticket, render(request, "packages/shell.html", context))


def _address(token: str, one: Part) -> str:
    """Return where a part starts: its path is escaped, its query and fragment are its own."""
    path, mark, rest = one.href, "", ""
    for sign in ("?", "#"):
        if sign in path:
            path, _sign, more = path.partition(sign)
            mark, rest = sign, more + mark + rest
    return reverse("packages:file", args=[token, path]) + mark + rest


def _starting(attempt: PackageAttempt, one: Part, kind: str) -> dict[str, Any]:
    """Return the data a part goes on from."""
    row = PartProgress.objects.filter(attempt=attempt, key=one.key).first()
    kept = texts.read(row.data) if row is not None and row.data else {}
    if kind == Package.Kind.H5P:
        return {}
    cmi = runtime.resumed(kind, kept.get("cmi") or {})
    cmi.setdefault("launch_data", one.settings.get("launch_data", ""))
    if one.mastery is not None:
        if kind == Package.Kind.SCORM12:
            student = cmi.setdefault("student_data", {})
            student["mastery_score"] = str(one.mastery * 100)
        else:
            cmi["scaled_passing_score"] = str(one.mastery)
    return cmi


def _launched(
    request: HttpRequest, token: str, attempt: PackageAttempt, one: Part, address: str
) -> str:
    sample = uuid.UUID(int=0)
    fetch_path = reverse("packages:fetch", args=[token, sample])[: -len(str(sample))]
    told = units.launch(
        actor=journal.of_request(request),
        attempt=attempt,
        part=one,
        endpoint=request.build_absolute_uri("/xapi/"),
        fetch_base=request.build_absolute_uri(fetch_path),
        back=request.build_absolute_uri(reverse("packages:ended", args=[token])),
    )
    return f"{address}{'&' if '?' in address else '?'}{told['query']}"


@public
@xframe_options_exempt
@require_safe
def ended(request: HttpRequest, token: str) -> HttpResponse:
    """Where a unit sends its learner when it is over."""
    ticket = _attempt(request, token)[0]
    return _dressed(ticket, render(request, "packages/ended.html"))


@public
@csrf_exempt
@require_POST
def fetch(request: HttpRequest, token: str, key: uuid.UUID) -> HttpResponse:
    """Hand a cmi5 unit its key, once; the standard asks for 200 whatever comes of it."""
    ticket, attempt = _attempt(request, token)
    session = UnitSession.objects.filter(attempt=attempt, public_id=key).first()
    if session is None:
        raise tickets.gone()
    secret = keys.new_secret("pase")
    if units.fetch(actor=journal.of_request(request), session=session, secret=secret):
        return _dressed(ticket, JsonResponse({"auth-token": units.token_of(secret)}))
    told = {"error-code": "1", "error-text": "The auth-token was already fetched."}
    return _dressed(ticket, JsonResponse(told))


@public
@xframe_options_exempt
@require_safe
def file(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """One file of a version; a piece of it where a video asks for one."""
    ticket = tickets.read(token)
    if hosts.label_of(ticket.version) not in request.get_host() and "*" in hosts.pattern(request):
        raise tickets.gone()
    try:
        name = f"packages/content/{ticket.version}/{archive.clean(path)}"
    except Broken as problem:
        raise tickets.gone() from problem
    if not default_storage.exists(name):
        raise tickets.gone()
    response: HttpResponseBase = _served(request, name, path)
    response["Cache-Control"] = "private, max-age=3600"
    return _dressed(ticket, response)


def _served(request: HttpRequest, name: str, path: str) -> FileResponse | HttpResponse:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    size = default_storage.size(name)
    piece = re.fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", request.headers.get("range", ""))
    opened = default_storage.open(name, "rb")
    if piece is None:
        whole = FileResponse(opened, content_type=kind)
        whole["Accept-Ranges"] = "bytes"
        return whole
    start = int(piece[1])
    end = min(int(piece[2] or size - 1), size - 1, start + MOST_PIECE - 1)
    if start > end:
        opened.close()
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    with opened:
        opened.seek(start)
        part_of_it = HttpResponse(opened.read(end - start + 1), status=206, content_type=kind)
    part_of_it["Content-Range"] = f"bytes {start}-{end}/{size}"
    part_of_it["Accept-Ranges"] = "bytes"
    return part_of_it
