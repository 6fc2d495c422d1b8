"""How ready a firm is to export, with what to do next; what its export plan prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.pathways import costs
from digna.pathways.forms import said
from digna.pathways.models import ExportPlan, FirmPathway, ReadinessCheck
from digna.pathways.selectors import checklist
from digna.pathways.selectors.library import shelf, spoken
from digna.registry.models import Enterprise
from digna.web.days import day
from digna.web.numbers import number
from digna_engines.pathways import Item, Score, readiness_of


@dataclass(frozen=True, slots=True)
class ItemFace:
    """One item: what was answered, what shows it, what to do next."""

    key: str
    asks: str
    reply: str
    word: str
    note: str
    evidence: str
    lesson: str
    is_from_steps: bool
    next_name: str
    next_url: str


@dataclass(frozen=True, slots=True)
class BlockFace:
    """A block with its score as an interval."""

    key: str
    name: str
    score: str
    worst: Decimal
    most: int
    answered: int
    is_weakest: bool
    items: tuple[ItemFace, ...]


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """How ready a firm is: `score` between the worst and the best case, of `most`."""

    check: ReadinessCheck | None
    score: str
    worst: Decimal
    most: int
    answered: int
    blocks: tuple[BlockFace, ...]
    weakest: str
    next: tuple[ItemFace, ...]
    earlier: tuple[tuple[ReadinessCheck, str], ...]


def shown_by_steps(enterprise: Enterprise, on: date) -> frozenset[str]:
    """Return the items that a done step of the firm answers by itself."""
    steps = checklist.latest_of([enterprise])[enterprise.pk]
    done = {key for key, row in steps.items() if checklist.state_of(row, on) == "done"}
    return frozenset(
        item.key for block in shelf().blocks for item in block.items if done & set(item.steps)
    )


def readiness_page(enterprise: Enterprise, on: date) -> ReadinessPage:
    """Return a firm's latest answers scored, papers read anew from its steps."""
    found, tongue = shelf(), spoken()
    checks = list(ReadinessCheck.objects.filter(enterprise=enterprise).order_by("-on", "-id"))
    check = checks[0] if checks else None
    shown = shown_by_steps(enterprise, on)
    replies = _replies(check, shown)
    scored = readiness_of(found.blocks, replies)
    faces = {
        item.key: _face(enterprise, item, replies, check, shown, tongue)
        for block in found.blocks
        for item in block.items
    }
    blocks = tuple(
        BlockFace(
            key=block.key,
            name=said(block.name, tongue),
            score=interval(scored.blocks[block.key]),
            worst=scored.blocks[block.key].worst,
            most=scored.blocks[block.key].most,
            answered=scored.blocks[block.key].answered,
            is_weakest=block.key == scored.weakest,
            items=tuple(faces[item.key] for item in block.items),
        )
        for block in found.blocks
    )
    return ReadinessPage(
        check=check,
        score=interval(scored.whole),
        worst=scored.whole.worst,
        most=scored.whole.most,
        answered=scored.whole.answered,
        blocks=blocks,
        weakest=next((block.name for block in blocks if block.is_weakest), ""),
        next=tuple(faces[key] for key in scored.lacking[:3]),
        earlier=tuple(
            (one, interval(readiness_of(found.blocks, one.answers).whole)) for one in checks[1:9]
        ),
    )


def _replies(check: ReadinessCheck | None, shown: frozenset[str]) -> dict[str, str]:
    """Answers of the last check; a paper that lapsed since then no longer answers by itself."""
    told = dict(check.answers) if check is not None else {}
    for key in check.from_steps if check is not None else ():
        told.pop(key, None)
    return told | dict.fromkeys(shown, "yes")


