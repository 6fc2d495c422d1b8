"""The room's first page, cohorts, their applications, and how pairs are doing."""

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

from digna.accounts import doing, rights
from digna.accounts.doors import door
from digna.accounts.models import User
from digna.errors import Refused
from digna.journal import actor
from digna.mentoring import access, calendars, instruments
from digna.mentoring.forms.cohorts import ChangeCohortForm, CohortForm, DraftForm
from digna.mentoring.forms.pairs import ActForm
from digna.mentoring.forms.profiles import NEEDS, ApplicationForm, DecideForm, as_yes_no
from digna.mentoring.models import Application, Cohort, Language, Pair, Slot
from digna.mentoring.selectors import health, lists
from digna.mentoring.services import applications as applying
from digna.mentoring.services import cohorts as services
from digna.registry import access as registry
from digna.registry import downloads
from digna.web import links

PAGE = 30


def tabs(cohort: Cohort, here: str) -> list[dict[str, object]]:
    """Return the tabs of a cohort."""
    names = (
        ("cohort", _("Resumen")), ("applications", _("Postulaciones")),
        ("drafts", _("Armar parejas")), ("health", _("Parejas")), ("outcomes", _("Resultados")),
    )  # fmt: skip
    return [
        {
            "label": label,
            "url": reverse(f"mentoring:{name}", args=[cohort.public_id]),
            "is_here": name == here,
        }
        for name, label in names
    ]


def chips(request: HttpRequest, name: str, rows: Any) -> list[dict[str, object]]:
    """Return filter chips from (value, label, count); the address keeps the rest."""
    made = []
    for value, label, count in rows:
        query = request.GET.copy()
        query.pop("pagina", None)
        query[name] = value
        is_on = request.GET.get(name, "") == value
        made.append(
            {"label": label, "count": count, "url": f"?{query.urlencode()}", "is_on": is_on}
        )
    return made


@door(access.ENTER)
def cohorts(request: HttpRequest) -> HttpResponse:
    """A mentor's own pairs, and the cohorts that a user may see."""
    today = timezone.localdate()
    context = {
        "own": health.own(request.user, today) if rights.may(request.user, access.LOG) else [],
        "cohorts": list(lists.cohorts(request.user)),
        "may_edit": rights.may(request.user, access.EDIT),
        "may_see": rights.may(request.user, access.SEE),
        "today": today,
        "act_form": ActForm(),
    }
    return render(request, "mentoring/cohorts.html", context)


@door(access.EDIT)
def open_cohort(request: HttpRequest) -> HttpResponse:
    """Open a cohort."""
    form = CohortForm(
        request.POST or None,
        programmes=access.programmes_of(request.user),
        partners=access.partners_of(request.user),
    )
    return doing.form_page(
        request,
        form,
        lambda act, given: services.open_cohort(actor=act, **given.given),
        template="mentoring/chip_form.html",
        title=_("Nueva cohorte de mentoría"),
        sentence=_(
            "Guarda el modelo, el código de conducta y el acuerdo como están hoy en el kit."
        ),
        action=_("Abrir la cohorte"),
        back=reverse("mentoring:cohorts"),
        done=_("Abierta. Comparta el enlace de la convocatoria."),
        to=lambda made: reverse("mentoring:cohort", args=[made.public_id]),
    )


