"""After the round: whom to ask, what they answer, what it all came to."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.linkages.views import listing
from digna.rounds import access, forms
from digna.rounds.models import BusinessRound
from digna.rounds.selectors import results as selectors
from digna.rounds.services import after
from digna.rounds.views import doing
from digna.rounds.views.rounds import context_of


@door(access.SEE)
def follow_ups(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Whom to ask what was really sold, the oldest first."""
    row = access.round_of(request.user, key)
    found = selectors.came_of(row)
    context = context_of(request, row, "follow_ups") | {
        "chases": selectors.chases(row, timezone.localdate(), request),
        "totals": selectors.totals(found),
        "came": [one for one in found if one.standing is not None],
    }
    return render(request, "rounds/follow_ups.html", context)


@door(access.SEE)
def export_chases(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Whom to ask, for a spreadsheet."""
    row = access.round_of(request.user, key)
    header = (_("Empresa"), _("Comprador"), _("A los meses"), _("Desde"), _("Celular"))
    told = (
        (
            one.came.meeting.firm.name, one.came.meeting.buyer.name, one.due.months, one.due.on,
            one.came.meeting.firm.phone,
        )
        for one in selectors.chases(row, timezone.localdate(), request)
    )  # fmt: skip
    return listing.file(request, f"seguimiento-{slugify(row.title)[:40]}", header, told)


@door(access.EDIT)
def follow_up(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """What became of one meeting."""
    row = access.meeting(access.round_of(request.user, key, access.EDIT), meeting)
    form = forms.FollowUpForm(request.POST or None, request.FILES or None)
    return doing.form_page(
        request,
        form,
        lambda who, form: after.follow_up(actor=who, meeting=row, **form.given),
        title=_("¿Qué se vendió?"),
        action=_("Guardar"),
        back=reverse("rounds:follow_ups", args=[key]),
        done=_("Guardado: el negocio tomó ese paso."),
        context={
            "sentence": _("%(firm)s con %(buyer)s.") % {"firm": row.firm, "buyer": row.buyer},
        },
    )


@door(access.SEE)
def result(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Held of scheduled; intended beside paid, with how many were followed up."""
    row = access.round_of(request.user, key)
    context = context_of(request, row, "result") | {"result": selectors.result(row)}
    return render(request, "rounds/result.html", context)


@door(access.SEE)
def export_result(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every meeting with what came of it, for a spreadsheet."""
    row = access.round_of(request.user, key)
    header = (
        _("Comprador"), _("Empresa"), _("Estado"), _("Interés (0 a 3)"), _("Intención"),
        _("Pagado"), _("Moneda"), _("Seguimiento"),
    )  # fmt: skip
    return listing.file(request, f"resultado-{slugify(row.title)[:40]}", header, _rows(row))


def _rows(row: BusinessRound) -> Iterator[tuple[Any, ...]]:
    """One line a meeting and currency: amounts of two currencies never share a cell."""
    for came in selectors.came_of(row):
        m, standing = came.meeting, came.standing
        intended = dict(standing.intended.by_currency) if standing else {}
        paid = dict(standing.realised.by_currency) if standing else {}
        known = _("sí") if came.is_followed else _("no")
        for code in sorted({*intended, *paid}) or [""]:
            yield (
                m.buyer.name, m.firm.name, m.get_state_display(), came.interest,
                intended.get(code), paid.get(code), code, known if standing else "",
            )  # fmt: skip
