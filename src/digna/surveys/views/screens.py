"""The office's screens of forms: the list, one form, uploads, versions, opening, paper."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.accounts.printing import qr
from digna.errors import Refused
from digna.journal import actor
from digna.journal.history import history
from digna.programmes.models import Programme
from digna.registry import downloads
from digna.surveys import access, examples, faults_told, forms, lists, versions
from digna.surveys.models import FormVersion, SurveyForm
from digna.surveys.reading import faults
from digna.surveys.selectors import forms as selectors
from digna.surveys.services import forms as services

PAGE = 50


@door(access.SEE)
def list_forms(request: HttpRequest) -> HttpResponse:
    """Every form, its state, and how much came in."""
    q, state = request.GET.get("q", ""), request.GET.get("estado", "")
    rows = selectors.forms(request.user, q, state)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "q": q,
        "state": state,
        "states": ((name, SurveyForm.State(s).label) for name, s in selectors.STATES.items()),
        "is_filtered": bool(q or state),
    }
    return render(request, "surveys/forms.html", context)


HEADER = ("Formulario", "form_id", "Programa", "Estado", "Versión", "Envíos")


@door(access.SEE)
def export_forms(request: HttpRequest) -> HttpResponse:
    """The list of forms as it is filtered."""
    asked = request.GET
    rows: Any = selectors.forms(request.user, asked.get("q", ""), asked.get("estado", ""))
    told = (
        (
            r.title,
            r.form_id,
            r.programme.name,
            str(r.get_state_display()),
            r.version_name,
            r.sent_count,
        )
        for r in rows
    )
    is_xlsx = asked.get("formato") == "xlsx"
    return (downloads.xlsx_file if is_xlsx else downloads.csv_file)("formularios", HEADER, told)


@door(access.SEE)
def form(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One form: what it asks, its versions, and how to send it."""
    row = access.form(request.user, key)
    told = selectors.form_versions(row)
    definition = versions.definition(told[0].public_id)
    language = _language(request, definition.languages, definition.default_language)
    may = access.programmes_of(request.user, access.EDIT).filter(pk=row.programme_id).exists()
    context = {
        "form": row,
        "versions": told,
        "newest": told[0],
        "questions": selectors.questions(definition, language),
        "form_languages": definition.languages,
        "form_language": language,
        "lacking": services.lacking_media(told[0]),
        "wants_media": bool(lists.uploaded(definition)),
        "live_lists": lists.Shelf(request.user).contents(row.programme, definition),
        "warnings": faults_told.told([faults.read(w) for w in told[0].warnings]),
        "sent_count": access.visible_submissions(request.user).filter(form=row).count(),
        "may_edit": may,
        "may_fill": access.may_send(request.user, row.programme),
        "history": history(row),
        "endpoint": request.build_absolute_uri(f"/openrosa/{row.programme.code}"),
    }
    return render(request, "surveys/form.html", context)


def _language(request: HttpRequest, languages: tuple[str, ...], default: str) -> str:
    asked = request.GET.get("idioma", "")
    return asked if asked in languages else default


