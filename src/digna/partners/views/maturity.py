"""The markers of a partner: matrix, one marker's history, snapshots side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.partners import access
from digna.partners.forms import plans as forms
from digna.partners.forms.profile import ReasonForm
from digna.partners.models import Judgement, Marker, Snapshot
from digna.partners.selectors import maturity as shown
from digna.partners.services import maturity as services
from digna.partners.views import acts


@door(access.SEE)
def maturity(request: HttpRequest, code: str) -> HttpResponse:
    """The three dimensions, each with its parts."""
    row = access.partner(request.user, code)
    context = acts.context_of(request, row, "maturity") | {
        "sides": shown.sides(row, timezone.localdate()),
        "snapshots": list(Snapshot.objects.filter(partner=row).select_related("by")),
    }
    return render(request, "partners/maturity.html", context)


@door(access.SEE)
def marker(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """One marker: what was judged and how it was known; a new reading below."""
    row = access.partner(request.user, code)
    one = _marker(key)
    can_edit = access.may_edit(request.user, row) and one.retired_on is None
    form = forms.JudgementForm(
        request.POST or None, request.FILES or None, initial={"on": timezone.localdate()}
    )
    if request.method == "POST" and not can_edit:
        access.partner(request.user, code, access.EDIT)
    return acts.by_form(
        request,
        form,
        lambda who, given: services.judge(actor=who, partner=row, marker=one, **given),
        template="partners/marker.html",
        back_url=reverse("partners:maturity", args=[row.code]),
        told=_("Guardamos la lectura."),
        partner=row,
        marker=one,
        can_edit=can_edit,
        history=shown.history_of(row, one),
    )


def _marker(key: int) -> Marker:
    found = Marker.objects.filter(pk=key).first()
    if found is None:
        raise NotVisible("partners.not_visible", _("No hay tal marcador."))
    return found


@door(access.EDIT)
def remove_judgement(request: HttpRequest, key: int) -> HttpResponse:
    """Take out a reading made by mistake."""
    row = access.of_partner(request.user, Judgement, key)
    return acts.by_form(
        request,
        ReasonForm(request.POST or None),
        lambda who, _given: services.remove_judgement(actor=who, judgement=row),
        template="web/confirm.html",
        title=_("Quitar esta lectura"),
        sentence=_("Vale otra vez la anterior. Lo que decía queda en el diario."),
        action=_("Sí, quitar"),
        is_grave=True,
        back_url=reverse("partners:maturity", args=[row.partner.code]),
        told=_("Quitamos la lectura."),
    )


@door(access.EDIT)
def take_snapshot(request: HttpRequest, code: str) -> HttpResponse:
    """Keep how all markers stand on a day."""
    row = access.partner(request.user, code, access.EDIT)
    return acts.by_form(
        request,
        forms.SnapshotForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda who, given: services.take_snapshot(actor=who, partner=row, **given),
        title=_("Guardar un corte de %(name)s") % {"name": row},
        sentence=_("Queda como está: lo que se valore después no lo cambia."),
        action=_("Guardar el corte"),
        back_url=reverse("partners:maturity", args=[row.code]),
        told=_("Guardamos el corte."),
    )


@door(access.SEE)
def compare_snapshots(request: HttpRequest, code: str) -> HttpResponse:
    """Two snapshots side by side; the last two unless others are asked."""
    row = access.partner(request.user, code)
    kept = list(Snapshot.objects.filter(partner=row).order_by("on"))
    asked = {str(one.pk): one for one in kept}
    before = asked.get(request.GET.get("antes", ""), kept[-2] if len(kept) > 1 else None)
    after = asked.get(request.GET.get("despues", ""), kept[-1] if kept else None)
    changes = shown.compared(before, after) if before is not None and after is not None else ()
    context = acts.context_of(request, row, "maturity") | {
        "snapshots": kept,
        "before": before,
        "after": after,
        "changes": changes,
    }
    return render(request, "partners/compare.html", context)
