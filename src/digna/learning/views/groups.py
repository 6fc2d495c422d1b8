"""Groups: the list, opening, the board, who is behind, meetings, papers and files."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.accounts.models import Role, User
from digna.errors import Refused
from digna.journal import actor
from digna.learning import access, forms, nudging
from digna.learning.models import Course, Group, UnitAttendance
from digna.learning.selectors import boards
from digna.learning.services import groups as services
from digna.registry import downloads
from digna.web import links
from digna.web.forms import DateField, Form
from digna.web.languages import either

PAGE = 50


@door(access.SEE)
def groups(request: HttpRequest) -> HttpResponse:
    """The groups, as filtered."""
    state, q = request.GET.get("estado", "abiertos"), request.GET.get("q", "")
    rows = access.visible_groups(request.user)
    found = boards.groups(rows, state=state, q=q)
    open_count = rows.filter(closed_on=None).count()
    counts = {"abiertos": open_count, "cerrados": rows.count() - open_count}
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "filters": [
            {"label": label, "count": counts[key], "url": f"?estado={key}", "is_on": key == state}
            for key, label in (("abiertos", _("Abiertos")), ("cerrados", _("Cerrados")))
        ],
        "q": q,
        "state": state,
        "is_filtered": bool(q) or state != "abiertos",
    }
    return render(request, "learning/groups.html", context)


@door(access.ENROL)
def open_group(request: HttpRequest) -> HttpResponse:
    """A new group of a course."""
    asked = Course.objects.filter(code=request.GET.get("curso", "")).first()
    form = forms.GroupForm(
        request.POST or None,
        initial={"course": asked, "starts_on": timezone.localdate(), "trainer": request.user},
        **_choices(request.user),
    )
    return doing.form_page(
        request,
        form,
        lambda who, f: services.open_group(actor=who, **f.told),
        title=_("Nuevo grupo"),
        sentence=_("Después inscribe a las personas desde su ficha o la de su empresa."),
        action=_("Abrir el grupo"),
        back=reverse("learning:groups"),
        done=_("Grupo abierto."),
        to=lambda made: made.get_absolute_url(),
    )


@door(access.ENROL)
def change_group(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a group; the days of its units."""
    row = access.group(request.user, key, access.ENROL)
    names = ("name", "starts_on", "due_on", "programme", "partner", "trainer")
    form = forms.GroupForm(
        request.POST or None,
        initial={name: getattr(row, name) for name in names} | forms.days_of(row),
        units=_units(row),
        **_choices(request.user),
    )
    return doing.form_page(
        request,
        form,
        lambda who, f: services.change_group(actor=who, group=row, **f.told),
        title=_("Corregir el grupo"),
        sentence=_("Si pone un día a cada unidad, el tablero dice quién está atrasada/o."),
        action=_("Guardar"),
        back=row.get_absolute_url(),
        done=_("Guardado."),
    )


def _units(row: Group) -> list[tuple[str, str]]:
    assert row.course.current is not None  # noqa: S101 — a group is opened of a published course
    return [
        (unit.code, either(unit.name["es"], unit.name.get("en", "")))
        for unit in row.course.current.course_read.units
    ]


def _choices(user: object) -> dict[str, Any]:
    today = timezone.localdate()
    in_force = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=today)
    roles = (Role.TRAINER, Role.COORDINATOR, Role.LEAD, Role.MEL)
    trainers = User.objects.filter(in_force, memberships__role__in=roles, is_active=True)
    return {
        "courses": access.visible_courses(user).filter(retired_on=None).exclude(current=None),
        "partners": access.partners_of(user),
        "trainers": trainers.distinct(),
    }


@door(access.SEE)
def group(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The board: people by lessons, n of N, who is behind and what to write to them."""
    row = access.group(request.user, key)
    page = boards.board(row, timezone.localdate())
    may_edit = access.visible_groups(request.user, access.ENROL).filter(pk=row.pk).exists()
    context = {
        "group": row,
        "board": page,
        "rows": [(one, nudging.chat(request, one) if may_edit else "") for one in page.rows],
        "units": [(code, name, row.day_of(code)) for code, name in _units(row)],
        "may_edit": may_edit,
        "form": Form(),
        "quiet_days": boards.QUIET_DAYS,
    }
    return render(request, "learning/group.html", context)


@door(access.SEE)
def group_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The board on A4."""
    row = access.group(request.user, key)
    url = request.build_absolute_uri(row.get_absolute_url())
    context = {
        "group": row,
        "board": boards.board(row, timezone.localdate()),
        "qr": links.qr(url),
        "url": url,
    }
    return render(request, "learning/group_paper.html", context)


HEADER = (
    "Persona", "Empresa", "Estado", "Lecciones terminadas", "Lecciones", "Respuestas correctas",
    "Preguntas", "Tareas aceptadas", "Tareas", "Atrasada en lecciones", "Encuentros",
    "Comenzó el", "Última vez", "Terminó el",
)  # fmt: skip


@door(access.SEE)
def export_group(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The board as a file."""
    row = access.group(request.user, key)
    is_csv = request.GET.get("formato") == "csv"
    make = downloads.csv_file if is_csv else downloads.xlsx_file
    return make("grupo", HEADER, _told(boards.board(row, timezone.localdate())))


def _told(board: boards.Board) -> Iterator[tuple[Any, ...]]:
    for row in board.rows:
        one, stands = row.enrolment, row.progress
        days = (one.began_at, one.latest_at, one.finished_at)
        yield (
            str(one.person), str(one.enterprise or ""), one.get_state_display(), *stands.lessons,
            *stands.answers, *stands.tasks, row.behind, row.meetings,
            *(timezone.localdate(day) if day is not None else None for day in days),
        )  # fmt: skip


@door(access.ENROL)
def meeting(request: HttpRequest, key: uuid.UUID, unit: str) -> HttpResponse:
    """Who came to the meeting of a unit."""
    row = access.group(request.user, key, access.ENROL)
    names = dict(_units(row))
    form = _MeetingForm(request.POST or None, initial={"on": row.day_of(unit)})
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        came = {int(value) for value in request.POST.getlist("came") if value.isdigit()}
        try:
            count = services.mark_meeting(
                actor=act, group=row, unit=unit, on=form.cleaned_data["on"], came=came
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado: vinieron %(n)s.") % {"n": count})
            return redirect(row)
    people = row.enrolments.exclude(state="withdrawn").select_related("person")
    marked = UnitAttendance.objects.filter(enrolment__group=row, unit_code=unit, came=True)
    context = {
        "group": row,
        "form": form,
        "title": names.get(unit, unit),
        "people": list(people),
        "came": set(marked.values_list("enrolment", flat=True)),
    }
    return render(request, "learning/meeting.html", context, status=422 if form.errors else 200)


class _MeetingForm(Form):
    on = DateField(label=_("Día del encuentro"))


@door(access.ENROL)
@require_POST
def close_group(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Close a group."""
    row = access.group(request.user, key, access.ENROL)
    form = Form(request.POST)
    if form.is_valid():
        services.close_group(actor=actor.of_request(request, intention=form.intended), group=row)
        messages.success(request, _("Grupo cerrado. Quien no terminó puede seguir."))
    return redirect("learning:groups")
