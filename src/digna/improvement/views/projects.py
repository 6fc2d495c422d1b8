"""Improvement projects: the list, one whole with its photographs, every change; the reviews."""

import uuid

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.improvement import access, exports, forms
from digna.improvement.selectors import board, reviews
from digna.improvement.services import projects as services
from digna.improvement.views import forming


@door(access.SEE)
def projects(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The projects of a firm, what is under way first."""
    firm = access.firm(request.user, key)
    page = forming.around(request, firm, "projects")
    page |= {"board": board.of(firm, timezone.localdate())}
    return render(request, "improvement/projects.html", page)


@door(access.SEE)
def export_projects(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The projects as a spreadsheet."""
    firm = access.firm(request.user, key)
    return exports.projects(firm, "xlsx" if request.GET.get("formato") == "xlsx" else "csv")


@door(access.RECORD)
def add_project(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A new project; 5S is offered first."""
    firm = access.firm(request.user, key, access.RECORD)
    initial = {"starts_on": timezone.localdate(), "area": "5s", "status": "doing"}
    form = forms.ProjectForm(request.POST or None, enterprise=firm, initial=initial)
    return forming.answer(
        request,
        form,
        lambda f, who: services.add_project(actor=who, enterprise=firm, **f.given),
        to=reverse("improvement:projects", args=[key]),
        page={
            "title": _("Nueva mejora en %(firm)s") % {"firm": firm},
            "sentence": _("Lo que no se sabe todavía se deja vacío y se completa después."),
            "action": _("Agregar el proyecto"),
            "back_url": reverse("improvement:projects", args=[key]),
            "guard": True,
        },
        said=_("Agregamos el proyecto."),
    )


@door(access.SEE)
def project(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One project: photographs of before and after, money, the KPIs it should move."""
    row = access.project(request.user, key)
    page = forming.around(request, row.enterprise, "projects") | {
        "project": row,
        "photos": list(row.photos.all()),
        "kpis": list(row.kpis.select_related("instrument__current")),
        "overlapped": list(row.overlapped_by.all()),
        "photo_form": forms.PhotoForm(),
        "act_form": forms.ActForm(),
    }
    return render(request, "improvement/project.html", page)


@door(access.RECORD)
def change_project(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Change a project or say that it is done."""
    row = access.project(request.user, key, access.RECORD)
    initial = {name: getattr(row, name) for name in forms.SHOWN_PROJECT}
    initial["kpis"] = list(row.kpis.all())
    form = forms.ProjectForm(
        request.POST or None, enterprise=row.enterprise, but=row, initial=initial
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.change_project(actor=who, project=row, **f.given),
        to=reverse("improvement:project", args=[key]),
        page={
            "title": row.title,
            "action": _("Guardar"),
            "back_url": reverse("improvement:project", args=[key]),
            "guard": True,
        },
    )


@door(access.RECORD)
@require_POST
def add_photo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A photograph of before or after."""
    row = access.project(request.user, key, access.RECORD)
    return forming.press(
        request,
        forms.PhotoForm(request.POST, request.FILES),
        lambda f, who: services.add_photo(
            actor=who, project=row, moment=f.given["moment"], content=f.content()
        ),
        to=reverse("improvement:project", args=[key]),
        said=_("Guardamos la foto."),
    )


@door(access.SEE)
def photo(request: HttpRequest, key: int) -> FileResponse:
    """The photograph itself, for those who see the firm."""
    row = access.photo(request.user, key)
    reply = FileResponse(row.file.open("rb"), content_type="image/jpeg")
    reply["Cache-Control"] = "private, max-age=86400"
    return reply


@door(access.RECORD)
@require_POST
def remove_photo(request: HttpRequest, key: int) -> HttpResponse:
    """Take a photograph away."""
    row = access.photo(request.user, key, access.RECORD)
    return forming.press(
        request,
        forms.ActForm(request.POST),
        lambda _f, who: services.remove_photo(actor=who, photo=row),
        to=reverse("improvement:project", args=[row.project.public_id]),
        said=_("Quitamos la foto."),
    )


@door(access.REVIEW)
def review_list(request: HttpRequest) -> HttpResponse:
    """What waits to be asked about."""
    page = {
        "values": list(reviews.values(request.user)[:100]),
        "savings": list(reviews.savings(request.user)[:100]),
    }
    return render(request, "improvement/reviews.html", page)


@door(access.REVIEW)
def confirm_project(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Confirm a doubtful saving after asking."""
    row = access.project(request.user, key, access.REVIEW)
    return forming.answer(
        request,
        forms.ReasonForm(request.POST or None),
        lambda _f, who: services.confirm_project(actor=who, project=row),
        to=reverse("improvement:reviews"),
        page={
            "title": _("¿Es correcto este ahorro?"),
            "sentence": _("«%(title)s» de %(firm)s. Explicación: %(reason)s")
            % {"title": row, "firm": row.enterprise, "reason": row.confirmed_reason},
            "action": _("Sí, lo comprobé"),
            "back_url": reverse("improvement:reviews"),
        },
    )
