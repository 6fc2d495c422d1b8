"""Results chains: the list, one drawn, begun, changed, reviewed, on paper."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.results import access, chain_access, chain_forms
from digna.results.selectors import chains as shown
from digna.results.services import chains as services
from digna.results.views.chain_saving import kept, sent
from digna.web import links, pdf


@door(access.SEE)
def chains(request: HttpRequest, code: str) -> HttpResponse:
    """The chains of a programme."""
    found = access.programme(request.user, code)
    context = {
        "programme": found,
        "rows": shown.chains_list(found, timezone.localdate()),
        "examples": shown.examples(found),
        "may_edit": rights.may(request.user, access.EDIT),
    }
    return render(request, "results/chains.html", context)


@door(access.SEE)
def chain(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """One chain drawn, with what is found about it."""
    row = chain_access.chain(access.programme(request.user, code), key)
    page = shown.chain_page(request.user, row, timezone.localdate())
    return render(request, "results/chain.html", {"page": page})


@door(access.SEE)
def chain_svg(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """The drawing alone, to put into a document."""
    row = chain_access.chain(access.programme(request.user, code), key)
    page = shown.chain_page(request.user, row, timezone.localdate())
    drawn = render_to_string("results/chain.svg", {"page": page})
    response = HttpResponse(drawn.strip(), content_type="image/svg+xml")
    name = f"cadena-{slugify(row.name_es)[:40]}.svg"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@door(access.SEE)
def chain_pdf(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """The drawing and its tables on A4."""
    row = chain_access.chain(access.programme(request.user, code), key)
    url = request.build_absolute_uri(row.get_absolute_url())
    context = {
        "page": shown.chain_page(request.user, row, timezone.localdate()),
        "has_synthetic": row.programme.is_synthetic,
        "qr": links.qr(url),
    }
    name = f"cadena-{slugify(row.name_es)[:40]}"
    return pdf.response(request, "results/chain_paper.html", context, name)


@door(access.EDIT)
def new_chain(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a chain by hand."""
    found = access.programme(request.user, code, access.EDIT)
    form = chain_forms.ChainForm(sent(request), programme=found)
    context = {
        "title": _("Nueva cadena de resultados"),
        "sentence": _(
            "Qué se hace, qué cambia por eso y qué mejora al final, casilla por casilla."
        ),
        "programme": found,
    }
    return kept(request, form, partial(services.begin_chain, programme=found), context=context)


@require_POST
@door(access.EDIT)
def start_example(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Begin from an example of a kit."""
    found = access.programme(request.user, code, access.EDIT)
    entry = shown.example(slug)
    try:
        made = services.adopt_example(actor=actor.of_request(request), programme=found, entry=entry)
    except Refused as problem:
        messages.error(request, str(problem.message))
        return redirect("results:chains", found.code)
    messages.success(request, _("Es un ejemplo: cámbielo hasta que cuente lo que usted hace."))
    return redirect(made.get_absolute_url())


@door(access.EDIT)
def change_chain(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Change a chain's name and notes."""
    found = access.programme(request.user, code, access.EDIT)
    row = chain_access.chain(found, key)
    initial = chain_forms.initial_of(row, chain_forms.ChainForm.base_fields)
    form = chain_forms.ChainForm(sent(request), programme=found, initial=initial)
    context = {"title": str(row), "programme": found, "chain": row}
    return kept(request, form, partial(services.change_chain, chain=row), context=context)


@require_POST
@door(access.EDIT)
def archive_chain(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Put a chain away, or take it out again."""
    found = access.programme(request.user, code, access.EDIT)
    row = chain_access.chain(found, key)
    act = services.restore_chain if row.archived_at is not None else services.archive_chain
    act(actor=actor.of_request(request), chain=row)
    return redirect(row.get_absolute_url())


@door(access.EDIT)
def review_chain(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Note a review."""
    found = access.programme(request.user, code, access.EDIT)
    row = chain_access.chain(found, key)
    form = chain_forms.ReviewForm(sent(request), initial={"on": timezone.localdate()})
    context = {
        "title": _("Anotar una revisión"),
        "sentence": _(
            "¿Sigue siendo cierta esta historia? ¿Qué se vio que la confirma o la cambia?"
        ),
        "programme": found,
        "chain": row,
    }
    service = partial(services.review_chain, chain=row)
    return kept(request, form, service, context=context, back=row.get_absolute_url())
