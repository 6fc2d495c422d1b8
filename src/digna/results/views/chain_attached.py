"""What hangs on a box or an arrow of a chain: assumptions and evidence, one way for both."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.accounts.doors import door
from digna.results import access, chain_access, chain_forms
from digna.results.models import ChainArrow, ChainBox
from digna.results.services import chain_parts as services
from digna.results.views.chain_saving import kept, sent
from digna.web.forms import Form

Part = ChainBox | ChainArrow


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of attached row is found, written, kept and taken away."""

    find: Callable[[Part, int], Any]
    form: type[Form]
    note: Callable[..., Any]
    remove: Callable[..., Any]
    remove_name: str
    new: Any


ASSUMPTION = Kind(
    chain_access.assumption,
    chain_forms.AssumptionForm,
    services.note_assumption,
    services.remove_assumption,
    "results:remove_assumption",
    gettext_lazy("Anotar un supuesto"),
)
EVIDENCE = Kind(
    chain_access.evidence,
    chain_forms.EvidenceForm,
    services.note_evidence,
    services.remove_evidence,
    "results:remove_evidence",
    gettext_lazy("Anotar una evidencia"),
)


@door(access.EDIT)
def new_assumption(request: HttpRequest, code: str, key: UUID, part: UUID) -> HttpResponse:
    """Something that has to hold besides."""
    return _new(request, ASSUMPTION, _part(request, code, key, part), {})


@door(access.EDIT)
def change_assumption(
    request: HttpRequest, code: str, key: UUID, part: UUID, row: int
) -> HttpResponse:
    """What was found about an assumption."""
    return _changed(request, ASSUMPTION, _part(request, code, key, part), row)


@door(access.EDIT)
def remove_assumption(
    request: HttpRequest, code: str, key: UUID, part: UUID, row: int
) -> HttpResponse:
    """Ask, then take an assumption away."""
    return _removed(request, ASSUMPTION, _part(request, code, key, part), row)


@door(access.EDIT)
def new_evidence(request: HttpRequest, code: str, key: UUID, part: UUID) -> HttpResponse:
    """Something that speaks for a box or an arrow."""
    on = {"on": timezone.localdate()}
    return _new(request, EVIDENCE, _part(request, code, key, part), on)


@door(access.EDIT)
def change_evidence(
    request: HttpRequest, code: str, key: UUID, part: UUID, row: int
) -> HttpResponse:
    """An evidence, to correct."""
    return _changed(request, EVIDENCE, _part(request, code, key, part), row)


@door(access.EDIT)
def remove_evidence(
    request: HttpRequest, code: str, key: UUID, part: UUID, row: int
) -> HttpResponse:
    """Ask, then take an evidence away."""
    return _removed(request, EVIDENCE, _part(request, code, key, part), row)


def _part(request: HttpRequest, code: str, key: UUID, part: UUID) -> Part:
    found = access.programme(request.user, code, access.EDIT)
    return chain_access.part(chain_access.chain(found, key), part)


def _context(part: Part, **more: Any) -> dict[str, Any]:
    return {
        "programme": part.chain.programme,
        "chain": part.chain,
        "sentence": str(part),
        "back_url": part.get_absolute_url(),
        **more,
    }


def _new(request: HttpRequest, kind: Kind, part: Part, initial: dict[str, Any]) -> HttpResponse:
    form = kind.form(sent(request), initial=initial)
    context = _context(part, title=kind.new)
    service = partial(kind.note, part=part)
    return kept(request, form, service, context=context, back=part.get_absolute_url())


def _changed(request: HttpRequest, kind: Kind, part: Part, key: int) -> HttpResponse:
    row = kind.find(part, key)
    form = kind.form(sent(request), initial=chain_forms.initial_of(row, kind.form.base_fields))
    chain = part.chain
    remove = [chain.programme.code, chain.public_id, part.public_id, key]
    context = _context(part, title=str(row), remove_url=reverse(kind.remove_name, args=remove))
    service = partial(kind.note, part=part, row=row)
    return kept(request, form, service, context=context, back=part.get_absolute_url())


def _removed(request: HttpRequest, kind: Kind, part: Part, key: int) -> HttpResponse:
    row = kind.find(part, key)
    context = {
        "title": _("¿Quitar «%(what)s»?") % {"what": row},
        "sentence": _("Sale de la cadena. Queda en el diario que estuvo."),
        "action": _("Quitar"),
        "is_grave": True,
        "back_url": part.get_absolute_url(),
    }
    return kept(
        request,
        Form(sent(request)),
        partial(kind.remove, row=row),
        context=context,
        back=part.get_absolute_url(),
        template="web/confirm.html",
    )
