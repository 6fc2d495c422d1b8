"""The shell, its worker and manifest, a page's grant, and an outbox handed in as a file."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from digna.accounts.doors import signed_in
from digna.accounts.models import User
from digna.errors import Refused
from digna.field import grants, outboxes, shell
from digna.field.forms import OutboxForm
from digna.web.context import VERSION
from digna.web.doors import public

COLOURS = {"theme_color": "#0b5563", "background_color": "#fbfaf6"}


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The page that opens without signal: who learns here, what was taken along, what waits.

    It is kept by the worker for everybody who shares the telephone: it shows nothing of an account.
    The worker keeps it in each language (`?idioma=`), to be changed without signal.
    """
    asked = request.GET.get("idioma", "")
    language = asked if asked in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    with translation.override(language):
        request.LANGUAGE_CODE = language
        answer = render(request, "field/shell.html", {"user": AnonymousUser()})
    answer.headers["Content-Language"] = language
    return answer


@public
@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, over the whole site."""
    body = shell.worker(VERSION)
    headers = {"Service-Worker-Allowed": "/"}
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=headers)


@public
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone needs to install Digna on its first screen."""
    body = {
        "name": "Digna",
        "short_name": "Digna",
        "description": _("Lo que lleva en el teléfono, aun sin señal."),
        "lang": request.LANGUAGE_CODE,
        "start_url": "/campo/",
        "scope": "/",
        "display": "standalone",
        **COLOURS,
        "icons": [
            {"src": static("web/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("field/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {
                "src": static("field/icon-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "any maskable",
            },
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@signed_in
@require_GET
@never_cache
def grant(request: HttpRequest) -> HttpResponse:
    """Let this telephone send for whoever is signed in, later too."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 — the door saw to it
    return JsonResponse(
        {"person": str(user.public_id), "name": user.name, "grant": grants.give(user)}
    )


@signed_in
def outbox(request: HttpRequest) -> HttpResponse:
    """Hand in the file of an outbox; each intention counts for its own person."""
    form = OutboxForm(request.POST or None, request.FILES or None)
    handed: tuple[outboxes.Handed, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            handed = outboxes.hand_in(form.cleaned_data["file"].read())
        except Refused as problem:
            form.add_error("file", str(problem.message))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "field/outbox.html", {"form": form, "handed": handed}, status=status)
