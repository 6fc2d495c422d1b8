"""The door of every view: who may knock. No view without one (default deny).

    @door(access.SEE_PEOPLE)        members with that right, wherever it reaches
    @signed_in                      anybody with an account
    @web.doors.public               the world

Which *rows* they then get is decided in the room's `access.py`.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import User
from digna.errors import NotAllowed
from digna.web.doors import View

P = ParamSpec("P")

SIGNED_IN = "signed in"


def signed_in(view: View[P]) -> View[P]:
    """Open to anybody with an account."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return to_sign_in(request)
        if request.user.must_change_password:
            return to_new_password(request)
        return view(request, *args, **kwargs)

    guarded.door = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def door(right: rights.Right) -> Callable[[View[P]], View[P]]:
    """Open to members with `right`; others are told, strangers are asked to sign in."""

    def mark(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return to_sign_in(request)
            if request.user.must_change_password:
                return to_new_password(request)
            if not rights.may(request.user, right):
                raise NotAllowed(
                    "accounts.not_allowed",
                    _("Su rol no permite esta acción. Pídala a quien coordina el programa."),
                )
            return view(request, *args, **kwargs)

        guarded.door = right.code  # type: ignore[attr-defined]
        return guarded

    return mark


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the sign-in page, to come back here afterwards."""
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?next={quote(request.get_full_path())}")


def to_new_password(request: HttpRequest) -> HttpResponse:
    """Send who came in with a password that somebody else chose to choose their own first."""
    return redirect(f"{resolve_url('account_change_password')}?next={quote(request.path)}")


# Views of the packages we dress; each guards itself, as its documentation says.
TRUSTED = ("allauth.", "django.views.i18n", "django.views.static", "django.contrib.staticfiles")


def door_of(view: object) -> str | None:
    """Return the door of a view, or None where somebody forgot it."""
    marked = getattr(view, "door", None)
    if marked is not None:
        return str(marked)
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return "package" if module.startswith(TRUSTED) else None


class DefaultDenyMiddleware:
    """Refuse any view that has no door, whatever the URL configuration says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        if door_of(view) is None:
            raise NotAllowed("accounts.no_door", _("Esta página no tiene regla de acceso."))
