"""The self-check against a standard: looked at, answered, kept, taken along."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.journal import actor
from digna.registry import downloads
from digna.results import access, chain_forms
from digna.results.selectors import self_check as shown
from digna.results.services import self_check as services
from digna.results.views.chain_saving import kept, sent


@door(access.SEE)
def self_check(request: HttpRequest, code: str) -> HttpResponse:
    """The control points with their verdicts; who edits may keep the whole as it is."""
    found = access.programme(request.user, code)
    page = shown.check_page(request.user, found, timezone.localdate())
    may_save = page.may_edit and page.whole is not None
    form = chain_forms.NoteForm(sent(request) if may_save else None)
    return kept(
        request,
        form,
        partial(services.save_assessment, programme=found),
        context={"page": page, "programme": found},
        back=reverse("results:self_check", args=[code]),
        template="results/self_check.html",
    )


@door(access.SEE)
def self_check_export(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every control point as csv or xlsx."""
    found = access.programme(request.user, code)
    makers = {"csv": downloads.csv_file, "xlsx": downloads.xlsx_file}
    if form not in makers:
        raise NotVisible("results.export.form", _("Hay csv y xlsx; no «%s».") % form)
    header = (
        "element", "point", "kind", "text", "verdict", "by", "data", "data_verdict", "reason",
        "evidence", "link",
    )  # fmt: skip
    rows = [_cells(row) for row in shown.point_rows(found, timezone.localdate())]
    return makers[form](f"autoevaluacion-{found.code}", header, rows)


def _cells(row: shown.PointRow) -> tuple[downloads.Cell, ...]:
    said = row.answer
    return (
        row.element,
        row.code,
        "must" if row.is_must else "recommended",
        row.text,
        row.verdict,
        "person" if said is not None else "data",
        row.auto.sentence,
        row.auto.verdict,
        said.reason if said is not None else None,
        said.evidence if said is not None else None,
        said.link if said is not None else None,
    )


@door(access.EDIT)
def answer_point(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """What a person says of one point."""
    found = access.programme(request.user, code, access.EDIT)
    row = shown.point_row(found, slug, timezone.localdate())
    names = chain_forms.AnswerForm.base_fields
    initial = chain_forms.initial_of(row.answer, names) if row.answer is not None else None
    back = reverse("results:self_check", args=[code])
    return kept(
        request,
        chain_forms.AnswerForm(sent(request), initial=initial),
        partial(services.answer_point, programme=found, point=slug),
        context={
            "title": row.text,
            "sentence": _("Los datos dicen: %(word)s. %(sentence)s")
            % {"word": row.auto_word, "sentence": row.auto.sentence},
            "programme": found,
            "row": row,
            "back_url": back,
        },
        back=f"{back}#{slug}",
        template="results/answer_form.html",
    )


@require_POST
@door(access.EDIT)
def withdraw_answer(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Let the data speak again."""
    found = access.programme(request.user, code, access.EDIT)
    row = shown.point_row(found, slug, timezone.localdate())
    if row.answer is not None:
        services.withdraw_answer(actor=actor.of_request(request), answer=row.answer)
        messages.success(request, _("Vuelve a contar lo que dicen los datos."))
    return redirect("results:self_check", found.code)


@door(access.SEE)
def assessment(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A saved assessment against today."""
    found = access.programme(request.user, code)
    page = shown.assessment_page(found, number, timezone.localdate())
    context = {"page": page, "may_edit": rights.may(request.user, access.EDIT)}
    return render(request, "results/assessment.html", context)
