"""Reporting periods: opened, frozen, opened again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.results import access, asking
from digna.results.forms import PeriodForm, ReasonForm
from digna.results.review_forms import WhyForm
from digna.results.selectors import periods as shown
from digna.results.selectors import reviewing
from digna.results.services import periods as services


@door(access.FREEZE)
def periods(request: HttpRequest, code: str) -> HttpResponse:
    """The periods of a programme, and one more."""
    found = access.programme(request.user, code, access.FREEZE)
    form = PeriodForm(request.POST or None)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            services.open_period(actor=act, programme=found, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            asking.ask(found)
            return redirect("results:periods", found.code)
    context = {
        "form": form,
        "programme": found,
        "fresh": asking.fresh(found),
        "rows": shown.periods_list(found),
    }
    return render(request, "results/periods.html", context)


@door(access.FREEZE)
def freeze_period(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Freeze a period, once asked twice."""
    found = access.programme(request.user, code, access.FREEZE)
    period = access.period(found, key)
    form = WhyForm(request.POST if request.method == "POST" else None)
    left = reviewing.unapproved(period) if reviewing.is_under_review(period) else []
    if form.is_valid():
        act = doing.who(request, form)
        try:
            services.freeze_period(actor=act, period=period)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("%s quedó congelado.") % period)
            return redirect("results:periods", found.code)
    context = {"form": form, "programme": found, "period": period, "left": left}
    return render(request, "results/freeze_period.html", context)


@door(access.FREEZE)
def reopen_period(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Open a frozen period again, with a reason."""
    found = access.programme(request.user, code, access.FREEZE)
    period = access.period(found, key)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act = actor.of_request(request, intention=form.intended, reason=reason)
        try:
            services.reopen_period(actor=act, period=period)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("%s está abierto de nuevo.") % period)
            return redirect("results:periods", found.code)
    context = {"form": form, "programme": found, "period": period}
    return render(request, "results/reopen_period.html", context)
