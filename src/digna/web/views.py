"""Screens that belong to no room: the living style page and the choice of theme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from digna.web import showcase, themes
from digna.web.doors import public


@public
def style(request: HttpRequest) -> HttpResponse:
    """Every component and token, alive, on one page."""
    return render(request, "web/style.html", showcase.page(request.GET.get("pagina")))


@public
def style_sheet(request: HttpRequest) -> HttpResponse:
    """A document for paper, as every printed sheet is made."""
    return render(request, "web/style_sheet.html", showcase.page(None))


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie and go back to where the person was."""
    wanted = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(back if is_ours else "/")
    if wanted in themes.THEMES:
        response.set_cookie(themes.COOKIE, wanted, max_age=themes.COOKIE_AGE, samesite="Lax")
    return response
