"""The staff's screens: the list, one package, bringing in, versions, withdrawal, downloads."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.journal.history import history
from digna.packages import access, forms, hosts, selectors
from digna.packages.models import Package
from digna.packages.services import imports as services
from digna.registry import downloads

PAGE = 50


def _filters(request: HttpRequest) -> selectors.Filters:
    asked = request.GET
    return selectors.Filters(asked.get("q", ""), asked.get("estandar", ""), asked.get("estado", ""))


@door(access.SEE)
def packages(request: HttpRequest) -> HttpResponse:
    """Every package, with its standard, size, and how many finished it."""
    filters = _filters(request)
    context = {
        "page": Paginator(selectors.packages(request.user, filters), PAGE).get_page(
            request.GET.get("pagina")
        ),
        "asked": filters,
        "kinds": Package.Kind.choices,
        "is_filtered": any((filters.q, filters.kind, filters.state)),
    }
    return render(request, "packages/packages.html", context)


HEADER = ("Paquete", "Estándar", "Idioma", "Licencia", "Versión", "Bytes", "Intentos", "Terminados")


@door(access.SEE)
def export_packages(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered."""
    rows: Any = selectors.packages(request.user, _filters(request))  # with its annotations
    told = (
        (
            row.title, row.get_kind_display(), row.language, row.licence, row.version_number,
            row.size, row.attempt_count, row.done_count,
        )
        for row in rows
    )  # fmt: skip
    is_xlsx = request.GET.get("formato") == "xlsx"
    return (downloads.xlsx_file if is_xlsx else downloads.csv_file)("paquetes", HEADER, told)


@door(access.SEE)
def package(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One package: try it, its parts, its versions, how its attempts stand."""
    row = access.package(request.user, key)
    versions = selectors.versions(row)
    attempts = access.counted_attempts(request.user, row)
    context = {
        "package": row,
        "versions": versions,
        "newest": versions[0],
        "standing": selectors.standing(attempts),
        "may_author": rights.may(request.user, access.AUTHOR),
        "may_read": rights.may(request.user, access.RESULTS),
        "can_play": bool(hosts.pattern(request)),
        "history": history(row),
    }
    return render(request, "packages/package.html", context)


@door(access.AUTHOR)
def import_package(request: HttpRequest) -> HttpResponse:
    """A new package is brought in."""
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            made = services.import_package(actor=act, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Importado. Pruébelo antes de ofrecerlo."))
            return redirect("packages:package", made.public_id)
    context = {
        "form": form,
        "title": _("Importar un paquete"),
        "sentence": _("Se revisa entero antes de guardarlo; si algo está mal, le decimos qué."),
        "action": _("Importar"),
        "back_url": reverse("packages:packages"),
        "has_files": True,
    }
    return render(request, "packages/upload.html", context, status=422 if form.errors else 200)


@door(access.AUTHOR)
def add_version(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Another version; what was done with the ones before stays."""
    row = access.package(request.user, key)
    form = forms.VersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            services.add_version(actor=act, package=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Versión guardada: desde ahora se abre esta."))
            return _back(row)
    context = {
        "form": form,
        "title": _("Versión nueva de «%(title)s»") % {"title": row},
        "sentence": _("Quien ya empezó sigue con la versión que tenía."),
        "action": _("Guardar la versión"),
        "back_url": reverse("packages:package", args=[key]),
    }
    return render(request, "packages/upload.html", context, status=422 if form.errors else 200)


@door(access.AUTHOR)
def correct(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct title, language, licence."""
    row = access.package(request.user, key)
    names = ("title", "language", "licence")
    initial = {name: getattr(row, name) for name in names}
    form = forms.CorrectForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        services.correct(actor=act, package=row, **form.given)
        messages.success(request, _("Guardado."))
        return _back(row)
    context: dict[str, Any] = {
        "form": form,
        "title": _("Corregir «%(title)s»") % {"title": row},
        "action": _("Guardar"),
        "back_url": reverse("packages:package", args=[key]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.AUTHOR)
@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Offer it no longer."""
    row = access.package(request.user, key)
    services.withdraw(actor=actor.of_request(request), package=row)
    messages.success(request, _("Retirado: ya no se puede abrir. Lo hecho queda."))
    return _back(row)


@door(access.AUTHOR)
@require_POST
def put_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Offer it again."""
    row = access.package(request.user, key)
    services.put_back(actor=actor.of_request(request), package=row)
    messages.success(request, _("Otra vez en uso."))
    return _back(row)


@door(access.AUTHOR)
def download(request: HttpRequest, key: uuid.UUID) -> FileResponse:
    """The archive of a version, as it came."""
    row = access.version(request.user, key)
    return FileResponse(row.archive.open("rb"), as_attachment=True, filename=row.file_name)


@door(access.RESULTS)
def export_attempts(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The attempts at a package, one a row."""
    row = access.package(request.user, key)
    rows = access.counted_attempts(request.user, row).select_related("person", "user", "version")
    header = ("Quién", "Versión", "Intento", "Empezó", "Terminó", "Aprobó", "Puntaje de 100")
    told = (
        (
            str(one.person or one.user), one.version.number, one.number,
            one.started_at.date(), one.completed_at.date() if one.completed_at else None,
            {True: "sí", False: "no", None: ""}[one.is_passed],
            None if one.scaled is None else round(one.scaled * 100, 2),
        )
        for one in rows.order_by("started_at", "pk")
    )  # fmt: skip
    is_xlsx = request.GET.get("formato") == "xlsx"
    return (downloads.xlsx_file if is_xlsx else downloads.csv_file)("intentos", header, told)


def _back(row: Package) -> HttpResponse:
    return redirect("packages:package", row.public_id)
