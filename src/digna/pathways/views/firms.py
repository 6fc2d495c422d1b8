"""A firm on its pathways: where it stands, its list, its answers, the list on paper."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing, rights
from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.pathways import access, exports, firm_forms
from digna.pathways.models import FirmPathway
from digna.pathways.selectors import checklist as selectors
from digna.pathways.selectors import guides, known, standing
from digna.pathways.selectors.library import shelf, spoken
from digna.pathways.services import firms as services
from digna.web import links, pdf
from digna.web.forms import Form
from digna_engines.pathways import Question, plan


@door(access.SEE)
def firm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Where a firm stands on all its pathways."""
    row = access.firm(request.user, key)
    context = {
        "enterprise": row,
        "page": standing.firm_page(row, timezone.localdate()),
        "may_work": access.may(request.user, access.WORK, row),
        "act_form": Form(),
    }
    return render(request, "pathways/firm.html", context)


@door(access.WORK)
@require_POST
def start(request: HttpRequest, key: uuid.UUID, code: str) -> HttpResponse:
    """Set out on a pathway; what the register does not know is asked next."""
    row = access.firm(request.user, key, access.WORK)
    if code not in shelf().library.pathways:
        raise NotVisible("pathways.guide.unknown", _("No hay una ruta con ese nombre."))
    return doing.press(
        request,
        Form(request.POST),
        lambda who, _f: services.start_pathway(actor=who, enterprise=row, code=code),
        done=_("Empezó. Responda lo que el registro no sabe y la lista será la suya."),
        to=reverse("pathways:answers", args=[key, code]),
    )


@door(access.SEE)
def checklist(request: HttpRequest, key: uuid.UUID, code: str) -> HttpResponse:
    """A firm's own list of a pathway."""
    row = access.pathway(request.user, key, code)
    today = timezone.localdate()
    context = {
        "enterprise": row.enterprise,
        "page": selectors.checklist(row, today),
        "size": standing.size_of(row.enterprise),
        "regimes": standing.regimes_of(row.enterprise, today),
        "may_work": access.may(request.user, access.WORK, row.enterprise),
        "sees_reports": rights.may(request.user, access.FOLLOW),
        "act_form": Form(),
    }
    return render(request, "pathways/checklist.html", context)


@door(access.WORK)
def answers(request: HttpRequest, key: uuid.UUID, code: str) -> HttpResponse:
    """Ask what the register does not know, a few questions at a time, the most telling first."""
    row = access.pathway(request.user, key, code, access.WORK)
    held, asking = _asking(row, timezone.localdate(), "todas" in request.GET)
    if not asking:
        messages.success(request, _("No falta ninguna respuesta: esta es su lista."))
        return redirect("pathways:checklist", key, code)
    listed = reverse("pathways:checklist", args=[key, code])
    initial = {k: known.text_of(one) for k, one in held.items() if not one.is_from_register}
    form = firm_forms.AnswersForm(
        request.POST or None, questions=asking, tongue=spoken(), initial=initial
    )
    return doing.form_page(
        request,
        form,
        lambda who, f: services.answer_questions(
            actor=who, enterprise=row.enterprise, given=f.answers
        ),
        title=_("Lo que falta saber de %(firm)s") % {"firm": row.enterprise},
        sentence=_("La respuesta que no tenga, déjela en blanco."),
        action=_("Guardar y seguir"),
        back=listed,
        done=_("Guardado."),
        to=lambda changed: _next(row) if changed else listed,
        template="pathways/answers.html",
        context={"held": known.told(held, spoken()), "enterprise": row.enterprise},
    )


def _asking(
    row: FirmPathway, on: date, every: bool
) -> tuple[dict[str, known.Known], list[Question]]:
    """What is known, and the questions to ask now: the open ones, or all that may be changed."""
    library = shelf().library
    held = known.of_firm(row.enterprise, library)
    asked = guides.asked(library, row.code)
    held = {one.key: held[one.key] for one in asked if one.key in held}
    if every:
        own = [one for one in asked if one.key not in held or not held[one.key].is_from_register]
        return held, own
    open_ = plan(library, row.code, known.values(held), on=on).questions[: guides.AT_ONCE]
    return held, [library.questions[key] for key in open_]


def _next(row: FirmPathway) -> str:
    """On to the next questions, or to the list once nothing is open."""
    _held, asking = _asking(row, timezone.localdate(), every=False)
    name = "pathways:answers" if asking else "pathways:checklist"
    return reverse(name, args=[row.enterprise.public_id, row.code])


@door(access.WORK)
def leave(request: HttpRequest, key: uuid.UUID, code: str) -> HttpResponse:
    """Leave a pathway."""
    row = access.pathway(request.user, key, code, access.WORK)
    return doing.form_page(
        request,
        firm_forms.LeaveForm(request.POST or None),
        lambda who, f: services.leave_pathway(actor=who, pathway=row, **f.given),
        title=_("Dejar esta ruta"),
        sentence=_("Sale de las listas. Lo que la empresa ya hizo queda guardado."),
        action=_("Dejar la ruta"),
        back=reverse("pathways:checklist", args=[key, code]),
        to=lambda _made: reverse("pathways:firm", args=[key]),
        done=_("La empresa dejó esta ruta."),
    )


@door(access.SEE)
def paper(request: HttpRequest, key: uuid.UUID, code: str) -> HttpResponse:
    """A firm's list on A4, with a QR that leads back to it."""
    row = access.pathway(request.user, key, code)
    url = request.build_absolute_uri(reverse("pathways:checklist", args=[key, code]))
    context = {
        "enterprise": row.enterprise,
        "page": selectors.checklist(row, timezone.localdate()),
        "url": url,
        "qr": links.qr(url, scale=3),
    }
    name = f"ruta-{slugify(row.enterprise.name)[:40]}-{code}"
    return pdf.response(request, "pathways/paper_checklist.html", context, name)


@door(access.SEE)
def export(request: HttpRequest, key: uuid.UUID, code: str) -> HttpResponse:
    """A firm's list as a spreadsheet."""
    row = access.pathway(request.user, key, code)
    form = "xlsx" if request.GET.get("formato") == "xlsx" else "csv"
    return exports.of_firm(selectors.checklist(row, timezone.localdate()), form)
