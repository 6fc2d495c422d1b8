"""The boxes and arrows of a chain: looked at, added, corrected, taken out, put back."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.results import access, chain_access, chain_forms
from digna.results.models import ResultsChain
from digna.results.selectors import chain_parts as shown
from digna.results.services import chain_parts as services
from digna.results.views.chain_saving import kept, sent


def _chain(request: HttpRequest, code: str, key: UUID, right: Any = access.EDIT) -> ResultsChain:
    return chain_access.chain(access.programme(request.user, code, right), key)


def _context(chain: ResultsChain, **more: Any) -> dict[str, Any]:
    return {"programme": chain.programme, "chain": chain, **more}


@door(access.SEE)
def box(request: HttpRequest, code: str, key: UUID, part: UUID) -> HttpResponse:
    """One box: its indicators, assumptions and evidence, what leads to it and where it leads."""
    chain = _chain(request, code, key, access.SEE)
    page = shown.box_page(request.user, chain_access.box(chain, part), timezone.localdate())
    return render(request, "results/box.html", {"page": page})


@door(access.SEE)
def arrow(request: HttpRequest, code: str, key: UUID, part: UUID) -> HttpResponse:
    """One arrow: its claim, assumptions and evidence."""
    chain = _chain(request, code, key, access.SEE)
    page = shown.arrow_page(request.user, chain_access.arrow(chain, part))
    return render(request, "results/arrow.html", {"page": page})


@door(access.EDIT)
def new_box(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """One box more."""
    chain = _chain(request, code, key)
    initial = {"level": request.GET.get("nivel", ""), "order": shown.next_order(chain)}
    form = chain_forms.BoxForm(sent(request), programme=chain.programme, initial=initial)
    return kept(
        request,
        form,
        partial(services.add_box, chain=chain),
        context=_context(chain, title=_("Agregar una casilla")),
        back=chain.get_absolute_url(),
    )


@door(access.EDIT)
def change_box(request: HttpRequest, code: str, key: UUID, part: UUID) -> HttpResponse:
    """A box, to correct."""
    chain = _chain(request, code, key)
    row = chain_access.box(chain, part)
    fields = [name for name in chain_forms.BoxForm.base_fields if name != "indicators"]
    initial = {**chain_forms.initial_of(row, fields), "indicators": row.indicators.all()}
    form = chain_forms.BoxForm(sent(request), programme=chain.programme, initial=initial)
    return kept(
        request,
        form,
        partial(services.change_box, box=row),
        context=_context(
            chain, title=_("Cambiar la casilla"), part=row, back_url=row.get_absolute_url()
        ),
        back=row.get_absolute_url(),
    )


@door(access.EDIT)
def new_arrow(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """One arrow more."""
    chain = _chain(request, code, key)
    initial = {"source": request.GET.get("de", ""), "target": request.GET.get("a", "")}
    form = chain_forms.NewArrowForm(sent(request), chain=chain, initial=initial)
    return kept(
        request,
        form,
        partial(services.join_boxes, chain=chain),
        context=_context(chain, title=_("Unir dos casillas")),
        back=chain.get_absolute_url(),
    )


@door(access.EDIT)
def change_arrow(request: HttpRequest, code: str, key: UUID, part: UUID) -> HttpResponse:
    """What an arrow claims, to correct."""
    chain = _chain(request, code, key)
    row = chain_access.arrow(chain, part)
    initial = chain_forms.initial_of(row, chain_forms.ArrowForm.base_fields)
    form = chain_forms.ArrowForm(sent(request), initial=initial)
    return kept(
        request,
        form,
        partial(services.change_arrow, arrow=row),
        context=_context(chain, title=str(row), part=row, back_url=row.get_absolute_url()),
        back=row.get_absolute_url(),
    )


@require_POST
@door(access.EDIT)
def remove_part(request: HttpRequest, code: str, key: UUID, part: UUID) -> HttpResponse:
    """Take out a box or an arrow; the chain offers to put it back."""
    chain = _chain(request, code, key)
    services.remove_part(actor=actor.of_request(request), part=chain_access.part(chain, part))
    messages.success(request, _("Quitado. Puede devolverlo abajo, en «Lo que se quitó»."))
    return redirect(chain.get_absolute_url())


@require_POST
@door(access.EDIT)
def restore_part(request: HttpRequest, code: str, key: UUID, part: UUID) -> HttpResponse:
    """Put back what was taken out."""
    chain = _chain(request, code, key)
    row = chain_access.part(chain, part)
    try:
        services.restore_part(actor=actor.of_request(request), part=row)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("Devuelto a la cadena."))
    return redirect(chain.get_absolute_url())
