"""An offer as its page and its paper show it: estimate with reasoning, advice, what is paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from digna.registry.models import Enterprise
from digna.training import savings
from digna.training.models import BuyerProgramme, Intake, Module, Opportunity, SupplierConsent
from digna.web.numbers import money, number

LOSS_WORDS: dict[str, Any] = {
    "defects": gettext_lazy("productos con defecto"),
    "rework": gettext_lazy("trabajo rehecho"),
    "waste": gettext_lazy("material que se tira"),
    "energy": gettext_lazy("energía y agua"),
    "absence": gettext_lazy("faltas al trabajo"),
    "accidents": gettext_lazy("accidentes"),
    "turnover": gettext_lazy("gente que se va"),
    "late": gettext_lazy("entregas tarde"),
}
AREA_WORDS: dict[str, Any] = {
    **{code: LOSS_WORDS[code] for code in LOSS_WORDS if code != "late"},
    "delivery": gettext_lazy("entregas tarde"),
    "conflict": gettext_lazy("comunicación"),
    "crisis": gettext_lazy("crisis"),
    "clients": gettext_lazy("clientes"),
}
UNIT_WORDS: dict[str, Any] = {
    "bob_month": gettext_lazy("Bs al mes"),
    "hours_week": gettext_lazy("horas a la semana"),
    "days_month": gettext_lazy("días al mes"),
    "people_year": gettext_lazy("personas al año"),
}


@dataclass(frozen=True, slots=True)
class PartRow:
    """One loss in words: what was told, a year of it, the range and how it was reckoned."""

    what: str
    told: str
    a_year: Decimal
    low: Decimal
    high: Decimal
    reasoning: str


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """A module advised, and why."""

    module: Module
    why: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything an offer says. Missing stays missing."""

    intake: Intake | None
    low: Decimal | None
    high: Decimal | None
    parts: tuple[PartRow, ...]
    left_out: tuple[str, ...]
    advice: tuple[AdviceRow, ...]
    firm_pays: Decimal | None
    months_best: Decimal | None
    months_worst: Decimal | None
    is_in_size: bool | None
    module_code: str = ""

    @property
    def reasons(self) -> str:
        """Why the module that is offered was advised; nothing where another was."""
        return next((a.why for a in self.advice if a.module.code == self.module_code), "")

    @property
    def alternative(self) -> AdviceRow | None:
        """The module with the strongest case, where that is not the one offered."""
        first = self.advice[0] if self.advice else None
        return None if first is None or first.module.code == self.module_code else first


def of(row: Opportunity) -> Offer:
    """Return an offer with its last diagnosis."""
    intake = row.intakes.first()
    found = intake.estimate if intake is not None else {}
    low, high = _decimal(found.get("low")), _decimal(found.get("high"))
    pays = row.firm_pays if row.currency == "BOB" else None
    return Offer(
        intake=intake,
        low=low,
        high=high,
        parts=tuple(_part(part) for part in found.get("parts", [])),
        left_out=tuple(str(LOSS_WORDS[code]) for code in found.get("left_out", [])),
        advice=tuple(_advice(intake.advice if intake is not None else [])),
        firm_pays=row.firm_pays,
        months_best=savings.payback(pays, high),
        months_worst=savings.payback(pays, low),
        is_in_size=_in_size(row),
        module_code=row.module.code if row.module is not None else "",
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _part(part: dict[str, Any]) -> PartRow:
    year = Decimal(part["a_year"])
    low, high = Decimal(part["share_low"]) * 100, Decimal(part["share_high"]) * 100
    return PartRow(
        what=str(LOSS_WORDS[part["code"]]).capitalize(),
        told=f"{number(Decimal(part['told']), 0)} {UNIT_WORDS[part['unit']]}",
        a_year=year,
        low=Decimal(part["low"]),
        high=Decimal(part["high"]),
        reasoning=_("%(year)s al año; se suele recuperar entre %(low)s y %(high)s %%")
        % {"year": money(year, "BOB"), "low": number(low), "high": number(high)},
    )


def _advice(stored: Iterable[dict[str, Any]]) -> Iterable[AdviceRow]:
    rows = list(stored)
    codes = [row["module"] for row in rows]
    modules = {m.code: m for m in Module.objects.filter(code__in=codes, is_current=True)}
    for row in rows:
        if row["module"] in modules:
            yield AdviceRow(modules[row["module"]], _why(row))


def _why(row: dict[str, Any]) -> str:
    reasons = [str(AREA_WORDS[area]) for area in row["areas"] if area in AREA_WORDS]
    told = []
    if reasons:
        told.append(_("trata lo que contó: %(what)s") % {"what": ", ".join(reasons)})
    if row["practices"]:
        count = len(row["practices"])
        lacking = ngettext("%(n)s práctica que aún falta", "%(n)s prácticas que aún faltan", count)
        told.append(lacking % {"n": count})
    if row["is_first"]:
        told.append(_("es por donde se comienza"))
    return "; ".join(told)


def _in_size(row: Opportunity) -> bool | None:
    """Whether the module is for firms of this size; None where the size is not known."""
    band = row.enterprise.size_band
    if row.module is None or not band:
        return None
    return not row.module.size_bands or band in row.module.size_bands


def known_facts(row: Opportunity) -> list[tuple[str, str]]:
    """Return what the register already knows of the firm, so that it is not asked again."""
    firm = row.enterprise
    return [
        (_("Rubro"), str(firm.sector or _("sin dato"))),
        (_("Municipio"), str(firm.place or _("sin dato"))),
        (_("Tamaño"), firm.get_size_band_display() or _("sin dato")),
    ]


def suppliers(programme: BuyerProgramme) -> list[tuple[Enterprise, SupplierConsent | None]]:
    """Return a buyer's suppliers with the last thing each said; for who leads the programme."""
    consents = {c.enterprise_id: c for c in programme.consents.order_by("on", "pk")}
    firms = Enterprise.objects.filter(cycle_firms__cycle__buyer_programme=programme).distinct()
    return [(firm, consents.get(firm.pk)) for firm in firms.order_by("name", "pk")]
