"""Enrolling a person or a firm's people; one enrolment, its link, its way out and back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.learning import access, forms, nudging
from digna.learning.models import Enrolment
from digna.learning.selectors import boards, home
from digna.learning.services import enrolments as services
from digna.registry import access as registry
from digna.registry.models import Person
from digna.web import links
from digna.web.forms import Form


@door(access.ENROL)
def enrol_person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put a person into a course, alone or in a group."""
    person = registry.person(request.user, key)
    form = forms.EnrolForm(request.POST or None, places=_places(request.user))
    return doing.form_page(
        request,
        form,
        lambda who, f: services.enrol(actor=who, person=person, **_place(request.user, f)),
        title=_("Inscribir a un curso"),
        sentence=str(person),
        action=_("Inscribir"),
        back=reverse("registry:person", args=[key]),
        done=_("Inscrita/o. Envíele su enlace personal desde aquí."),
        to=lambda made: reverse("learning:enrolment", args=[made.public_id]),
    )


@door(access.ENROL)
def enrol_firm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put the people of a firm into a course."""
    firm = registry.enterprise(request.user, key)
    people = (
        Person.objects.living()
        .filter(affiliations__enterprise=firm, affiliations__ends_on=None)
        .distinct()
    )
    form = forms.EnrolForm(request.POST or None, places=_places(request.user), people=people)
    return doing.form_page(
        request,
        form,
        lambda who, f: services.enrol_many(
            actor=who,
            enterprise=firm,
            people=list(f.cleaned_data["people"]),
            **_place(request.user, f),
        ),
        title=_("Inscribir a un curso"),
        sentence=str(firm),
        action=_("Inscribir"),
        back=reverse("registry:enterprise", args=[key]),
        done=_("Inscritas/os. Cada persona tiene su enlace en el tablero del grupo o del curso."),
        to=lambda _made: _shown(request.user, form),
    )


def _places(user: object) -> list[tuple[str, str]]:
    """What can be chosen: each course alone, and each open group."""
    rows = access.visible_courses(user).filter(retired_on=None).exclude(current=None)
    alone = [(f"c:{row.code}", _("%(course)s (sin grupo)") % {"course": row}) for row in rows]
    groups = access.visible_groups(user, access.ENROL).filter(closed_on=None)
    return [
        *((f"g:{row.public_id}", f"{row.course} · {row.name}") for row in
          groups.select_related("course")),
        *alone,
    ]  # fmt: skip


def _place(user: object, form: Any) -> dict[str, Any]:
    kind, _colon, value = form.cleaned_data["where"].partition(":")
    if kind == "g":
        group = access.group(user, uuid.UUID(value), access.ENROL)
        return {"course": group.course, "group": group}
    return {"course": access.course(user, value)}


def _shown(user: object, form: Any) -> str:
    place = _place(user, form)
    group = place.get("group")
    if group is not None:
        return str(group.get_absolute_url())
    return reverse("learning:course", args=[place["course"].code])


@door(access.SEE)
def enrolment(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One person in a course: lesson by lesson, the link, what can be done."""
    row = access.enrolment(request.user, key)
    may_edit = access.visible_enrolments(request.user, access.ENROL).filter(pk=row.pk).exists()
    [line] = boards.rows_of([row], timezone.localdate())
    link = nudging.link_of(request, row) if may_edit else ""
    page = home.course_page(row, "es")
    context = {
        "enrolment": row,
        "page": page,
        "card": page.card,
        "line": line,
        "link": link,
        "text": nudging.text(request, line) if may_edit else "",
        "chat": nudging.chat(request, line) if may_edit else "",
        "qr": links.qr(link) if link else "",
        "submissions": list(row.submissions.order_by("-at")),
        "may_edit": may_edit,
        "form": Form(),
    }
    return render(request, "learning/enrolment.html", context)


@door(access.ENROL)
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take somebody out of a course, saying why."""
    row = access.enrolment(request.user, key, access.ENROL)
    form = forms.ReasonForm(request.POST or None)
    return doing.form_page(
        request,
        form,
        lambda who, f: services.withdraw(actor=who, enrolment=row, reason=f.cleaned_data["reason"]),
        title=_("Retirar del curso"),
        sentence=str(row),
        action=_("Retirar"),
        back=reverse("learning:enrolment", args=[key]),
        done=_("Retirada/o. Lo que hizo queda guardado."),
    )


@door(access.ENROL)
@require_POST
def act(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let somebody come back, or give them a new link."""
    row = access.enrolment(request.user, key, access.ENROL)
    form = Form(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            _acted(request.POST.get("act", ""), who, row)
        except Refused as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, _("Guardado."))
    return redirect("learning:enrolment", key)


def _acted(what: str, who: actor.Actor, row: Enrolment) -> None:
    if what == "reopen":
        services.reopen(actor=who, enrolment=row)
    elif what == "renew":
        services.renew_link(actor=who, enrolment=row)
    elif what == "version" and row.course.current is not None:
        services.take_version(actor=who, enrolment=row, version=row.course.current)