def interval(score: Score) -> str:
    """Return a score in words: `12 de 25`, or `entre 9 y 14 de 25` while something is unknown."""
    numbers = {
        "worst": costs.plain(score.worst),
        "best": costs.plain(score.best),
        "most": score.most,
    }
    if score.worst == score.best:
        return _("%(worst)s de %(most)s") % numbers
    return _("entre %(worst)s y %(best)s de %(most)s") % numbers


def _face(
    enterprise: Enterprise,
    item: Item,
    replies: Mapping[str, str],
    check: ReadinessCheck | None,
    shown: frozenset[str],
    tongue: str,
) -> ItemFace:
    reply = replies.get(item.key, "unknown")
    step = shelf().library.steps.get(item.next_step)
    return ItemFace(
        key=item.key,
        asks=said(item.asks, tongue),
        reply=reply,
        word=_word(reply),
        note=check.notes.get(item.key, "") if check is not None else "",
        evidence=said(item.evidence, tongue),
        lesson=said(item.lesson, tongue),
        is_from_steps=item.key in shown,
        next_name=said(step.name, tongue) if step is not None else "",
        next_url=reverse("pathways:step", args=[enterprise.public_id, step.key]) if step else "",
    )


def _word(reply: str) -> str:
    words = {"yes": _("sí"), "partly": _("en parte"), "no": _("no")}
    return words.get(reply, _("sin dato"))


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A version of an export plan as it is shown and printed."""

    plan: ExportPlan
    rows: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    papers: checklist.Checklist | None
    readiness: str
    versions: tuple[ExportPlan, ...]


def plan_page(plan: ExportPlan, on: date) -> PlanPage:
    """Return a version of an export plan with the papers of its pathway."""
    firm = plan.enterprise
    pathway = FirmPathway.objects.filter(enterprise=firm, code=plan.pathway).first()
    if pathway is not None:
        pathway.enterprise = firm
    is_known = pathway is not None and pathway.code in shelf().library.pathways
    return PlanPage(
        plan=plan,
        rows=_rows(plan),
        texts=(
            (_("Transporte y salida"), plan.logistics),
            (_("En qué se va el presupuesto"), plan.budget_note),
            (_("Calendario"), plan.calendar),
            (_("Riesgos y qué hará"), plan.risks),
        ),
        papers=checklist.checklist(pathway, on) if is_known and pathway is not None else None,
        readiness=readiness_page(firm, on).score,
        versions=tuple(plans_of(firm)),
    )


def plans_of(firm: Enterprise) -> list[ExportPlan]:
    """Return the versions of a firm's plan, the latest first."""
    return list(ExportPlan.objects.filter(enterprise=firm).select_related("by"))


def _rows(plan: ExportPlan) -> tuple[tuple[str, str], ...]:
    volume = "" if plan.volume is None else f"{costs.plain(plan.volume)} {plan.unit}".strip()
    price = "" if plan.price is None else f"{plan.currency} {_short(plan.price)}"
    if price and plan.unit:
        price = _("%(price)s por %(unit)s") % {"price": price, "unit": plan.unit}
    budget = "" if plan.budget is None else costs.money(plan.budget, plan.budget_currency)
    return (
        (_("Producto"), plan.product),
        (_("Partida arancelaria"), plan.hs_code),
        (_("Mercado"), plan.market),
        (_("Ficha de mercado"), plan.fact_sheet),
        (_("Comprador"), plan.buyer),
        (_("Volumen por año"), volume),
        (_("Precio"), price),
        (_("Venta del año, si todo sale"), _sales(plan)),
        (_("Incoterm"), str(plan.get_incoterm_display()) if plan.incoterm else ""),
        (_("Presupuesto"), budget),
        (_("Fecha"), day(plan.on)),
    )


def _sales(plan: ExportPlan) -> str:
    if plan.volume is None or plan.price is None:
        return ""
    return costs.money((plan.volume * plan.price).quantize(Decimal("0.01")), plan.currency)


def _short(value: Decimal) -> str:
    decimals = max(2, -int(value.normalize().as_tuple().exponent))
    return number(value, decimals)
