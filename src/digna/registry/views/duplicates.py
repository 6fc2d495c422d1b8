"""Doubtful pairs: the queue, the two side by side, one decision, and its undoing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.registry import access
from digna.registry.forms import ConfirmForm
from digna.registry.selectors import lists, matching
from digna.registry.services import duplicates as services
from digna.registry.services import merges


@door(access.MERGE)
def pairs(request: HttpRequest) -> HttpResponse:
    """The queue, the likeliest first."""
    return render(request, "registry/pairs.html", {"listing": lists.pairs_page(request)})


@door(access.MERGE)
def pair(request: HttpRequest, key: int) -> HttpResponse:
    """Two records side by side; choose field by field and merge."""
    found = access.duplicate_pair(request.user, key)
    keep, absorb = services.sides_of(found)
    if request.GET.get("conservar") == "b":
        keep, absorb = absorb, keep
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        take = [
            name.removeprefix("take_")
            for name, value in request.POST.items()
            if name.startswith("take_") and value == "absorbed"
        ]
        try:
            act = actor.of_request(request, intention=form.intended)
            merges.merge(actor=act, keep=keep, absorb=absorb, take=take)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Fusionadas. Puede deshacerlo desde la ficha."))
            return redirect("registry:pairs")
    preview = matching.merge_preview(keep, absorb)
    context = {"pair": found, "preview": preview, "form": form, "reasons": found.reasons}
    return render(request, "registry/pair.html", context)


@require_POST
@door(access.MERGE)
def tell_apart(request: HttpRequest, key: int) -> HttpResponse:
    """Decide that the two are different."""
    found = access.duplicate_pair(request.user, key)
    services.tell_apart(actor=actor.of_request(request), pair=found)
    messages.success(request, _("Quedaron como distintas; no se preguntará otra vez."))
    return redirect("registry:pairs")


@door(access.MERGE)
def undo_merge(request: HttpRequest, key: int) -> HttpResponse:
    """Make two of one again."""
    found = access.merge(request.user, key)
    kept, absorbed = merges.parties(found)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            merges.undo_merge(actor=act, merge=found)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("La fusión se deshizo; el par vuelve a la lista."))
            return redirect("registry:pairs")
    context = {"form": form, "merge": found, "kept": kept, "absorbed": absorbed}
    return render(request, "registry/undo_merge.html", context)
