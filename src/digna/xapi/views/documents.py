"""State, activity profiles, agent profiles: documents with entity tags."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from digna.xapi import access, problems, texts
from digna.xapi.answering import moment_header, quiet, resource, told
from digna.xapi.asking import Ask
from digna.xapi.models import Document
from digna.xapi.services import documents as services
from digna.xapi.services.documents import Conditions, Spot
from digna_engines.statements import values

NAMES = {"state": "stateId", "activity": "profileId", "agent": "profileId"}
PARAMETERS = {
    "state": ("activityId", "agent", "registration", "stateId", "since"),
    "activity": ("activityId", "profileId", "since"),
    "agent": ("agent", "profileId", "since"),
}


def _place(ask: Ask, kind: str) -> Spot:
    """Return where the documents are of which a request speaks; the name may be absent."""
    ask.only(*PARAMETERS[kind])
    activity = agent = ""
    registration = None
    if kind != "agent":
        activity = texts.digest("activity", ask.checked("activityId", values.iri))
    if kind != "activity":
        agent = access.agent_digest(ask.party("agent"))
    if "registration" in ask.parameters:
        registration = uuid.UUID(ask.checked("registration", values.uuid))
    spot = Spot(kind, ask.parameters.get(NAMES[kind], ""), activity, agent, registration)
    _hold_to_pass(ask, spot)
    return spot


def _hold_to_pass(ask: Ask, spot: Spot) -> None:
    """A pass reaches its own learner; of an activity it may only read."""
    caller = ask.caller
    if not caller.agent:
        return
    if spot.agent and spot.agent != caller.agent:
        raise problems.beyond()
    if spot.kind == "activity" and ask.method not in ("GET", "HEAD"):
        raise problems.beyond()


def _rows(ask: Ask, spot: Spot) -> QuerySet[Document]:
    rows = Document.objects.filter(kind=spot.kind, activity=spot.activity, agent=spot.agent)
    if spot.registration is not None:
        rows = rows.filter(registration=spot.registration)
    return rows


def _asks(ask: Ask, kind: str) -> Conditions:
    return Conditions(
        ask.headers.get("if-match", ""),
        ask.headers.get("if-none-match", ""),
        is_required=kind != "state",
    )


def _get(ask: Ask, kind: str) -> HttpResponse:
    spot = _place(ask, kind)
    if NAMES[kind] not in ask.parameters:
        return _names(ask, spot)
    ask.only(*(name for name in PARAMETERS[kind] if name != "since"))
    row = Document.objects.filter(digest=spot.digest).first() if spot.name else None
    if row is None:
        if not spot.name:
            raise problems.parameter(NAMES[kind])
        raise problems.not_there()
    response = HttpResponse(row.plain, content_type=row.content_type)
    response["ETag"] = f'"{row.etag}"'
    response["Last-Modified"] = moment_header(row.updated_at)
    return response


def _names(ask: Ask, spot: Spot) -> HttpResponse:
    rows = _rows(ask, spot)
    if "since" in ask.parameters:
        since = values.read_moment(ask.checked("since", values.moment))
        assert isinstance(since, datetime)  # noqa: S101 — the check above read it
        rows = rows.filter(updated_at__gt=since)
    return told(200, list(rows.order_by("pk").values_list("name", flat=True)))


def _write(ask: Ask, kind: str) -> HttpResponse:
    ask.only(*(name for name in PARAMETERS[kind] if name != "since"))
    spot = _place(ask, kind)
    ask.text(NAMES[kind])
    write = services.put if ask.method == "PUT" else services.merge
    write(
        actor=ask.actor,
        spot=spot,
        content=ask.body,
        content_type=ask.content_type or "application/octet-stream",
        asks=_asks(ask, kind),
    )
    return quiet()


def _delete(ask: Ask, kind: str) -> HttpResponse:
    ask.only(*(name for name in PARAMETERS[kind] if name != "since"))
    spot = _place(ask, kind)
    if NAMES[kind] in ask.parameters or kind != "state":
        ask.text(NAMES[kind])
        rows = Document.objects.filter(digest=spot.digest)
    else:
        rows = _rows(ask, spot)
    services.remove(actor=ask.actor, rows=list(rows), asks=_asks(ask, kind))
    return quiet()


def _resource(kind: str) -> Callable[[HttpRequest], HttpResponseBase]:
    return resource(
        {
            "GET": lambda ask: _get(ask, kind),
            "PUT": lambda ask: _write(ask, kind),
            "POST": lambda ask: _write(ask, kind),
            "DELETE": lambda ask: _delete(ask, kind),
        }
    )


state = _resource("state")
activity_profile = _resource("activity")
agent_profile = _resource("agent")
