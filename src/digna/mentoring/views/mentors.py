"""Mentors: the list, a profile, enlisted and corrected."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.mentoring import access, instruments
from digna.mentoring.forms.pairs import ActForm
from digna.mentoring.forms.profiles import MentorForm
from digna.mentoring.models import Language, Mentor, Pair, Slot
from digna.mentoring.selectors import health, lists
from digna.mentoring.services import mentors as services
from digna.mentoring.views.cohorts import chips
from digna.registry import access as registry
from digna.registry import downloads
from digna.registry.models import Sector

PAGE = 30


@door(access.SEE)
def mentors(request: HttpRequest) -> HttpResponse:
    """Who gives time, in what, and how many places are left."""
    q, free = request.GET.get("q", ""), request.GET.get("lugares", "")
    every = lists.mentors(request.user, q)
    free_count = sum(line.mentor.is_available and line.free > 0 for line in every)
    found = lists.mentors(request.user, q, free) if free else every
    rows = [("", _("Todos"), len(every)), ("libres", _("Con lugar libre"), free_count)]
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "filters": chips(request, "lugares", rows),
        "asked": {"q": q, "free": free},
        "is_filtered": bool(q or free),
        "areas": instruments.named(instruments.installed()["areas"]),
    }
    return render(request, "mentoring/mentors.html", context)


HEADER = (
    "Mentor/a", "Socio", "Presentación", "Áreas", "Idiomas", "Lugares", "Ocupados", "Disponible",
)  # fmt: skip


@door(access.SEE)
def export_mentors(request: HttpRequest) -> HttpResponse:
    """The list of mentors."""
    areas = instruments.named(instruments.installed()["areas"])
    lines = lists.mentors(request.user, request.GET.get("q", ""), request.GET.get("lugares", ""))
    told = [
        (
            str(line.mentor), str(line.mentor.partner or ""), line.mentor.headline,
            ", ".join(areas.get(code, code) for code in line.mentor.expertise),
            ", ".join(str(Language(code).label) for code in line.mentor.languages),
            line.capacity, line.taken, _("sí") if line.mentor.is_available else _("no"),
        )
        for line in lines
    ]  # fmt: skip
    is_csv = request.GET.get("formato") == "csv"
    return (downloads.csv_file if is_csv else downloads.xlsx_file)("mentores", HEADER, told)


@door(access.SEE)
def mentor(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One mentor: what they offer, with whom they work."""
    row = access.mentor(request.user, key)
    told: Any = instruments.installed()
    areas, stages = (instruments.named(told[name]) for name in ("areas", "stages"))
    sectors = {s.code: s.name for s in Sector.objects.all()}
    pairs = row.pairs.filter(
        cohort__in=access.visible_cohorts(request.user).values("pk")
    ).select_related("cohort", "application__person", "application__enterprise", "mentor__person")
    every = health.of_pairs(pairs, timezone.localdate())
    context = {
        "mentor": row,
        "capacity": row.seats.count(),
        "taken": Pair.objects.filter(mentor=row, state__in=Pair.HOLDING).count(),
        "areas": [areas.get(code, code) for code in row.expertise],
        "stages": [stages.get(code, code) for code in row.stages],
        "sectors": [sectors.get(code, code) for code in row.sectors],
        "tongues": [str(Language(code).label) for code in row.languages],
        "slots": [str(Slot(code).label) for code in row.slots],
        "pairs": every,
        "may_edit": access.visible_mentors(request.user, access.EDIT).filter(pk=row.pk).exists(),
        "conduct": instruments.sentences(told["conduct"]),
        "act_form": ActForm(),
    }
    return render(request, "mentoring/mentor.html", context)


@door(access.EDIT)
def enlist(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A person of the register becomes a mentor."""
    person = registry.person(request.user, key)
    form = MentorForm(
        request.POST or None,
        partners=access.partners_of(request.user),
        initial={"partner": person.partner, "capacity": 2, "languages": ["es"]},
    )
    return doing.form_page(
        request,
        form,
        lambda act, given: services.enlist(actor=act, person=person, **given.given),
        template="mentoring/chip_form.html",
        title=_("%(name)s como mentor/a") % {"name": person},
        action=_("Guardar"),
        back=reverse("registry:person", args=[key]),
        done=_("Guardado."),
        to=lambda made: reverse("mentoring:mentor", args=[made.public_id]),
    )


FIELDS = (
    "headline", "expertise", "sectors", "stages", "languages", "slots", "wants_sex", "partner",
    "is_available",
)  # fmt: skip


@door(access.EDIT)
def correct_mentor(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct what a mentor offers."""
    row: Mentor = access.mentor(request.user, key, access.EDIT)
    initial = {name: getattr(row, name) for name in FIELDS}
    initial |= {"capacity": row.seats.count(), "organisations": row.organisations.all()}
    form = MentorForm(
        request.POST or None, partners=access.partners_of(request.user), initial=initial
    )
    return doing.form_page(
        request,
        form,
        lambda act, given: services.correct_mentor(actor=act, mentor=row, **given.given),
        template="mentoring/chip_form.html",
        title=_("Corregir el perfil de %(name)s") % {"name": row},
        action=_("Guardar"),
        back=reverse("mentoring:mentor", args=[row.public_id]),
        done=_("Guardado."),
    )


@door(access.EDIT)
@require_POST
def accept_conduct(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that a mentor accepted the code of conduct."""
    row = access.mentor(request.user, key, access.EDIT)
    form = ActForm(request.POST)
    if form.is_valid():
        services.accept_conduct(actor=doing.who(request, form), mentor=row)
        messages.success(request, _("Anotado: aceptó el código de conducta."))
    return redirect("mentoring:mentor", row.public_id)
