"""How a firm stands: its size and the rule that decided it, the regimes that may fit."""

from dataclasses import dataclass
from datetime import date

from digna.pathways.forms import said
from digna.pathways.models import FirmPathway
from digna.pathways.selectors import following, known, regimes
from digna.pathways.selectors.library import shelf, spoken
from digna.registry.models import Enterprise, EnterpriseFact, SizeRule
from digna_engines.pathways import fitting


@dataclass(frozen=True, slots=True)
class Size:
    """A firm's size, the rule that decided it and from when it is known."""

    word: str
    rule: str
    on: date | None


@dataclass(frozen=True, slots=True)
class FirmPage:
    """Where a firm stands on all its pathways."""

    along: list[following.Along]
    to_start: tuple[tuple[str, str], ...]
    lapsing: list[following.Lapsing]
    size: Size | None
    regimes: tuple[regimes.RegimeFace, ...]


def firm_page(firm: Enterprise, on: date) -> FirmPage:
    """Return a firm's pathways, those it may set out on, and what lapses."""
    found, tongue = shelf(), spoken()
    rows = list(FirmPathway.objects.filter(enterprise=firm, left_on=None))
    for row in rows:
        row.enterprise = firm
    begun = {row.code for row in rows}
    return FirmPage(
        along=following.along(rows, on),
        to_start=tuple(
            (code, said(one.name, tongue))
            for code, one in found.library.pathways.items()
            if code not in begun
        ),
        lapsing=following.lapsing_of(firm, on),
        size=size_of(firm),
        regimes=regimes_of(firm, on),
    )


def size_of(firm: Enterprise) -> Size | None:
    """Return a firm's size as the register has it, with the rule that decided."""
    rows = EnterpriseFact.objects.filter(
        enterprise=firm, kind=EnterpriseFact.Kind.SIZE_BAND
    ).order_by("on", "id")
    last = rows.last()
    if last is None:
        return None
    rule = SizeRule.objects.filter(code=last.rule, version=last.rule_version).first()
    name = f"{rule.name} ({rule.version})" if rule is not None else last.rule
    return Size(last.said, name or str(last.get_method_display()), last.on)


def regimes_of(firm: Enterprise, on: date) -> tuple[regimes.RegimeFace, ...]:
    """Return the regimes that may fit what is known of a firm; never a tax due."""
    found, tongue = shelf(), spoken()
    answers = known.values(known.of_firm(firm, found.library))
    fits = fitting(found.regimes, answers, on=on)
    asks = {key: said(q.asks, tongue) for key, q in found.library.questions.items()}
    return tuple(regimes.face(fit, asks, tongue) for fit in fits if fit.fits is not False)
