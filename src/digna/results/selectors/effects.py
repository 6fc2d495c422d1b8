"""Studies of effect on screen: the verdict first, then what it stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.programmes.models import Programme
from digna.results import access
from digna.results.models import EffectRun, EffectStudy
from digna.results.selectors import naming
from digna.web import numbers

TOP, BOTTOM, WORD = 24.0, 150.0, 16.0


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study and what its newest estimate says."""

    study: EffectStudy
    says: str
    run: EffectRun | None


@dataclass(frozen=True, slots=True)
class Slope:
    """The mean of one arm before and after, drawn."""

    label: str
    css: str
    before: float
    after: float
    y_before: str
    y_after: str
    word_before: str
    word_after: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value."""

    label: str
    value: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EffectPage:
    """One study whole."""

    programme: Programme
    study: EffectStudy
    run: EffectRun | None
    runs: tuple[EffectRun, ...]
    is_under_way: bool
    problem: str
    says: str
    is_told: bool
    result: tuple[Fact, ...]
    slopes: tuple[Slope, ...]
    balance: tuple[Mapping[str, Any], ...]
    exposure: tuple[Mapping[str, Any], ...]
    notices: tuple[str, ...]
    asked: tuple[Fact, ...]
    may_ask: bool


def studies(programme: Programme) -> tuple[StudyRow, ...]:
    """Return the studies of a programme, the newest first."""
    rows = EffectStudy.objects.filter(programme=programme).prefetch_related("runs").defer("rows")
    found = []
    for row in rows:
        run = next(iter(row.runs.all()), None)
        found.append(StudyRow(row, _says(run), run))
    return tuple(found)


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _says(run: EffectRun | None) -> str:
    if run is None or run.state == EffectRun.State.QUEUED:
        return ""
    if run.state == EffectRun.State.FAILED:
        return run.problem_en if _english() else run.problem_es
    return str(run.found["verdict"]["en" if _english() else "es"])


def effect_page(user: object, programme: Programme, study: EffectStudy) -> EffectPage:
    """Return the page of a study with its newest finished estimate."""
    runs = tuple(study.runs.select_related("asked_by"))
    newest = runs[0] if runs else None
    run = next((one for one in runs if one.state == EffectRun.State.DONE), None)
    found = run.found if run is not None else {}
    failed = newest is not None and newest.state == EffectRun.State.FAILED
    is_told = bool(found) and found["verdict"]["code"] not in {"too_few", "no_error"}
    return EffectPage(
        programme=programme,
        study=study,
        run=run,
        runs=runs,
        is_under_way=newest is not None and newest.state == EffectRun.State.QUEUED,
        problem=_says(newest) if failed else "",
        says=_says(run) if run is not None else "",
        is_told=is_told,
        result=_result(found, is_told) if found else (),
        slopes=_slopes(found.get("means")),
        balance=tuple(_balance_row(row) for row in found.get("balance") or ()),
        exposure=tuple(_exposure(row) for row in found.get("exposure") or ()) if is_told else (),
        notices=tuple(n["en" if _english() else "es"] for n in _notices(found)),
        asked=_asked(study),
        may_ask=rights.may(user, access.STUDY),
    )


def _notices(found: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
    return found["estimate"]["notices"] if found else ()


def _number(value: float | None, decimals: int = 2) -> str:
    return numbers.number(value, decimals)


def _p(value: float | None) -> str:
    """Return a p; below what four decimals can say it is less than something, never 0."""
    if value is not None and value < 0.0001:
        return "< " + _number(0.0001, 4)
    return _number(value, 4)


def _result(found: Mapping[str, Any], is_told: bool) -> tuple[Fact, ...]:
    """Return the numbers; where too few were measured, those of an effect are kept back."""
    one = found["estimate"]
    facts = [Fact(_("Del programa"), f"n = {one['n_treated']}")]
    if one["n_control"] is not None:
        facts.append(Fact(_("De comparación"), f"n = {one['n_control']}"))
    facts.append(Fact(_("Fuera por falta de un dato"), str(one["dropped"])))
    if is_told:
        level = _number(100 * one["confidence"], 0)
        span = f"{_number(one['low'])} – {_number(one['high'])}"
        facts[:0] = [
            Fact(_("Estimación"), _number(one["value"])),
            Fact(_("Error estándar"), _number(one["error"])),
            Fact(_("IC %s %%") % level, span),
            Fact("p", _p(one["p"])),
        ]
    if one["clusters"] is not None:
        facts.append(Fact(_("Conglomerados"), str(one["clusters"])))
    if found.get("permutation") and is_told:
        told = found["permutation"]
        how = _("exacta") if told["exact"] else _("%s sorteos") % numbers.number(told["draws"])
        facts.append(Fact(_("p por permutación"), _p(told["p"]), note=how))
    return (*facts, *_lost(found.get("attrition")))


def _lost(lost: Mapping[str, Any] | None) -> tuple[Fact, ...]:
    if lost is None:
        return ()
    return (
        Fact(_("Se perdieron, del programa"), numbers.share(*lost["treated"])),
        Fact(
            _("Se perdieron, de comparación"),
            numbers.share(*lost["control"]),
            note="p = " + _p(lost["p"]),
        ),
    )


def _slopes(means: Mapping[str, Sequence[float | None]] | None) -> tuple[Slope, ...]:
    if not means:
        return ()
    known = {name: pair for name, pair in means.items() if None not in pair}
    values = [float(v) for pair in known.values() for v in pair if v is not None]
    if not values:
        return ()
    low, high = min(values), max(values)
    words = {"treated": _("programa"), "control": _("comparación")}
    pairs = {name: (float(pair[0] or 0), float(pair[1] or 0)) for name, pair in known.items()}
    heights = {n: (_y(first, low, high), _y(last, low, high)) for n, (first, last) in pairs.items()}
    beside = [_apart([at[side] for at in heights.values()]) for side in (0, 1)]
    return tuple(
        Slope(
            words[name],
            f"slope--{name}",
            *pair,
            *(f"{height:.1f}" for height in heights[name]),
            *(f"{side[place]:.1f}" for side in beside),
        )
        for place, (name, pair) in enumerate(pairs.items())
    )


def _y(value: float, low: float, high: float) -> float:
    """Return where a value stands; a line needs no zero, its slope is what is compared."""
    span = high - low or 1.0
    return TOP + (BOTTOM - TOP) * (high - value) / span


def _apart(heights: list[float]) -> list[float]:
    """Return where the words beside two points go, so that they do not cover each other."""
    if len(heights) < 2 or abs(heights[0] - heights[1]) >= WORD:
        return heights
    middle = sum(heights) / 2
    side = -1 if heights[0] <= heights[1] else 1
    return [middle + side * WORD / 2, middle - side * WORD / 2]


def _balance_row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "label": _("Valor antes") if row["name"] == "before" else row["name"],
        "treated": _number(row["mean_treated"]),
        "control": _number(row["mean_control"]),
        "standardised": _number(row["standardised"]),
        "is_large": row["is_large"],
        "p": _p(row["p"]),
    }


def _exposure(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "label": str(row["periods"]),
        "value": _number(row["value"]),
        "span": f"{_number(row['low'])} – {_number(row['high'])}",
    }


def _asked(study: EffectStudy) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Diseño"), study.get_design_display()),
        Fact(_("Fuente"), study.get_origin_display()),
    ]
    if study.origin == EffectStudy.Origin.FACTS:
        kept = study.asked
        names = naming.names_of({"kpi"})["kpi"]
        spans = [f"{kept[f'{w}_from']} – {kept[f'{w}_to']}" for w in ("before", "after")]
        facts += [
            Fact(_("Qué se mide"), names.get(kept["kpi"], kept["kpi"])),
            Fact(_("Antes"), spans[0]),
            Fact(_("Después"), spans[1]),
            Fact(_("Con quién se compara"), _comparison(kept["comparison"])),
            Fact(_("Conglomerado"), kept["cluster"] or _("ninguno")),
        ]
    cut = numbers.percent(study.winsorised_share, 1, 0)
    drawn = _("%s de cada lado") % cut if study.winsorised_share > 0 else _("ninguno")
    return (
        *facts,
        Fact(_("Recorte de valores extremos"), drawn),
        Fact(_("Precios"), study.deflator),
    )


def _comparison(code: str) -> str:
    words = {
        "others": _("todas las demás con dato"),
        "late": _("las que entraron después"),
        "never": _("las que nunca entraron"),
    }
    return words.get(code, code)


def table_of(page: EffectPage) -> list[list[str]]:
    """Return a study as the lines of a sheet: what was asked, what was found."""
    lines = [[page.study.title], [page.says], []]
    lines += [[fact.label, fact.value] for fact in page.asked]
    lines += [[], *([fact.label, fact.value, fact.note] for fact in page.result)]
    for row in page.balance:
        lines.append([str(row[k]) for k in ("label", "treated", "control", "standardised", "p")])
    for slope in page.slopes:
        lines.append([slope.label, _number(slope.before), _number(slope.after)])
    if page.run is not None:
        lines += [[], [_("Método"), page.run.engine], ["SHA-256", page.run.inputs_sha256]]
    return lines
