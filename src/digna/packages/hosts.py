"""Where package content lives: an origin of its own, which nothing of ours is served from.

`DIGNA_CONTENT_HOST` names it; a `*` in it stands for one name a version, so that packages cannot
reach each other either. On one's own machine it is `*.localhost` without being asked, which
browsers take to that machine. See docs/adr/0014.
"""

import ipaddress
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from digna.packages.models import PackageVersion

OPEN = ("/contenido/", "/xapi/", "/static/")
OURS = ("localhost",)


def pattern(request: HttpRequest) -> str:
    """Return the host of content as this request may reach it; "" where there is none."""
    if settings.CONTENT_HOST:
        return str(settings.CONTENT_HOST)
    name = _name(request.get_host())
    return "*.localhost" if name in OURS or name.endswith(".localhost") or _is_loop(name) else ""


def _is_loop(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    return host if host.endswith("]") else host.rsplit(":", 1)[0]


def label(version: PackageVersion) -> str:
    """Return the name that stands for a version."""
    return label_of(version.public_id)


def label_of(key: uuid.UUID) -> str:
    """Return the name that stands for the version of this key."""
    return f"p{key.hex}"


def origin(request: HttpRequest, version: PackageVersion) -> str:
    """Return the origin of a version's content; "" where this address has none to offer."""
    wanted = pattern(request).replace("*", label(version))
    if not wanted:
        return ""
    port = request.get_port()
    usual = {"http": "80", "https": "443"}[request.scheme or "http"]
    if ":" not in wanted and port != usual:
        wanted = f"{wanted}:{port}"
    return f"{request.scheme}://{wanted}"


def is_content(request: HttpRequest) -> bool:
    """Whether a request came by the host of content."""
    wanted = pattern(request)
    name, _star, after = _name(wanted).partition("*")
    host = _name(request.get_host())
    if not wanted:
        return False
    if "*" not in wanted:
        return host == _name(wanted)
    return host.startswith(name) and host.endswith(after) and host != after.lstrip(".")


def is_of(request: HttpRequest, version: PackageVersion) -> bool:
    """Whether a request came by the very host of this version."""
    wanted = _name(pattern(request).replace("*", label(version)))
    return bool(wanted) and _name(request.get_host()) == wanted


def keep_apart(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the host of content serves content alone, and ours serves none of it."""

    def respond(request: HttpRequest) -> HttpResponse:
        came_by_content = is_content(request)
        asks_content = request.path.startswith(OPEN[0])
        if came_by_content and not request.path.startswith(OPEN):
            return HttpResponseNotFound(b"", content_type="text/plain")
        if asks_content and not came_by_content:
            return HttpResponseNotFound(b"", content_type="text/plain")
        return get_response(request)

    return respond
