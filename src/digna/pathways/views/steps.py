"""One step of a firm: how far it is, its papers, undoing, beginning again."""

import uuid
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing, rights
from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal.actor import Actor
from digna.journal.history import history
from digna.pathways import access, costs, firm_forms
from digna.pathways.models import StepProgress
from digna.pathways.selectors import checklist as selectors
from digna.pathways.services import steps as services
from digna.registry.models import Enterprise
from digna.web.forms import Form


@door(access.SEE)
def step(request: HttpRequest, key: uuid.UUID, code: str) -> HttpResponse:
    """One step of a firm; who works with it records how far it is."""
    firm = access.firm(request.user, key)
    line, planned = selectors.step_line(firm, code, timezone.localdate())
    if line is None or planned is None:
        raise NotVisible("pathways.not_visible", _("Ese paso no está en ninguna ruta."))
    may_work = access.may(request.user, access.WORK, firm)
    form = firm_forms.StepForm(
        request.POST or None, request.FILES or None, initial=_initial(line.progress)
    )
    form.hint_expiry(selectors.validity(planned.step))
    if request.method == "POST" and may_work and form.is_valid():
        try:
            services.record_step(
                actor=doing.who(request, form), enterprise=firm, step=code, **form.values
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect(_back(firm, code, request))
    context = {
        "enterprise": firm,
        "line": line,
        "form": form,
        "may_work": may_work,
        "paper_form": firm_forms.PaperForm(auto_id="id_paper_%s"),
        "act_form": Form(),
        "turns": selectors.turns(firm, code),
        "history": history(line.progress) if line.progress is not None else [],
        "sees_reports": rights.may(request.user, access.FOLLOW),
        "back_code": request.GET.get("ruta", ""),
    }
    return render(request, "pathways/step.html", context, status=422 if form.errors else 200)


def _initial(row: StepProgress | None) -> dict[str, object]:
    if row is None:
        return {"state": "todo", "currency": "BOB"}
    spent = None if row.spent is None else costs.typed(row.spent)
    return {name: getattr(row, name) for name in services.KEPT} | {"spent": spent}


def _back(firm: Enterprise, code: str, request: HttpRequest) -> str:
    """Back to the list one came from, at the step; else stay on the step."""
    pathway = request.GET.get("ruta", "")
    if selectors.is_on(firm, pathway):
        return reverse("pathways:checklist", args=[firm.public_id, pathway]) + f"#{code}"
    return reverse("pathways:step", args=[firm.public_id, code])


def _pressed(request: HttpRequest, form: Any, do: doing.Do, done: str, row: Any) -> HttpResponse:
    """Do what a button asks of a step or its paper, and stay on the step."""
    to = reverse("pathways:step", args=[row.enterprise.public_id, row.step])
    return doing.press(request, form, do, done=done, to=to)


@door(access.WORK)
@require_POST
def undo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take back what was recorded last."""
    row = access.progress(request.user, key, access.WORK)

    def do(who: Actor, _form: Form) -> object:
        return services.undo_step(actor=who, progress=row)

    return _pressed(request, Form(request.POST), do, _("Deshecho: quedó como estaba antes."), row)


@door(access.WORK)
@require_POST
def renew(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Begin the next turn of a step that comes back."""
    row = access.progress(request.user, key, access.WORK)

    def do(who: Actor, _form: Form) -> object:
        return services.renew_step(actor=who, progress=row)

    said = _("Empezó otra vez. Lo anterior queda guardado.")
    return _pressed(request, Form(request.POST), do, said, row)


@door(access.WORK)
@require_POST
def add_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep a photograph or a document of what was obtained."""
    row = access.progress(request.user, key, access.WORK)

    def do(who: Actor, form: firm_forms.PaperForm) -> object:
        return services.add_paper(actor=who, progress=row, **form.values)

    form = firm_forms.PaperForm(request.POST, request.FILES)
    return _pressed(request, form, do, _("Guardado."), row)


@door(access.SEE)
def paper(request: HttpRequest, key: int) -> FileResponse:
    """The paper itself, for those who see the firm."""
    row = access.paper(request.user, key)
    kind = "image/jpeg" if row.is_photo else "application/pdf"
    reply = FileResponse(row.file.open("rb"), content_type=kind, as_attachment=not row.is_photo)
    reply["Cache-Control"] = "private, max-age=86400"
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


@door(access.WORK)
@require_POST
def remove_paper(request: HttpRequest, key: int) -> HttpResponse:
    """Take a paper away."""
    row = access.paper(request.user, key, access.WORK)

    def do(who: Actor, _form: Form) -> object:
        return services.remove_paper(actor=who, paper=row)

    return _pressed(request, Form(request.POST), do, _("Quitado."), row)
