"""The workers' pulse: rounds of a firm, their results, the page nobody signs in to."""

import uuid
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.improvement import access, forms
from digna.improvement.selectors import pulses as selectors
from digna.improvement.services import pulses as services
from digna.improvement.views import forming
from digna.web import limits, links
from digna.web.doors import public

A_FORTNIGHT = timedelta(days=14)


@door(access.SEE)
def pulses(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The rounds of a firm."""
    firm = access.firm(request.user, key)
    page = forming.around(request, firm, "pulses") | {
        "rounds": selectors.rounds_of(firm),
        "today": timezone.localdate(),
    }
    return render(request, "improvement/pulses.html", page)


@door(access.COACH)
def open_pulse(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open a round."""
    firm = access.firm(request.user, key, access.COACH)
    today = timezone.localdate()
    form = forms.RoundForm(
        request.POST or None, initial={"opens_on": today, "closes_on": today + A_FORTNIGHT}
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.open_round(actor=who, enterprise=firm, **f.given),
        to=reverse("improvement:pulses", args=[key]),
        page={
            "title": _("Nueva ronda en %(firm)s") % {"firm": firm},
            "sentence": _(
                "Quienes trabajan responden sin decir quiénes son. Los resultados se ven al "
                "cerrar, y solo si respondieron cinco personas o más."
            ),
            "action": _("Abrir la ronda"),
            "back_url": reverse("improvement:pulses", args=[key]),
        },
    )


@door(access.SEE)
def pulse(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One round: its link and QR while it is open, its results once they may be seen."""
    row = access.pulse(request.user, key)
    url = request.build_absolute_uri(reverse("improvement:answer_pulse", args=[row.token]))
    page = forming.around(request, row.enterprise, "pulses") | {
        "page": selectors.round_page(row, timezone.localdate()),
        "round": row,
        "url": url,
        "qr": links.qr(url),
        "act_form": forms.ActForm(),
    }
    return render(request, "improvement/pulse.html", page)


@door(access.COACH)
def pulse_poster(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A sheet with the QR, to hang where people rest."""
    row = access.pulse(request.user, key, access.COACH)
    url = request.build_absolute_uri(reverse("improvement:answer_pulse", args=[row.token]))
    page = {"round": row, "enterprise": row.enterprise, "url": url, "qr": links.qr(url, 10)}
    return render(request, "improvement/pulse_poster.html", page)


@door(access.COACH)
@require_POST
def end_pulse(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End a round before its day."""
    row = access.pulse(request.user, key, access.COACH)
    return forming.press(
        request,
        forms.ActForm(request.POST),
        lambda _f, who: services.end_round(actor=who, round=row),
        to=reverse("improvement:pulse", args=[key]),
        said=_("La ronda terminó."),
    )


@door(access.RECORD)
def follow_suggestion(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say what became of a suggestion."""
    row = access.suggestion(request.user, key)
    shown = selectors.round_page(row.round, timezone.localdate()).is_shown
    form = forms.SuggestionForm(
        request.POST or None, initial={"state": row.state, "answer": row.answer}
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.follow_suggestion(actor=who, suggestion=row, **f.given),
        to=reverse("improvement:pulse", args=[row.round.public_id]),
        page={
            "title": _("¿Qué se hará con esta sugerencia?"),
            "sentence": f"«{row.text}»" if shown else "",
            "action": _("Guardar"),
            "back_url": reverse("improvement:pulse", args=[row.round.public_id]),
        },
    )


@door(access.VOICE)
def voice(request: HttpRequest) -> HttpResponse:
    """What workers say across firms, aggregates alone: for unions and M&E."""
    page = {"voice": selectors.voice(timezone.localdate())}
    return render(request, "improvement/voice.html", page)


@public
@never_cache
def answer_pulse(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, for whoever has the link; nothing of who they are is kept."""
    round = access.open_pulse(token)
    sent = request.POST if request.method == "POST" else None
    form = forms.PulseForm(sent, version=round.version)
    today = timezone.localdate()
    if request.method == "POST":
        limits.count_try(request, f"pulse:{token}")
        if form.is_valid():
            try:
                services.take_answer(
                    actor=services.nobody(timezone.now(), form.intended),
                    round=round,
                    answers=form.answers,
                    suggestion=form.given["suggestion"],
                    today=today,
                )
            except Refused as problem:
                form.refuse(problem)
            else:
                return redirect("improvement:pulse_thanks", token)
    is_open = round.opens_on <= today <= round.closes_on
    page = {"round": round, "form": form, "is_open": is_open}
    status = 422 if form.errors else 200
    return render(request, "improvement/answer_pulse.html", page, status=status)


@public
def pulse_thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Thank you."""
    return render(request, "improvement/pulse_thanks.html", {"round": access.open_pulse(token)})
