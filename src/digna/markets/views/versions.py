"""Versions of a sheet: sent, judged, published; and what the public sees of them."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import DomainError, NotVisible, Refused
from digna.journal import actor
from digna.markets import access, delivering, forms, sheet_pages
from digna.markets.models import SheetVersion
from digna.markets.selectors import sheets as selectors
from digna.markets.services import versions as services
from digna.markets.views.sheets import context_of
from digna.web.doors import public


@door(access.SEE)
def versions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What was sent, what was said of it, what is public."""
    row = access.sheet(request.user, key)
    context = context_of(request, row, "versions") | {
        "versions": list(row.versions.select_related("sent_by", "judged_by")),
        "form": forms.SendForm(),
    }
    return render(request, "markets/versions.html", context)


@door(access.EDIT)
@require_POST
def send(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Freeze the sheet as it stands and ask for it to be judged."""
    row = access.sheet(request.user, key, access.EDIT)
    form = forms.SendForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = services.send(actor=who, sheet=row, note=form.given["note"])
        except Refused as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(
                request, _("La versión %(n)s espera a quien la apruebe.") % {"n": made.number}
            )
    return redirect("markets:versions", row.public_id)


@door(access.SEE)
def version(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One version, as it was sent."""
    row = access.version(request.user, key)
    may_judge = (
        access.may(request.user, access.APPROVE, row.sheet) and row.sent_by_id != request.user.pk
    )
    context = {
        "version": row,
        "sheet": row.sheet,
        "paper": sheet_pages.paper(row.document),
        "judge_form": forms.JudgeForm() if row.is_waiting and may_judge else None,
        "is_own": row.is_waiting and row.sent_by_id == request.user.pk,
        "can_publish": access.may(request.user, access.APPROVE, row.sheet),
        "withdraw_form": forms.WithdrawForm(),
        "changes": selectors.changes(row),
    }
    return render(request, "markets/version.html", context)


def _judge(
    request: HttpRequest, key: uuid.UUID, form: Any, serve: Callable[..., object], said: str
) -> HttpResponse:
    """Carry out one judgement of a version and say how it went."""
    row = access.version(request.user, key, access.APPROVE)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            serve(actor=who, version=row, **form.given)
        except DomainError as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, said)
    else:
        messages.error(request, _("Diga por qué: hace falta para el registro."))
    return redirect("markets:version", row.public_id)


@door(access.APPROVE)
@require_POST
def approve(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Approve."""
    form = forms.JudgeForm(request.POST)
    return _judge(request, key, form, services.approve, _("La versión quedó aprobada."))


@door(access.APPROVE)
@require_POST
def send_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Send back with what is to be mended."""
    form = forms.JudgeForm(request.POST)
    return _judge(request, key, form, services.return_, _("La versión volvió a quien la envió."))


@door(access.APPROVE)
@require_POST
def publish(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put it on the portal."""
    form = forms.ActForm(request.POST)
    return _judge(request, key, form, services.publish, _("La ficha ya está en el portal."))


@door(access.APPROVE)
@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take it off the portal."""
    form = forms.WithdrawForm(request.POST)
    return _judge(request, key, form, services.withdraw, _("La ficha salió del portal."))


@door(access.SEE)
def version_paper(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """A version as pdf, docx, html or json."""
    row = access.version(request.user, key)
    url = request.build_absolute_uri(reverse("markets:version", args=[row.public_id]))
    return delivering.deliver(request, row.document, form, _label(row, url))


def _label(row: SheetVersion, url: str) -> delivering.Label:
    return delivering.Label(
        url=url, number=row.number, sha256=row.sha256, is_draft=not _is_approved(row),
        approved_on=row.judged_at if _is_approved(row) else None,
        approved_by=str(row.judged_by or "") if _is_approved(row) else "",
    )  # fmt: skip


def _is_approved(row: SheetVersion) -> bool:
    return row.state == SheetVersion.State.APPROVED


@public
def public_sheets(request: HttpRequest) -> HttpResponse:
    """The sheets on the portal."""
    context = {
        "cards": selectors.public_cards(request.GET.get("q", "")),
        "q": request.GET.get("q", ""),
    }
    return render(request, "markets/public_sheets.html", context)


@public
def public_sheet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One sheet as published; one that was withdrawn says why."""
    row = _public(key)
    context = {"version": row, "paper": sheet_pages.paper(row.document), "sheet": row.sheet}
    return render(request, "markets/public_sheet.html", context)


@public
def public_paper(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """The same as a paper."""
    row = _public(key)
    url = request.build_absolute_uri(reverse("markets:public_sheet", args=[row.sheet.public_id]))
    return delivering.deliver(request, row.document, form, _label(row, url))


def _public(key: uuid.UUID) -> SheetVersion:
    row = access.public_versions().filter(sheet__public_id=key).first()
    if row is not None:
        return row
    gone = SheetVersion.objects.filter(
        sheet__public_id=key, withdrawn_at__isnull=False, published_at__isnull=False
    ).first()
    if gone is not None:
        raise NotVisible(
            "markets.version.withdrawn",
            _("Esta ficha se retiró: %(why)s") % {"why": gone.withdrawn_because},
        )
    raise NotVisible("markets.not_visible", _("No hay tal ficha publicada."))
