"""A request of the interface, read: method, parameters, headers, body, and who asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest

from digna.journal import actor as journal
from digna.journal.actor import Actor
from digna.xapi import multipart, problems, texts
from digna.xapi.access import Caller
from digna_engines.statements import parties, values
from digna_engines.statements.faults import Faults

FORM = "application/x-www-form-urlencoded"
HEADERS = (
    "Authorization", "X-Experience-API-Version", "Content-Type", "Content-Length", "If-Match",
    "If-None-Match", "Accept-Language", "Accept",
)  # fmt: skip
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
VERSION_HEADER = "X-Experience-API-Version"


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked. Header names are in lower case."""

    method: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    actor: Actor
    path: str
    caller: Caller = field(default_factory=lambda: Caller({}))

    @property
    def content_type(self) -> str:
        """The type of the body, as it was sent."""
        return self.headers.get("content-type", "")

    def only(self, *names: str) -> None:
        """Refuse parameters that are not among these."""
        for name in self.parameters:
            if name not in names:
                raise problems.parameter(name)

    def text(self, name: str) -> str:
        """Return a parameter that has to be there."""
        told = self.parameters.get(name, "")
        if not told:
            raise problems.parameter(name)
        return told

    def checked(self, name: str, check: values.Check) -> str:
        """Return a parameter that has to be there and pass a check of the engine."""
        told = self.text(name)
        _hold(told, name, check)
        return told

    def party(self, name: str, check: values.Check = parties.agent) -> dict[str, Any]:
        """Return a parameter that holds an agent (or group) as JSON."""
        try:
            told = texts.read(self.text(name))
        except texts.Unreadable as problem:
            raise problems.parameter(name) from problem
        _hold(told, name, check)
        return dict(told)

    def flag(self, name: str) -> bool:
        """Return a parameter that says true or false; absent is false."""
        told = self.parameters.get(name, "false").lower()
        if told not in ("true", "false"):
            raise problems.parameter(name)
        return told == "true"

    def json(self) -> Any:
        """Return the body, which has to be JSON."""
        try:
            return texts.read(self.body)
        except texts.Unreadable as problem:
            raise problems.body() from problem


def _hold(value: Any, name: str, check: Callable[[Any, str, Faults], None]) -> None:
    faults = Faults()
    check(value, name, faults)
    if faults.found:
        raise problems.parameter(name, faults.found[0].message_es)


def of_request(request: HttpRequest) -> Ask:
    """Read a request, in either syntax.

    Raises:
        TooLarge: `xapi.request.too_large`. Wrong: `xapi.request.parameter`, `.body`.
        NotOffered: `xapi.request.method`.
    """
    query = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    headers = {name: request.headers[name] for name in HEADERS if name in request.headers}
    method, body = request.method or "GET", _body(request)
    if any(name == "method" for name, _value in query):
        method, query, headers, body = _alternate(method, query, headers, body)
    if method not in METHODS:
        raise _not_offered(method)
    return Ask(
        method=method,
        parameters=_parameters(query),
        headers={name.lower(): value for name, value in headers.items()},
        body=body,
        actor=journal.of_request(request),
        path=request.path,
    )


def _not_offered(method: str) -> problems.NotOffered:
    from django.utils.translation import gettext as _

    return problems.NotOffered(
        "xapi.request.method", _("Aquí no se usa el método %(name)s.") % {"name": method}
    )


def _body(request: HttpRequest) -> bytes:
    from django.utils.translation import gettext as _

    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.XAPI_MOST_BYTES:
        raise problems.TooLarge(
            "xapi.request.too_large",
            _("El envío pasa de %(n)s MB. Divídalo.")
            % {"n": settings.XAPI_MOST_BYTES // 1024 // 1024},
        )
    return request.body


def _parameters(query: list[tuple[str, str]]) -> dict[str, str]:
    told = dict(query)
    if len(told) < len(query):
        raise problems.parameter(query[-1][0])
    for name, value in query:
        if "\x00" in name + value:
            raise problems.parameter(name.replace("\x00", ""))
    return told


def _alternate(
    method: str, query: list[tuple[str, str]], headers: dict[str, str], body: bytes
) -> tuple[str, list[tuple[str, str]], dict[str, str], bytes]:
    """Read the syntax of players that can only POST a form: all is in the form."""
    if method != "POST" or len(query) > 1:
        raise problems.parameter("method")
    if multipart.parsed_type(headers.get("Content-Type", ""))[0] != FORM:
        raise problems.header("Content-Type")
    try:
        form = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body)))
    except ValueError as problem:
        raise problems.body() from problem
    wanted = query[0][1].upper()
    content = form.pop("content", None)
    if wanted in ("PUT", "POST") and content is None:
        raise problems.parameter("content")
    kept = {name: value for name, value in headers.items() if name != "Content-Type"}
    for name in HEADERS:
        for told in [key for key in form if key.lower() == name.lower()]:
            kept[name] = form.pop(told)
    if wanted in ("PUT", "POST"):
        kept.setdefault("Content-Type", "application/json")
    return wanted, list(form.items()), kept, (content or "").encode()
