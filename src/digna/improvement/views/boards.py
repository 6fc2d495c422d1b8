"""The firm's board: on screen, on the wall, on the owner's telephone; its KPIs and values."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.improvement import access, exports, forms
from digna.improvement.models import BoardKpi, Instrument, Observation
from digna.improvement.selectors import board as selectors
from digna.improvement.selectors import instruments
from digna.improvement.services import board as services
from digna.improvement.services import measurements
from digna.improvement.views import forming
from digna.web import pdf


@door(access.SEE)
def board(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The board: few numbers with before and now, projects, what is saved, what is next."""
    firm = access.firm(request.user, key)
    page = forming.around(request, firm, "board")
    page |= {"board": selectors.of(firm, timezone.localdate())}
    return render(request, "improvement/board.html", page)


@door(access.SEE)
def my_board(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The owner's page: the same in plain words, for a telephone."""
    firm = access.firm(request.user, key)
    page = {
        "enterprise": firm,
        "board": selectors.of(firm, timezone.localdate()),
        "can_record": access.may(request.user, access.RECORD, firm),
    }
    return render(request, "improvement/my_board.html", page)


@door(access.SEE)
def wall(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The board on A4, to print and hang up; `?pdf` gives the file."""
    firm = access.firm(request.user, key)
    page = {"enterprise": firm, "board": selectors.of(firm, timezone.localdate())}
    if "pdf" in request.GET:
        name = f"tablero-{slugify(firm.name)[:40]}"
        return pdf.response(request, "improvement/wall_paper.html", page, name)
    return render(request, "improvement/wall.html", page)


@door(access.SEE)
def export_board(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every value of the board as a spreadsheet."""
    firm = access.firm(request.user, key)
    form = "xlsx" if request.GET.get("formato") == "xlsx" else "csv"
    return exports.values(firm, form)


@door(access.RECORD)
def choose_kpis(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Choose three to five KPIs; those that suit the firm's trade come first."""
    firm = access.firm(request.user, key, access.RECORD)
    rows = Instrument.objects.filter(kind=Instrument.Kind.KPI, retired_on=None)
    rows = rows.filter(current__document__computed_from=None).select_related("current")
    chosen = BoardKpi.objects.filter(enterprise=firm, retired_on=None)
    form = forms.KpisForm(
        request.POST or None,
        rows=rows,
        choices=_choices(list(rows), firm.sector.code if firm.sector is not None else ""),
        initial={"instruments": list(chosen.values_list("instrument_id", flat=True))},
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.choose_kpis(
            actor=who, enterprise=firm, instruments=list(f.given["instruments"])
        ),
        to=reverse("improvement:board", args=[key]),
        page={
            "title": _("¿Qué números mirará %(firm)s?") % {"firm": firm},
            "sentence": _("Elija de 3 a 5, con quienes trabajan. Lo ya anotado no se pierde."),
            "action": _("Poner en el tablero"),
            "back_url": reverse("improvement:board", args=[key]),
        },
        said=_("El tablero tiene sus indicadores."),
    )


def _choices(rows: list[Instrument], sector: str) -> list[tuple[int, str]]:
    """Return the KPIs to choose from, those of the trade first, each with its question."""

    def suits(row: Instrument) -> bool:
        return row.current is not None and sector in row.current.document["sectors"]

    ordered = sorted(rows, key=lambda row: (not suits(row), row.order))
    return [
        (row.pk, f"{row.current} · {row.current.say('question')}")
        for row in ordered
        if row.current is not None
    ]


@door(access.SEE)
def kpi(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One KPI: its formula, its traps, every value with its quality, the history."""
    row = access.board_kpi(request.user, key)
    version = row.instrument.current
    values = Observation.objects.filter(board_kpi=row).select_related(
        "version", "measurement", "entered_by", "replaced_by"
    )
    page = forming.around(request, row.enterprise) | {
        "kpi": row,
        "explained": None if version is None else instruments.explained(version),
        "values": list(values.order_by("-period_end", "-pk")[:60]),
        "act_form": forms.ActForm(),
        "can_review": access.may(request.user, access.REVIEW, row.enterprise),
    }
    return render(request, "improvement/kpi.html", page)


def _is_owner(request: HttpRequest) -> bool:
    """Whether who records is the firm itself: then nobody else saw its register."""
    return not rights.may(request.user, access.COACH)


def _kpi_page(row: BoardKpi, title: str) -> dict[str, Any]:
    version = row.instrument.current
    return {
        "title": title,
        "sentence": version.say("question") if version is not None else "",
        "action": _("Guardar"),
        "back_url": reverse("improvement:kpi", args=[row.public_id]),
        "guard": True,
    }


@door(access.RECORD)
def record(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Record a value of a KPI of the board; owners do it too."""
    row = access.board_kpi(request.user, key, access.RECORD)
    start, end = forms.month_before(timezone.localdate())
    form = forms.KpiForm(
        request.POST or None,
        kpi=row,
        is_owner=_is_owner(request),
        initial={"period_start": start, "period_end": end},
    )
    face = "my_board" if _is_owner(request) else "board"
    return forming.answer(
        request,
        form,
        lambda f, who: measurements.record_kpi(actor=who, board_kpi=row, **f.given),
        to=reverse(f"improvement:{face}", args=[row.enterprise.public_id]),
        page=_kpi_page(row, str(row)),
        said=_("Anotado en el tablero."),
    )


@door(access.RECORD)
def correct(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a value; the old one stays in the history."""
    row = access.observation(request.user, key, access.RECORD)
    names = ("period_start", "period_end", "numerator", "denominator", "method", "record_seen",
             "is_new_register")  # fmt: skip
    form = forms.KpiForm(
        request.POST or None,
        kpi=row.board_kpi,
        is_owner=_is_owner(request),
        initial={name: getattr(row, name) for name in names},
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.correct_kpi(actor=who, observation=row, **f.given),
        to=reverse("improvement:kpi", args=[row.board_kpi.public_id]),
        page=_kpi_page(row.board_kpi, _("Corregir el valor")),
    )


@door(access.RECORD)
@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a value back, or put it back."""
    row = access.observation(request.user, key, access.RECORD)
    is_back = request.POST.get("act") == "back"
    act = services.put_back_kpi if is_back else services.withdraw_kpi
    return forming.press(
        request,
        forms.ActForm(request.POST),
        lambda _f, who: act(actor=who, observation=row),
        to=reverse("improvement:kpi", args=[row.board_kpi.public_id]),
        said=_("El valor está otra vez en el tablero.") if is_back else _("Retiramos el valor."),
    )


@door(access.REVIEW)
def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Confirm a doubtful value after asking."""
    row = access.observation(request.user, key, access.REVIEW)
    return forming.answer(
        request,
        forms.ReasonForm(request.POST or None),
        lambda _f, who: services.confirm_kpi(actor=who, observation=row),
        to=reverse("improvement:reviews"),
        page={
            "title": _("¿Es correcto este valor?"),
            "sentence": _("%(kpi)s de %(firm)s. Explicación: %(reason)s")
            % {
                "kpi": row.board_kpi,
                "firm": row.board_kpi.enterprise,
                "reason": row.confirmed_reason,
            },
            "action": _("Sí, lo comprobé"),
            "back_url": reverse("improvement:reviews"),
        },
    )
