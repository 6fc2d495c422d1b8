"""Cards: many at once from a list, and signing in with one."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from digna.accounts import access, card_secrets, entrance, forms, printing
from digna.accounts.adapter import CARD
from digna.accounts.doors import door
from digna.accounts.models import Card
from digna.accounts.selectors import members as selectors
from digna.accounts.services import cards
from digna.accounts.services.cards import Newcomer
from digna.errors import Refused
from digna.journal import actor
from digna.web.doors import public

SCANNED = "card_code"


@never_cache
@door(access.MANAGE)
def new_members(request: HttpRequest) -> HttpResponse:
    """A list of people: read, shown with its problems, then made and printed."""
    form = forms.RosterForm(request.user, request.POST or None, request.FILES or None)
    people = []
    if form.is_valid():
        people = selectors.check_roster(form.cleaned_data["people"])
        is_sound = not any(person.problems for person in people)
        if "create" in request.POST and is_sound:
            try:
                return _made(request, form)
            except Refused as problem:
                form.refuse(problem)
    problems = [(p, [forms.list_problem(code) for code in p.problems]) for p in people]
    context = {"form": form, "people": problems, "wrong": [p for p in problems if p[1]]}
    status = 422 if form.errors or context["wrong"] else 200
    return render(request, "accounts/new_members.html", context, status=status)


def _made(request: HttpRequest, form: forms.RosterForm) -> HttpResponse:
    newcomers = [
        Newcomer(p.name, p.phone, p.email, card_secrets.for_card())
        for p in form.cleaned_data["people"]
    ]
    keys = cards.create_with_cards(
        actor=actor.of_request(request, intention=form.intended),
        people=newcomers,
        role=form.cleaned_data["role"],
        partner=form.cleaned_data["partner"],
    )
    made = Card.objects.select_related("user").prefetch_related("user__memberships").in_bulk(keys)
    printing.require_fresh(made[keys[0]], newcomers[0].secrets.pin)
    pairs = [(made[key].user, person.secrets) for key, person in zip(keys, newcomers, strict=True)]
    return printing.cards_page(request, pairs, back_url=reverse("accounts:members"))


@public
@never_cache
def card(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR leads: keep the code out of the address that stays on a shared phone."""
    request.session[SCANNED] = code[:40]
    after = get_next_redirect_url(request)
    query = f"?{urlencode({'next': after})}" if after else ""
    return redirect(reverse("accounts:card_sign_in") + query)


@public
@never_cache
@sensitive_post_parameters("pin", "code")
def card_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for the PIN (and for the code, when no QR brought it), and let in."""
    if "otra" in request.GET:
        request.session.pop(SCANNED, None)
    scanned = request.session.get(SCANNED, "")
    form = forms.CardForm(request.POST or None, scanned=scanned)
    if form.is_valid():
        try:
            user = entrance.by_card(
                actor=actor.of_request(request),
                code=form.cleaned_data["code"] or scanned,
                pin=form.cleaned_data["pin"],
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            request.session.pop(SCANNED, None)
            record_authentication(request, user, method=CARD)
            response: HttpResponseBase = perform_login(
                request, user, redirect_url=get_next_redirect_url(request)
            )
            return response
    context = {"form": form, "scanned": scanned, "next": get_next_redirect_url(request)}
    return render(
        request, "accounts/card_sign_in.html", context, status=422 if form.errors else 200
    )
