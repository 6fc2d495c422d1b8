"""Checklists: chosen, walked with a telephone in hand, walked again, printed."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.improvement import access, forms
from digna.improvement.models import ChecklistRun, Instrument
from digna.improvement.selectors import checklists as selectors
from digna.improvement.services import checklists as services
from digna.improvement.views import forming
from digna.journal import actor
from digna.web import pdf

PARTS = ("value", "is_priority", "note", "action", "who", "due_on")


@door(access.SEE)
def lists(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The checklists, and the walks of each in this firm."""
    firm = access.firm(request.user, key)
    page = forming.around(request, firm, "lists") | {"lists": selectors.lists_of(firm)}
    return render(request, "improvement/lists.html", page)


@door(access.RECORD)
def start_run(request: HttpRequest, key: uuid.UUID, instrument: int) -> HttpResponse:
    """Start a walk; `?otra=<run>` compares it with a former one."""
    firm = access.firm(request.user, key, access.RECORD)
    row = Instrument.objects.filter(pk=instrument, kind=Instrument.Kind.CHECKLIST).first()
    if row is None:
        raise NotVisible("improvement.not_visible", _("No hay tal lista de verificación."))
    previous = _previous(request)
    area = previous.area if previous is not None else ""
    form = forms.RunForm(request.POST or None, initial={"on": timezone.localdate(), "area": area})
    if row.current is not None and not row.current.document.get("by_area"):
        del form.fields["area"]

    def start(filled: forms.RunForm, who: actor.Actor) -> None:
        made.append(
            services.start_run(
                actor=who, enterprise=firm, instrument=row, previous=previous, **filled.given
            )
        )

    made: list[ChecklistRun] = []
    reply = forming.answer(
        request,
        form,
        start,
        to=reverse("improvement:lists", args=[key]),
        page={
            "title": str(row),
            "sentence": row.current.say("intro") if row.current is not None else "",
            "action": _("Comenzar el recorrido"),
            "back_url": reverse("improvement:lists", args=[key]),
        },
        said=_("Recorrido abierto."),
    )
    return redirect("improvement:run", made[0].public_id) if made else reply


def _previous(request: HttpRequest) -> ChecklistRun | None:
    given = request.GET.get("otra", "")
    try:
        return access.run(request.user, uuid.UUID(given)) if given else None
    except ValueError:
        return None


@door(access.SEE)
def run(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One walk: to fill while it is open, to read once it is closed."""
    row = access.run(request.user, key)
    can_record = access.may(request.user, access.RECORD, row.enterprise)
    is_open = row.closed_at is None and can_record
    item_forms = _forms(request, row) if is_open else {}
    if request.method == "POST" and is_open and (reply := _filled(request, row, item_forms)):
        return reply
    page = selectors.run_page(row)
    context = forming.around(request, row.enterprise, "lists") | {
        "page": page,
        "run": row,
        "rows": [
            (group.name, [(item, item_forms.get(item.code)) for item in group.items])
            for group in page.groups
        ],
        "is_open": is_open,
        "act_form": forms.ActForm(),
    }
    has_errors = any(form.errors for form in item_forms.values() if form.is_bound)
    return render(request, "improvement/run.html", context, status=422 if has_errors else 200)


def _forms(request: HttpRequest, row: ChecklistRun) -> dict[str, forms.ItemForm]:
    answers = {answer.item_code: answer for answer in row.answers.all()}
    scale = row.version.document["scale"]
    return {
        item["code"]: forms.ItemForm(
            request.POST or None,
            request.FILES or None,
            prefix=item["code"],
            item=item,
            scale=scale,
            initial={name: getattr(answers.get(item["code"]), name, None) for name in PARTS},
        )
        for item in row.version.items
    }


def _filled(
    request: HttpRequest, row: ChecklistRun, item_forms: Mapping[str, forms.ItemForm]
) -> HttpResponse | None:
    act = forms.ActForm(request.POST)
    if not (act.is_valid() and all(form.is_valid() for form in item_forms.values())):
        return None
    who = actor.of_request(request, intention=act.intended)
    try:
        services.answer(actor=who, run=row, answers={c: _given(f) for c, f in item_forms.items()})
        for code, form in item_forms.items():
            if (photo := form.cleaned_data.get("photo")) is not None:
                later = actor.of_request(request)
                services.add_photo(actor=later, run=row, item_code=code, content=photo.read())
        if request.POST.get("act") == "close":
            services.close_run(actor=actor.of_request(request), run=row)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("Guardado."))
    return redirect("improvement:run", row.public_id)


def _given(form: forms.ItemForm) -> services.Given:
    values: dict[str, Any] = {name: form.cleaned_data.get(name) for name in PARTS}
    return services.Given(**values)


@door(access.RECORD)
@require_POST
def reopen_run(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open a closed walk again."""
    row = access.run(request.user, key, access.RECORD)
    return forming.press(
        request,
        forms.ActForm(request.POST),
        lambda _f, who: services.reopen_run(actor=who, run=row),
        to=reverse("improvement:run", args=[key]),
        said=_("El recorrido está abierto otra vez."),
    )


@door(access.RECORD)
@require_POST
def mark_item_action(request: HttpRequest, key: int) -> HttpResponse:
    """Say that an action was done, or take it back."""
    row = access.answer(request.user, key, access.RECORD)
    is_done = request.POST.get("act") == "done"
    return forming.press(
        request,
        forms.ActForm(request.POST),
        lambda _f, who: services.mark_action(actor=who, answer=row, is_done=is_done),
        to=reverse("improvement:run", args=[row.run.public_id]),
    )


@door(access.SEE)
def item_photo(request: HttpRequest, key: int) -> FileResponse:
    """The photograph of an item, for those who see the firm."""
    row = access.answer(request.user, key)
    if not row.photo:
        raise NotVisible("improvement.not_visible", _("Ese punto no tiene foto."))
    reply = FileResponse(row.photo.open("rb"), content_type="image/jpeg")
    reply["Cache-Control"] = "private, max-age=86400"
    return reply


@door(access.SEE)
def run_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The walk as PDF."""
    row = access.run(request.user, key)
    context = {"page": selectors.run_page(row), "run": row, "enterprise": row.enterprise}
    return pdf.response(
        request, "improvement/run_paper.html", context, f"lista-{slugify(str(row))}"
    )