@door(access.EDIT)
def upload(request: HttpRequest) -> HttpResponse:
    """A new form is brought in."""
    mine = access.programmes_of(request.user)
    choices = [(p.code, p.name) for p in mine]
    form = forms.UploadForm(request.POST or None, request.FILES or None, programmes=choices)
    found: list[faults_told.Told] = []
    if request.method == "POST" and form.is_valid():
        given = form.given
        within = Programme.objects.get(code=given.pop("programme"))
        act = actor.of_request(request, intention=form.intended)
        try:
            made = services.upload(
                actor=act, programme=within, media=given.pop("attached"), **given
            )
        except Refused as problem:
            form.refuse(problem)
            found = faults_told.told(problem.details.get("faults", ()))
        else:
            messages.success(request, _("Guardado como borrador. Revíselo y ábralo."))
            return redirect("surveys:form", made.public_id)
    context = {
        "form": form,
        "faults": found,
        "title": _("Subir un formulario"),
        "sentence": _(
            "Se revisa celda por celda antes de guardarlo; si algo falta, le decimos dónde."
        ),
        "action": _("Subir"),
        "back_url": reverse("surveys:forms"),
        "examples": examples.examples(),
        "live_lists": lists.LISTS,
    }
    return render(request, "surveys/upload.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def add_version(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Another version; what was sent stays as it is."""
    row = access.form(request.user, key, access.EDIT)
    form = forms.VersionForm(request.POST or None, request.FILES or None)
    found: list[faults_told.Told] = []
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            given = form.given
            services.add_version(actor=act, form=row, media=given.pop("attached"), **given)
        except Refused as problem:
            form.refuse(problem)
            found = faults_told.told(problem.details.get("faults", ()))
        else:
            messages.success(
                request, _("Versión guardada: los teléfonos la reciben al actualizar.")
            )
            return _back(row)
    context = {
        "form": form,
        "faults": found,
        "title": _("Versión nueva de «%(title)s»") % {"title": row},
        "sentence": _("Lo ya enviado queda con la versión con que se llenó."),
        "action": _("Guardar la versión"),
        "back_url": reverse("surveys:form", args=[key]),
    }
    return render(request, "surveys/upload.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def add_media(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Files that the newest version leans on."""
    row = access.form(request.user, key, access.EDIT)
    form = forms.MediaForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            services.add_media(
                actor=act, version=services.newest(row), media=form.given["attached"]
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Archivos guardados."))
            return _back(row)
    context = {
        "form": form,
        "title": _("Archivos de «%(title)s»") % {"title": row},
        "sentence": _("El formulario usa: %(names)s.")
        % {
            "names": ", ".join(lists.uploaded(versions.definition(services.newest(row).public_id)))
            or "—"
        },
        "action": _("Guardar"),
        "back_url": reverse("surveys:form", args=[key]),
    }
    return render(request, "surveys/upload.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
@require_POST
def open_form(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Offer it to telephones."""
    row = access.form(request.user, key, access.EDIT)
    try:
        services.open_form(actor=actor.of_request(request), form=row)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("Abierto: los teléfonos ya lo pueden bajar."))
    return _back(row)


@door(access.EDIT)
@require_POST
def close_form(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Offer it no longer."""
    row = access.form(request.user, key, access.EDIT)
    services.close_form(actor=actor.of_request(request), form=row)
    messages.success(request, _("Cerrado. Lo que se llenó antes todavía se recibe, marcado."))
    return _back(row)


@door(access.SEE)
def live_list(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponse:
    """A list of the register as this form offers it to who looks."""
    row = access.form(request.user, key)
    definition = versions.definition(services.newest(row).public_id)
    one = next((x for x in lists.used(definition) if x.name == name), None)
    if one is None:
        raise access.gone()
    found = one.rows(row.programme, request.user)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    context = {
        "form": row,
        "live": one,
        "page": page,
        "rows": [
            (told["label"], [(column, told[column]) for column in one.columns])
            for told in page.object_list
        ],
    }
    return render(request, "surveys/live_list.html", context)


@door(access.SEE)
def workbook(request: HttpRequest, key: uuid.UUID) -> FileResponse:
    """The XLSForm of a version, as it came."""
    row = access.version(request.user, key)
    return FileResponse(row.workbook.open("rb"), as_attachment=True, filename=row.file_name)


@door(access.EDIT)
def example(request: HttpRequest, slug: str) -> HttpResponse:
    """One of our own forms, to use as it is or to change."""
    try:
        content = examples.workbook(slug)
    except KeyError as problem:
        raise access.gone() from problem
    response = HttpResponse(content, content_type=downloads.XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slug}.xlsx"'
    return response


@door(access.SEE)
def compare(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What changed in a version from the one before."""
    new = access.version(request.user, key)
    rows = FormVersion.objects.filter(form=new.form, number__lt=new.number)
    old = rows.order_by("-number").first()
    context = {
        "form": new.form,
        "new": new,
        "old": old,
        "differences": [] if old is None else selectors.differences(old, new),
    }
    return render(request, "surveys/compare.html", context)


@door(access.SEE)
def paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The form on paper, to fill by hand, with a QR to its page."""
    row = access.form(request.user, key)
    definition = versions.definition(services.newest(row).public_id)
    language = _language(request, definition.languages, definition.default_language)
    url = request.build_absolute_uri(reverse("surveys:form", args=[key]))
    context = {
        "form": row,
        "version": services.newest(row).version,
        "questions": selectors.questions(definition, language),
        "qr": qr(url),
        "url": url,
    }
    return render(request, "surveys/paper.html", context)


def _back(row: SurveyForm) -> HttpResponse:
    return redirect("surveys:form", row.public_id)
