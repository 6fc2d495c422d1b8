"""What every response passes: security headers, the person's language, errors as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from digna.errors import DomainError

Handler = Callable[[HttpRequest], HttpResponse]

# No inline script anywhere; styles inline only as the width of a bar (style attributes).
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
# What compiles WebAssembly (the engine of forms) says so on its own page, and only there: it reads
# its parser from inside itself, as data.
WITH_ENGINE = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'").replace(
    "connect-src 'self'", "connect-src 'self' data:"
)


def security_headers(get_response: Handler) -> Handler:
    """Add the content security policy and its like to every response."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), microphone=(self), geolocation=(self)"
        )
        return response

    return respond


PACKED = ("text/html", "application/json")


class PackingMiddleware(GZipMiddleware):
    """Pack pages for slow lines: gzip, for whoever takes it.

    Pages and JSON alone: files that leave stream, and most are packed already. What is no page and
    has an ETag stays as it is, for gzip makes the tag a weak one, which `If-Match` never accepts.
    What an attacker could learn from lengths (BREACH) is held off three times: Django masks the
    CSRF token anew for each page, adds random bytes to each packed one, and the session's cookie is
    `Lax`, so that no other site's page can ask for ours unseen.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming or not _is_packed(response):
            return response
        return super().process_response(request, response)


def _is_packed(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if "Content-Range" in response.headers or kind not in PACKED:
        return False
    return kind == "text/html" or "ETag" not in response.headers


class LanguageMiddleware:
    """Choose the language: the cookie a person set, else Spanish.

    Not the browser's header: many shared machines are set up in English by whoever sold them.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from django.conf import settings

        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class DomainErrorMiddleware:
    """Translate a `DomainError` once: a page for people, a fragment for htmx, JSON for machines."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, DomainError):
            return None
        if "application/json" in request.headers.get("accept", ""):
            body = {"code": problem.code, "message": str(problem.message)}
            return JsonResponse(body, status=problem.status)
        fragment = request.headers.get("hx-request") == "true"
        template = "web/problem_fragment.html" if fragment else "web/problem.html"
        return render(request, template, {"problem": problem}, status=problem.status)
