"""The list of partners, one partner's summary, and what is said of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.journal import selectors as journal
from digna.partners import access
from digna.partners.forms import profile as forms
from digna.partners.models import PartnerProfile
from digna.partners.selectors import partners as shown
from digna.partners.services import profile as services
from digna.partners.views import acts
from digna.registry import downloads
from digna.web import paging

SHOWN = ("kind", "mou_from", "mou_until", "plan_from", "plan_until", "contact")


def _filters(request: HttpRequest) -> shown.Filters:
    asked = request.GET
    return shown.Filters(asked.get("q", ""), asked.get("tipo", ""), asked.get("estado", ""))


@door(access.SEE)
def partners(request: HttpRequest) -> HttpResponse:
    """Those who deliver and carry on."""
    filters, today = _filters(request), timezone.localdate()
    counts = shown.state_counts(request.user, filters, today)
    rows = shown.partners(request.user, filters, today)
    context = {
        "page": paging.page_of(request, rows, lambda: counts.get(filters.state, counts[""])),
        "filters": _chips(request, filters, counts),
        "asked": filters,
        "kinds": PartnerProfile.Kind.choices,
        "is_filtered": any((filters.q, filters.kind, filters.state)),
        "today": today,
    }
    return render(request, "partners/partners.html", context)


def _chips(
    request: HttpRequest, filters: shown.Filters, counts: dict[str, int]
) -> list[dict[str, object]]:
    labels = {
        "": _("Todos"),
        "activos": _("Activos"),
        "por-vencer": _("Convenio por vencer o vencido"),
        "perdidos": _("Perdidos"),
    }
    chips = []
    for state, label in labels.items():
        query = request.GET.copy()
        query.pop("pagina", None)
        query["estado"] = state
        is_on = filters.state == state
        url = f"?{query.urlencode()}"
        chips.append({"label": label, "count": counts[state], "url": url, "is_on": is_on})
    return chips


@door(access.SEE)
def export_partners(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    rows = shown.partners(request.user, _filters(request), timezone.localdate())
    file = downloads.xlsx_file if request.GET.get("formato") == "xlsx" else downloads.csv_file
    return file("socios", *shown.exported(rows))


@door(access.SEE)
def partner(request: HttpRequest, code: str) -> HttpResponse:
    """A partner's summary."""
    row = access.partner(request.user, code)
    page = shown.profile_page(row, timezone.localdate())
    history = journal.history_of(page.profile)[:20] if page.profile is not None else []
    context = acts.context_of(request, row, "partner") | {
        "page": page,
        "history": history,
        "today": timezone.localdate(),
    }
    return render(request, "partners/partner.html", context)


@door(access.EDIT)
def change_profile(request: HttpRequest, code: str) -> HttpResponse:
    """What a partner is."""
    row = access.partner(request.user, code, access.EDIT)
    standing = PartnerProfile.objects.filter(partner=row).first()
    initial = {name: getattr(standing, name) for name in SHOWN} if standing is not None else {}
    return acts.by_form(
        request,
        forms.ProfileForm(request.POST or None, partner=row, initial=initial),
        lambda who, given: services.describe_partner(actor=who, partner=row, **given),
        title=_("Perfil de %(name)s") % {"name": row},
        action=_("Guardar"),
        back_url=reverse("partners:partner", args=[row.code]),
        told=_("Guardamos el perfil."),
    )


@door(access.EDIT)
def lose_partner(request: HttpRequest, code: str) -> HttpResponse:
    """A partner that no longer takes part."""
    row = access.partner(request.user, code, access.EDIT)
    form = forms.LostForm(request.POST or None, initial={"on": timezone.localdate()})

    def act(who, given):  # type: ignore[no-untyped-def]
        # The form pops `reason` as the journal's; here it is one of the listed ones.
        services.lose_partner(actor=who, partner=row, reason=form.cleaned_data["reason"], **given)

    return acts.by_form(
        request,
        form,
        act,
        title=_("%(name)s deja de ser socio") % {"name": row},
        sentence=_("Sus ciclos, su dinero y su historia se quedan como están."),
        action=_("Anotar que se perdió"),
        back_url=reverse("partners:partner", args=[row.code]),
        told=_("Anotamos que el socio se perdió y por qué."),
    )


@door(access.EDIT)
def regain_partner(request: HttpRequest, code: str) -> HttpResponse:
    """A partner that takes part again."""
    row = access.partner(request.user, code, access.EDIT)
    return acts.by_form(
        request,
        forms.SureForm(request.POST or None),
        lambda who, _given: services.regain_partner(actor=who, partner=row),
        template="web/confirm.html",
        title=_("%(name)s vuelve a ser socio activo") % {"name": row},
        sentence=_("El motivo de su salida queda en el historial."),
        action=_("Sí, vuelve"),
        back_url=reverse("partners:partner", args=[row.code]),
        told=_("El socio está activo otra vez."),
    )


@door(access.EDIT)
def own_budget(request: HttpRequest, code: str) -> HttpResponse:
    """The partner's own budget of a year."""
    row = access.partner(request.user, code, access.EDIT)
    initial = {"year": timezone.localdate().year, "currency": "BOB"}
    return acts.by_form(
        request,
        forms.OwnBudgetForm(request.POST or None, request.FILES or None, initial=initial),
        lambda who, given: services.record_own_budget(actor=who, partner=row, **given),
        title=_("Partida propia de %(name)s") % {"name": row},
        sentence=_("Es dinero del socio en su propio presupuesto, no del programa."),
        action=_("Guardar la partida"),
        back_url=reverse("partners:partner", args=[row.code]),
        told=_("Guardamos la partida."),
    )
