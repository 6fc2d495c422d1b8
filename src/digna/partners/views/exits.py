"""Exit-readiness for the steering committee: all partners on one page, one partner on one page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from digna.accounts.doors import door
from digna.partners import access
from digna.partners.selectors import exits as shown
from digna.partners.selectors import maturity, money, transition
from digna.partners.views import acts
from digna.registry.models import Organisation
from digna.web import pdf


def _table(request: HttpRequest) -> dict[str, Any]:
    today = timezone.localdate()
    partners = list(access.visible_partners(request.user))
    return {"rows": shown.exit_rows(partners, today), "today": today}


@door(access.SEE)
def exits(request: HttpRequest) -> HttpResponse:
    """Each partner on one line."""
    return render(request, "partners/exits.html", _table(request))


@door(access.SEE)
def exits_paper(request: HttpRequest) -> HttpResponse:
    """The same on one sheet."""
    return pdf.response(request, "partners/paper_exits.html", _table(request), "salida-socios")


def _page(partner: Organisation) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "partner": partner,
        "row": shown.exit_rows([partner], today)[0],
        "sides": maturity.sides(partner, today),
        "plan": transition.plan(partner, today),
        "money": money.money_page(partner, today),
        "today": today,
    }


@door(access.SEE)
def exit_page(request: HttpRequest, code: str) -> HttpResponse:
    """One partner before the programme leaves."""
    row = access.partner(request.user, code)
    context = acts.context_of(request, row, "exit_page") | _page(row)
    return render(request, "partners/exit.html", context)


@door(access.SEE)
def exit_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The same on one sheet."""
    row = access.partner(request.user, code)
    return pdf.response(request, "partners/paper_exit.html", _page(row), f"salida-{row.code}")
