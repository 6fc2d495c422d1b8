"""The review of a period: the monthly page, and each indicator with its thread."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import Refused
from digna.results import access, asking
from digna.results.forms import ReasonForm
from digna.results.models import Indicator
from digna.results.review_forms import ChosenForm, CommentForm, DueForm, WhyForm
from digna.results.selectors import reviews as shown
from digna.results.services import reviews as services
from digna.web.forms import Form
from digna.web.numbers import number


@door(access.REVIEW)
def review(request: HttpRequest, code: str) -> HttpResponse:
    """The monthly page of a period."""
    found = access.programme(request.user, code, access.REVIEW)
    fresh = asking.fresh(found)
    page = shown.review_page(request, found, timezone.localdate())
    context = {"page": page, "programme": found, "fresh": fresh, "form": Form()}
    return render(request, "results/review.html", context)


@require_POST
@door(access.SUBMIT)
def submit(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Send the indicators that were marked."""
    return _decided(request, code, key, access.SUBMIT, services.submit, _sent)


@require_POST
@door(access.APPROVE)
def approve(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Approve the indicators that were marked."""
    return _decided(request, code, key, access.APPROVE, services.approve, _approved)


def _sent(count: int) -> str:
    said = ngettext("%(n)s indicador enviado.", "%(n)s indicadores enviados.", count)
    return said % {"n": number(count)}


def _approved(count: int) -> str:
    said = ngettext("%(n)s indicador aprobado.", "%(n)s indicadores aprobados.", count)
    return said % {"n": number(count)}


def _decided(
    request: HttpRequest, code: str, key: int, right: Any, service: Any, say: Any
) -> HttpResponse:
    found = access.programme(request.user, code, right)
    period = access.period(found, key)
    rows = Indicator.objects.filter(programme=found)
    form = ChosenForm(request.POST, indicators=rows)
    to = reverse("results:review", args=[found.code]) + f"?periodo={period.pk}"
    if not form.is_valid():
        messages.error(request, _("No se entiende lo que marcó. Inténtelo otra vez."))
        return redirect(to)
    chosen = list(rows) if "all" in request.POST else form.chosen
    try:
        count = service(actor=doing.who(request, form), period=period, indicators=chosen)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, say(count))
    return redirect(to)


@door(access.REVIEW)
def review_one(request: HttpRequest, code: str, key: int, indicator: str) -> HttpResponse:
    """One indicator in a period: its state, its thread, what moved since."""
    found = access.programme(request.user, code, access.REVIEW)
    period, row = access.period(found, key), access.indicator(found, indicator)
    page = shown.one_page(request, found, period, row, timezone.localdate())
    context = {
        "page": page,
        "programme": found,
        "indicator": row,
        "form": CommentForm(),
        "back": ReasonForm(prefix="back"),
    }
    return render(request, "results/review_one.html", context)


@require_POST
@door(access.APPROVE)
def send_back(request: HttpRequest, code: str, key: int, indicator: str) -> HttpResponse:
    """Send an indicator back, with a reason."""
    found = access.programme(request.user, code, access.APPROVE)
    period, row = access.period(found, key), access.indicator(found, indicator)
    return doing.press(
        request,
        ReasonForm(request.POST, prefix="back"),
        lambda act, _form: services.send_back(actor=act, review=access.review(row, period)),
        done=_("Devuelto a quien lo envió."),
        to=_one(found.code, key, row),
    )


@require_POST
@door(access.SUBMIT)
def withdraw(request: HttpRequest, code: str, key: int, indicator: str) -> HttpResponse:
    """Take back what one sent."""
    found = access.programme(request.user, code, access.SUBMIT)
    period, row = access.period(found, key), access.indicator(found, indicator)
    return doing.press(
        request,
        Form(request.POST),
        lambda act, _form: services.withdraw(actor=act, review=access.review(row, period)),
        done=_("Retirado: está otra vez en borrador."),
        to=_one(found.code, key, row),
    )


@require_POST
@door(access.SUBMIT)
def comment(request: HttpRequest, code: str, key: int, indicator: str) -> HttpResponse:
    """Ask or answer something."""
    found = access.programme(request.user, code, access.SUBMIT)
    period, row = access.period(found, key), access.indicator(found, indicator)
    return doing.press(
        request,
        CommentForm(request.POST),
        lambda act, form: services.comment(
            actor=act, indicator=row, period=period, text=form.cleaned_data["text"]
        ),
        done=_("Comentario guardado."),
        to=_one(found.code, key, row),
    )


@require_POST
@door(access.SUBMIT)
def resolve_comment(
    request: HttpRequest, code: str, key: int, indicator: str, comment: int
) -> HttpResponse:
    """Say that a comment was attended to, or open it again."""
    found = access.programme(request.user, code, access.SUBMIT)
    row = access.indicator(found, indicator)
    one = access.comment(row, comment)
    again = "again" in request.POST
    service = services.reopen_comment if again else services.resolve_comment
    return doing.press(
        request,
        Form(request.POST),
        lambda act, _form: service(actor=act, comment=one),
        done=_("Comentario abierto otra vez.") if again else _("Comentario resuelto."),
        to=_one(found.code, key, row),
    )


def _one(code: str, key: int, row: Indicator) -> str:
    return reverse("results:review_one", args=[code, key, row.code])


@door(access.FREEZE)
def due(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Until when a period is to be reviewed."""
    found = access.programme(request.user, code, access.FREEZE)
    period = access.period(found, key)
    return doing.form_page(
        request,
        DueForm(request.POST or None, initial={"due_on": period.review_due_on}),
        lambda act, form: services.set_due(
            actor=act, period=period, due_on=form.cleaned_data["due_on"]
        ),
        title=_("Plazo de revisión de %s") % period.label,
        sentence=_("Hasta cuándo se envían y aprueban los indicadores de este período."),
        action=_("Guardar"),
        back=reverse("results:review", args=[found.code]) + f"?periodo={period.pk}",
        done=_("Guardado."),
    )


@door(access.FREEZE)
def lock(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Lock a period, or unlock it with a reason."""
    found = access.programme(request.user, code, access.FREEZE)
    period = access.period(found, key)
    locked = period.is_locked
    service = services.unlock if locked else services.lock
    return doing.form_page(
        request,
        WhyForm(request.POST or None),
        lambda act, _form: service(actor=act, period=period),
        title=(_("Desbloquear %s") if locked else _("Bloquear %s")) % period.label,
        sentence=_(
            "Con el período bloqueado, las metas, líneas de base y valores informados de sus días "
            "no se cambian."
        ),
        action=_("Desbloquear") if locked else _("Bloquear"),
        back=reverse("results:review", args=[found.code]) + f"?periodo={period.pk}",
        done=_("Guardado."),
    )
