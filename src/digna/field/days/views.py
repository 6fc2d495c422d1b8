"""The field's pages: today, firms, one firm, the lists, a sheet of work; and taking them along."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from digna.accounts import doing, fieldwork, rights
from digna.accounts.doors import door, signed_in
from digna.accounts.models import Role
from digna.accounts.rights import FIELD, OFFICE
from digna.errors import NotVisible, Refused
from digna.field.days import agenda, firms, index, pack, registering
from digna.journal import intake
from digna.registry import access as registry
from digna.registry.models import Enterprise
from digna.web import handwriting, links
from digna.web.forms import Form

TYPING = "teclado"
"""What an address says whose sheet is typed in from paper."""
WORK = rights.declare("field.work", OFFICE | FIELD | {Role.OWNER})


@door(WORK)
def today(request: HttpRequest) -> HttpResponse:
    """What is on in the days to come, and what is late."""
    day = timezone.localdate()
    page = {"agenda": agenda.of(request.user, day), "day": day}
    return render(request, "field/today.html", page)


@door(WORK)
def my_firms(request: HttpRequest) -> HttpResponse:
    """The firms one accompanies."""
    page = {"firms": firms.mine(request.user), "may_add": rights.may(request.user, registry.EDIT)}
    return render(request, "field/firms.html", page)


@door(WORK)
def firm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One firm, to read on the way there and to work in once there."""
    found = firms.visible(request.user, key)
    page = firms.page(request.user, found, timezone.localdate())
    return render(request, "field/firm.html", {"page": page, "enterprise": found})


@door(WORK)
def lists(request: HttpRequest) -> HttpResponse:
    """The checklists that may be walked."""
    rows = [(row, agenda.work_url("recorrido", row.pk)) for row in firms.checklists()]
    return render(request, "field/lists.html", {"lists": rows})


@door(WORK)
def work(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The sheet of one work: filled in here at once, or on a telephone and sent late."""
    found = _work(slug)
    is_sent = request.method == "POST"
    sent = fieldwork.Sent(request.POST, request.FILES) if is_sent else None
    sheet = fieldwork.open_sheet(found, request.user, key, sent, timezone.localdate())
    back = reverse("field:firm", args=[sheet.firm]) if sheet.firm else reverse("field:today")
    if is_sent and sheet.form.is_valid():
        try:
            fieldwork.carry_out(sheet, doing.who(request, sheet.form), request.POST)
        except Refused as problem:
            sheet.form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect(request.get_full_path() if TYPING in request.GET else back)
    return _sheet(request, found, sheet, key, back)


def _work(slug: str) -> fieldwork.Work:
    found = fieldwork.WORKS.get(slug)
    if found is None:
        raise NotVisible("field.no_such_work", _("No hay tal trabajo. Vuelva a la empresa."))
    return found


@door(WORK)
def paper(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The sheet of one work on A4, to fill by hand; its QR opens the page where it is typed in.

    `?empresa=` names the firm of a sheet that serves every firm.
    """
    day = timezone.localdate()
    sheet = fieldwork.open_sheet(_work(slug), request.user, key, None, day)
    told = request.GET.get("empresa", "")
    named = _firm_named(request.user, told) if told else None
    known = {"enterprise"} if named else set()
    url = f"{reverse('field:work', args=[slug, key])}?{TYPING}=1"
    url = request.build_absolute_uri(f"{url}#{named.public_id}" if named else url)
    page = {
        "sheet": sheet,
        "firm": named,
        "asks": handwriting.asks(sheet.form, but=sheet.unprinted | known),
        "tables": sheet.tables(),
        "back_url": reverse("field:work", args=[slug, key]),
        "qr": links.qr(url),
        "url": url,
    }
    return render(request, "field/paper.html", page)


def _firm_named(user: object, told: str) -> Enterprise:
    try:
        key = uuid.UUID(told)
    except ValueError:
        key = uuid.UUID(int=0)  # nobody's
    return firms.visible(user, key)


def _sheet(
    request: HttpRequest, found: fieldwork.Work, sheet: fieldwork.Sheet, key: str, back: str
) -> HttpResponse:
    is_typing = TYPING in request.GET
    here = f"{request.path}?{TYPING}=1"
    page: dict[str, Any] = {
        "base": fieldwork.BASE,
        "paper_url": reverse("field:paper", args=[found.slug, key]),
        "typing_url": here,
        "form": sheet.form,
        "title": sheet.title,
        "sentence": sheet.sentence,
        "action": sheet.button,
        "back_url": back,
        "late": {
            "action": found.action,
            "about": sheet.about,
            "next": here if is_typing and not found.changes else back,
            "record": key,
            "changes": found.changes,
            "is_typing": is_typing,
        },
        **sheet.context,
    }
    return render(request, sheet.template, page, status=422 if sheet.form.errors else 200)


@door(registry.EDIT)
def register(request: HttpRequest, slug: str, key: uuid.UUID | None = None) -> HttpResponse:
    """A page over one form of the register; what it sends is taken in as what comes late."""
    page, day = registering.page(slug, key), timezone.localdate()
    is_sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    form = page.open(request.user, key, data, files, day)
    if is_sent and form.is_valid():
        try:
            values, take = _named(request.POST, key), intake.INTAKES[page.action]
            take(doing.who(request, form), values, request.FILES)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect("field:firm", key) if key else redirect("field:today")
    return _registering(request, page, form, key)


def _named(given: QueryDict, key: uuid.UUID | None) -> QueryDict:
    values = given.copy()
    if key is not None:
        values["enterprise"] = str(key)
    return values


def _registering(
    request: HttpRequest, page: registering.Page, form: Form, key: uuid.UUID | None
) -> HttpResponse:
    back = reverse("field:firm", args=[key]) if key else reverse("field:firms")
    context = {
        "form": form,
        "title": page.title,
        "sentence": page.sentence,
        "action": page.button,
        "back_url": back,
        "late": {
            "action": page.action,
            "about": page.title,
            "next": back,
            "changes": page.changes,
            "born": page.born,
            "born_name": page.born_name,
            "enterprise": key,
        },
    }
    return render(request, "field/work.html", context, status=422 if form.errors else 200)


@door(WORK)
def take_along(request: HttpRequest) -> HttpResponse:
    """Choose what to take along; the telephone says how much it weighs before it does."""
    choice = pack.Choice.of(request.GET)
    query = request.GET.urlencode()
    page = {
        "choice": choice,
        "firm_count": len(firms.mine(request.user)),
        "list_count": firms.checklists().count(),
        "manifest_url": reverse("field:week") + (f"?{query}" if query else ""),
    }
    return render(request, "field/take_along.html", page)


@door(WORK)
@require_GET
@never_cache
def week(request: HttpRequest) -> HttpResponse:
    """The manifest of a week: addresses, bytes, revisions."""
    choice = pack.Choice.of(request.GET)
    return JsonResponse(pack.manifest(request, choice, timezone.localdate()))


@door(WORK)
@require_GET
def near_index(request: HttpRequest) -> HttpResponse:
    """Firms and people, to hold against what is typed anew."""
    rows = index.rows(request.user)
    return JsonResponse({"rows": rows, "most": index.MOST})


@signed_in
@require_GET
@never_cache
def pages(request: HttpRequest) -> HttpResponse:
    """Several pages of the field in one answer: `?u=…&u=…`, twenty-five at most."""
    found = pack.some_pages(request, request.GET.getlist("u"))
    return JsonResponse({"pages": found, "most": pack.PAGES_AT_ONCE})
