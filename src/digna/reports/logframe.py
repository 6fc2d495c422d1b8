"""The donor's logframe by strategic area: base, targets, actuals frozen first, parts, where from.

Periods are never added up here. An indicator that counts from the start already holds the earlier
ones; people and firms of two periods may be the same; shares and medians have no sum. Each
indicator says which it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.programmes.models import Programme
from digna.reports import figures
from digna.reports.body import Body
from digna.reports.logframe_splits import split_table
from digna.reports.notes import Notes, plain
from digna.reports.paper import Block, Cell, Cited, Column, Note, Row, Section, Table
from digna.results import aims, declarations, wording
from digna.results.models import Indicator, ReportingPeriod, Target
from digna.results.selectors import overview, shown
from digna.results.selectors.overview import Book
from digna.web import days, numbers
from digna_engines.indicators import achievement

DIMENSIONS = ("sex", "department")


@dataclass(frozen=True, slots=True)
class Ground:
    """What every row needs: the programme, its figures, the periods reported on, the notes."""

    programme: Programme
    book: Book
    periods: tuple[ReportingPeriod, ...]
    notes: Notes
    until: ReportingPeriod | None


def body(programme: Programme, until: ReportingPeriod | None) -> Body:
    """Return the logframe up to a period; None is to date."""
    rows = (
        Indicator.objects.filter(programme=programme)
        .select_related("area", "baseline")
        .prefetch_related("targets", "reported")
        .order_by("area__order", "area_id", "order", "pk")
    )
    book = overview.book(programme, rows)
    periods = tuple(p for p in book.periods if until is None or p.ends_on <= until.ends_on)
    ground = Ground(programme, book, periods, Notes(), until)
    sections = (_reading(), *_areas(ground))
    return Body(
        title=_("Marco lógico: %(programme)s") % {"programme": programme.name},
        subtitle=_("Línea de base, metas y logros por área estratégica"),
        programme=programme.name,
        period=_("a la fecha") if until is None else _("hasta %(p)s") % {"p": until.label},
        is_synthetic=programme.is_synthetic,
        as_of=_as_of(ground),
        facts=(
            (_("Programa"), programme.name),
            (_("Días"), f"{days.day(programme.starts_on)} – {days.day(programme.ends_on)}"),
            (_("Períodos congelados"), _frozen(periods)),
        ),
        sections=sections,
        definitions=ground.notes.definitions,
        sources=(_("Registros de %(programme)s en Digna") % {"programme": programme.name},),
    )


def _frozen(periods: Sequence[ReportingPeriod]) -> str:
    frozen = [p.label for p in periods if p.state == ReportingPeriod.State.FROZEN]
    return ", ".join(frozen) or _("ninguno todavía")


def _as_of(ground: Ground) -> str:
    found = [one for kinds in ground.book.by_place.values() for one in kinds.values()]
    return figures.as_of(found)


def _reading() -> Section:
    return Section(
        "reading",
        _("Cómo leer este marco"),
        (
            Note(_("El logro de un período congelado no cambia; el de uno abierto puede cambiar "
                   "todavía. «sin dato» no es cero.")),
            Note(_("«Acumulado» cuenta desde el inicio del programa hasta el fin del período; «del "
                   "período», solo sus días. Los períodos no se suman: en cada indicador se "
                   "dice por qué.")),
        ),
    )  # fmt: skip


def _areas(ground: Ground) -> list[Section]:
    groups: dict[int | None, list[Indicator]] = {}
    for row in ground.book.indicators:
        groups.setdefault(row.area_id, []).append(row)
    return [_area(ground, members) for members in groups.values()]


def _area(ground: Ground, members: list[Indicator]) -> Section:
    area = members[0].area
    blocks: list[Block] = [_achieved(ground, members)]
    for name in DIMENSIONS:
        table = split_table(ground.book, members, ground.until, name)
        if table is not None:
            blocks.append(table)
    blocks.append(_verified(ground, members))
    code = area.code if area is not None else "others"
    return Section(code, area.name if area is not None else _("Otros indicadores"), tuple(blocks))


def _achieved(ground: Ground, members: list[Indicator]) -> Table:
    return Table(
        _("Metas y logros"),
        (
            Column(_("Indicador y unidad")), Column(_("Período")), Column(_("Línea de base"), True),
            Column(_("Meta"), True), Column(_("Logro"), True), Column(_("Avance"), True),
            Column(_("n de N"), True), Column(_("Estado")),
        ),
        tuple(row for one in members for row in _rows(ground, one)),
        _("Avance: (logro − línea de base) ÷ (meta − línea de base); sin línea de base, logro ÷ "
          "meta en "
          "lo que debe subir. Lo que debe bajar y no tiene línea de base no tiene avance."),
    )  # fmt: skip


def _rows(ground: Ground, indicator: Indicator) -> list[Row]:
    """Return a row for each period with a target or an actual, and one to date."""
    head = f"{indicator.name} ({unit_word(indicator)}; {kind_of(indicator)})"
    places: list[ReportingPeriod | None] = [*ground.periods]
    if ground.until is None:
        places.append(None)
    rows = [row for place in places if (row := _row(ground, indicator, head, place)) is not None]
    return rows or [_empty(ground, indicator, head)]


def unit_word(indicator: Indicator) -> str:
    """Return the unit a value is read in."""
    return "%" if shown.is_percent(indicator) else wording.unit(indicator.unit)


def kind_of(indicator: Indicator) -> str:
    """Return whether a period holds the earlier ones."""
    if indicator.is_reported:
        return _("informado")
    kinds = {"cumulative": _("acumulado"), "snapshot": _("situación al fin")}
    return kinds.get(str(indicator.declaration.get("semantics")), _("del período"))


def _row(
    ground: Ground, indicator: Indicator, head: str, period: ReportingPeriod | None
) -> Row | None:
    found = ground.book.figures(indicator, period)
    is_cumulative = indicator.declaration.get("semantics") == "cumulative"
    target = aims.target_for(indicator.targets.all(), period, is_cumulative=is_cumulative)
    if found.shown is None and target is None:
        return None
    label = _("a la fecha") if period is None else period.label
    actual = figures.inside(ground.notes, ground.programme, indicator, found, label)
    cells: tuple[Cell, ...] = (
        label, _base(indicator), _target(target), actual, _reached(indicator, target, actual),
        _n_of(actual), state_word(actual),
    )  # fmt: skip
    return Row(head, cells)


def _empty(ground: Ground, indicator: Indicator, head: str) -> Row:
    found = shown.Figures(None, None)
    label = _("a la fecha") if ground.until is None else ground.until.label
    actual = figures.inside(ground.notes, ground.programme, indicator, found, label)
    nothing = _("sin dato")
    return Row(head, (label, _base(indicator), _("sin meta"), actual, "—", "—", nothing))


def state_word(actual: Cited) -> str:
    """Return how firm an actual is."""
    words = {
        "frozen": _("congelado"), "missing": _("sin dato"), "hidden": _("reservado"),
    }  # fmt: skip
    return words.get(actual.mark, _("puede cambiar"))


def _n_of(actual: Cited) -> Cell:
    if actual.n is None:
        return "—"
    whole = actual.of
    if whole is None:
        return plain(actual.n)
    return Cited(
        "", "", f"{numbers.number(actual.n)} {_('de')} {numbers.number(whole)}", Decimal(actual.n),
        numerator=Decimal(actual.n), denominator=Decimal(whole),
    )  # fmt: skip


def _base(indicator: Indicator) -> Cell:
    row = getattr(indicator, "baseline", None)
    if row is None or row.amount is None:
        return _("sin dato")
    decimals = 0 if row.amount == row.amount.to_integral_value() else 1
    value = plain(row.amount, decimals)
    return Cited("", "", f"{value.text} ({row.year})", row.amount, decimals=decimals)


def _target(target: Target | None) -> Cell:
    amount = aims.aimed_at(target)
    if target is None:
        return _("sin meta")
    if amount is None:
        return target.as_written or _("sin dato")
    return plain(amount, 0 if amount == amount.to_integral_value() else 1)


def _reached(indicator: Indicator, target: Target | None, actual: Cited) -> Cell:
    """Return how far towards the target, for what should rise and what should fall."""
    if target is None or actual.value is None:
        return "—"
    base = getattr(indicator, "baseline", None)
    found = achievement(
        base.amount if base is not None else None,
        aims.aimed_at(target),
        actual.value,
        "descending" if indicator.direction == "descending" else "ascending",
    )
    if found.share is None:
        return declarations.sentence(found) or "—"
    part, whole = Decimal(found.share.numerator), Decimal(found.share.denominator)
    return Cited(
        f"{indicator.code}.reached", _("Avance: %(name)s") % {"name": indicator.name},
        numbers.percent(part, whole), 100 * part / whole if whole != 0 else None, "%",
        numerator=part, denominator=whole, period=actual.period, mark=actual.mark, url=actual.url,
    )  # fmt: skip


def _verified(ground: Ground, members: list[Indicator]) -> Table:
    """Return where each number comes from, what it is, and why its periods are not added."""
    rows = []
    for one in members:
        url = reverse("results:indicator", args=[ground.programme.code, one.code])
        number = ground.notes.number(figures.defined(one, url))
        cells = (figures.source_of(one), _("definición %(n)s") % {"n": number}, why_no_sum(one),
                 one.so_what or "—")  # fmt: skip
        rows.append(Row(one.name, cells))
    return Table(
        _("Medios de verificación"),
        (
            Column(_("Indicador")), Column(_("Fuente")), Column(_("Definición")),
            Column(_("Por qué sus períodos no se suman")), Column(_("Para qué sirve")),
        ),
        tuple(rows),
    )  # fmt: skip


def why_no_sum(indicator: Indicator) -> str:
    """Return why the periods of an indicator are not added; counts of a period could be."""
    declared = indicator.declaration
    if indicator.is_reported:
        return _("son valores que otros informaron, cada uno como se escribió")
    if declared.get("semantics") == "cumulative":
        return _("cada período ya contiene a los anteriores")
    if declared.get("measure") == "unique":
        return _("quien está en dos períodos se contaría dos veces")
    if declared.get("measure") in {"share", "ratio", "mean", "median"}:
        return _("no se suman ni se promedian: se calculan de nuevo sobre todos los registros")
    return _(
        "se suman solo si los períodos cubren todos los días sin cruzarse; «a la fecha» lo hace"
    )