@door(access.SEE)
def cohort(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A cohort in numbers, its call and its terms."""
    row = access.cohort(request.user, key)
    today = timezone.localdate()
    call_url = ""
    if row.token:
        call_url = request.build_absolute_uri(reverse("mentoring:apply", args=[row.token]))
    context = {
        "cohort": row,
        "tabs": tabs(row, "cohort"),
        "figures": lists.figures(row, today),
        "is_open": row.is_call_open_on(today),
        "call_url": call_url,
        "qr": links.qr(call_url) if call_url else "",
        "conduct": instruments.sentences(row.terms.get("conduct", {})),
        "may_edit": access.visible_cohorts(request.user, access.EDIT).filter(pk=row.pk).exists(),
        "act_form": ActForm(),
    }
    return render(request, "mentoring/cohort.html", context)


@door(access.EDIT)
def correct_cohort(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct title, days, texts and limits."""
    row = access.cohort(request.user, key, access.EDIT)
    names = [name for name in ChangeCohortForm.base_fields if name != "intention"]
    form = ChangeCohortForm(
        request.POST or None,
        programmes=access.programmes_of(request.user),
        partners=access.partners_of(request.user),
        initial={name: getattr(row, name) for name in names},
    )
    return doing.form_page(
        request,
        form,
        lambda act, given: services.correct_cohort(actor=act, cohort=row, **given.given),
        title=_("Corregir la cohorte"),
        action=_("Guardar"),
        back=reverse("mentoring:cohort", args=[row.public_id]),
        done=_("Guardado."),
    )


@door(access.EDIT)
@require_POST
def close_cohort(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Close a cohort that has no pair left."""
    row = access.cohort(request.user, key, access.EDIT)
    form = ActForm(request.POST)
    if form.is_valid():
        try:
            services.close_cohort(actor=doing.who(request, form), cohort=row)
        except Refused as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, _("La cohorte quedó cerrada."))
    return redirect("mentoring:cohort", row.public_id)


@door(access.SEE)
def applications(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who applied, by state."""
    row = access.cohort(request.user, key)
    state, q = request.GET.get("estado", ""), request.GET.get("q", "")
    found = lists.applications(row, state, q)
    counts = {code: row.applications.filter(state=code).count() for code, _l in _states()}
    labels = [("", _("Todas"), sum(counts.values()))]
    labels += [(code, label, counts[code]) for code, label in _states()]
    terms = row.terms
    context = {
        "cohort": row,
        "tabs": tabs(row, "applications"),
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "filters": chips(request, "estado", labels),
        "asked": {"state": state, "q": q},
        "is_filtered": bool(state or q),
        "areas": instruments.named(terms.get("areas", ())),
    }
    return render(request, "mentoring/applications.html", context)


HEADER_APPLICATIONS = (
    "Emprende", "Negocio", "Empresa", "Rubro", "Etapa", "Apoyo en", "Idiomas", "Horarios",
    "Horas al mes", "Cuida a otras personas", "Necesita cuidado infantil", "Departamento",
    "Estado", "Recibida el",
)  # fmt: skip


@door(access.SEE)
def export_applications(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who applied, as the list is filtered; nobody's personal link is in it."""
    row = access.cohort(request.user, key)
    found = lists.applications(row, request.GET.get("estado", ""), request.GET.get("q", ""))
    areas, stages = (instruments.named(row.terms.get(n, ())) for n in ("areas", "stages"))
    words = {True: _("sí"), False: _("no"), None: None}
    told = [
        (
            str(one), one.business, str(one.enterprise or ""), str(one.sector or ""),
            stages.get(one.stage, one.stage), ", ".join(areas.get(c, c) for c in one.needs),
            ", ".join(str(Language(c).label) for c in one.languages),
            ", ".join(str(Slot(c).label) for c in one.slots), one.hours_a_month,
            one.get_care_display(), words[one.needs_childcare], _department(one),
            one.get_state_display(), timezone.localdate(one.received_at),
        )
        for one in found
    ]  # fmt: skip
    is_csv = request.GET.get("formato") == "csv"
    make = downloads.csv_file if is_csv else downloads.xlsx_file
    return make("postulaciones", HEADER_APPLICATIONS, told)


def _department(one: Application) -> str:
    place = one.person.place
    if place is None:
        return ""
    return str(place.parent if place.kind == "municipality" and place.parent else place)


def _states() -> list[tuple[str, str]]:
    return [(str(code), str(label).capitalize()) for code, label in Application.State.choices]


@door(access.SEE)
def application(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One application, whole; and the decision."""
    row = access.application(request.user, key)
    may_edit = access.visible_cohorts(request.user, access.EDIT).filter(pk=row.cohort_id).exists()
    terms = row.cohort.terms
    link = ""
    if may_edit and row.token:
        link = request.build_absolute_uri(reverse("mentoring:mine", args=[row.token]))
    text = _("Hola, este es su enlace personal de la mentoría: %(link)s") % {"link": link}
    areas, stages = (instruments.named(terms.get(n, ())) for n in ("areas", "stages"))
    context = {
        "application": row,
        "may_edit": may_edit,
        "form": DecideForm(),
        "needs": [areas.get(code, code) for code in row.needs],
        "stage": stages.get(row.stage, row.stage),
        "tongues": [str(Language(code).label) for code in row.languages],
        "slots": [str(Slot(code).label) for code in row.slots],
        "pairs": list(row.pairs.select_related("mentor__person")),
        "outcomes": list(row.outcomes.all()),
        "link": link,
        "chat": links.whatsapp(row.person.phone, text) if link else "",
    }
    return render(request, "mentoring/application.html", context)


@door(access.EDIT)
def decide(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Accept an application, or say no."""
    row = access.application(request.user, key, access.EDIT)
    form = DecideForm(request.POST or None)
    return doing.form_page(
        request,
        form,
        lambda act, given: applying.decide(
            actor=act,
            application=row,
            is_accepted="accept" in request.POST,
            note=given.cleaned_data["note"],
        ),
        title=_("Decidir sobre %(name)s") % {"name": row.person},
        action=_("No aceptar"),
        back=reverse("mentoring:application", args=[row.public_id]),
        done=_("Guardado."),
    )


@door(access.EDIT)
def correct_application(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct what an application says."""
    row = access.application(request.user, key, access.EDIT)
    initial = {name: getattr(row, name) for name in (*NEEDS, "enterprise")}
    initial["needs_childcare"] = as_yes_no(row.needs_childcare)
    firms = registry.visible_enterprises(request.user)
    if row.enterprise_id:
        firms = firms.filter(affiliations__person=row.person_id) | firms.filter(
            pk=row.enterprise_id
        )
    else:
        firms = firms.filter(affiliations__person=row.person_id)
    form = ApplicationForm(
        request.POST or None, terms=row.cohort.terms, firms=firms.distinct(), initial=initial
    )
    return doing.form_page(
        request,
        form,
        lambda act, given: applying.correct_application(actor=act, application=row, **given.given),
        template="mentoring/chip_form.html",
        title=_("Corregir la postulación de %(name)s") % {"name": row.person},
        action=_("Guardar"),
        back=reverse("mentoring:application", args=[row.public_id]),
        done=_("Guardado."),
    )


@door(access.EDIT)
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that somebody takes part no more."""
    row = access.application(request.user, key, access.EDIT)
    form = DecideForm(request.POST or None)
    return doing.form_page(
        request,
        form,
        lambda act, given: applying.withdraw(
            actor=act, application=row, note=given.cleaned_data["note"]
        ),
        title=_("%(name)s se retira") % {"name": row.person},
        sentence=_("Nadie le preguntará por qué. Si quiso contarlo, anótelo."),
        action=_("Anotar que se retira"),
        back=reverse("mentoring:application", args=[row.public_id]),
        done=_("Anotado."),
    )


@door(access.SEE)
def cohort_health(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How every pair is doing: those that need somebody first."""
    row = access.cohort(request.user, key)
    every = health.of_pairs(lists.pairs_of(row), timezone.localdate())
    chip = request.GET.get("estado", "")
    found = health.in_order(one for one in every if health.passes(one, chip))
    counts = [
        (code, label, sum(health.passes(one, code) for one in every))
        for code, label in health.CHIPS.items()
    ]
    context = {
        "cohort": row,
        "tabs": tabs(row, "health"),
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "filters": chips(request, "estado", counts),
        "is_filtered": bool(chip),
        "may_edit": access.visible_cohorts(request.user, access.EDIT).filter(pk=row.pk).exists(),
    }
    return render(request, "mentoring/health.html", context)


HEADER = (
    "Emprende", "Empresa", "Acompaña", "Estado", "Desde", "Hasta", "Sesiones hechas", "Ausencias",
    "Último contacto", "Días sin contacto", "Próxima sesión", "Ánimo de quien acompaña",
    "Ánimo de quien emprende", "Avisos", "Último seguimiento", "Celular de quien emprende",
    "Celular de quien acompaña",
)  # fmt: skip


@door(access.SEE)
def export_health(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The list of pairs as a workbook; a private note is in none."""
    row = access.cohort(request.user, key)
    every = health.in_order(health.of_pairs(lists.pairs_of(row), timezone.localdate()))
    chip = request.GET.get("estado", "")
    told = [_cells(one) for one in every if health.passes(one, chip)]
    is_xlsx = request.GET.get("formato") != "csv"
    return (downloads.xlsx_file if is_xlsx else downloads.csv_file)("parejas", HEADER, told)


def _cells(one: health.Health) -> tuple[Any, ...]:
    pair, follow_up = one.pair, one.follow_up
    return (
        str(pair.application), str(pair.application.enterprise or ""), str(pair.mentor),
        one.state_label, pair.started_on, pair.ended_on, one.held, one.missed,
        one.course.last_contact_on, one.days_silent, one.next_on, one.mentor_mood,
        one.mentee_mood, "; ".join(one.words),
        f"{follow_up.on:%d/%m/%Y} {follow_up.what}" if follow_up else "",
        pair.application.person.phone, pair.mentor.person.phone,
    )  # fmt: skip


@door(access.ENTER)
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The sessions of a mentor's own pairs, for their calendar."""
    pairs = Pair.objects.none()
    if isinstance(request.user, User):
        pairs = Pair.objects.filter(mentor__user=request.user)
    return calendar_file(pairs, _("Mis mentorías"))


def calendar_file(pairs: Any, name: str) -> HttpResponse:
    """Return a calendar file of pairs."""
    content = calendars.of_pairs(pairs, name, at=timezone.now())
    reply = HttpResponse(content, content_type=calendars.CONTENT_TYPE)
    reply["Content-Disposition"] = 'attachment; filename="mentoria.ics"'
    return reply


@door(access.EDIT)
def drafts(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask for a draft of pairs, and those there are."""
    from digna.mentoring import tasks
    from digna.mentoring.services import drafts as drafting

    row = access.cohort(request.user, key, access.EDIT)
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            made = drafting.ask_for_draft(actor=act, cohort=row, mode=form.cleaned_data["mode"])
        except Refused as problem:
            form.refuse(problem)
        else:
            tasks.draw_up.enqueue(made.pk)
            return redirect("mentoring:draft", made.public_id)
    context = {
        "cohort": row,
        "tabs": tabs(row, "drafts"),
        "form": form,
        "drafts": list(row.drafts.select_related("made_by")),
        "waiting": row.applications.filter(state=Application.State.ACCEPTED)
        .exclude(pairs__state__in=Pair.HOLDING)
        .count(),
        "places": sum(line.free for line in lists.mentors(request.user, free="libres")),
    }
    return render(request, "mentoring/drafts.html", context, status=422 if form.errors else 200)
