"""The programme's public statement by strategic area: sentences whose every figure is computed.

Figures are those the portal shows: of the frozen period that reaches furthest, else the current
ones; cells under five are kept in.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext as in_language

from digna.events.models import Process
from digna.programmes.models import Activity, Programme
from digna.registry.models import Place, Sector
from digna.reports import figures
from digna.reports.body import Body
from digna.reports.notes import Notes, n_of
from digna.reports.paper import (
    Block,
    Cards,
    Cell,
    Chart,
    Cited,
    Column,
    Note,
    Paragraph,
    Point,
    Row,
    Section,
    Table,
)
from digna.reports.statement_words import SENTENCES
from digna.results import wording
from digna.results.selectors import naming
from digna.results.selectors.published import Edition, Published, edition, published
from digna.web import days

PLACEHOLDER = re.compile(r"\{(\w+)\}|\[(\w+)\]")
HEADLINES = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """The public figures by code, and the names that stand in sentences."""

    programme: Programme
    of: Edition
    period: str
    rows: Mapping[str, Published]
    names: Mapping[str, str]
    notes: Notes

    def cited(self, code: str) -> Cited:
        """Return the figure of a public indicator."""
        row = self.rows[code]
        return figures.outside(self.notes, self.programme, row, self.period, self.of.is_frozen)


def body(programme: Programme) -> Body:
    """Return the statement in the language in use."""
    of = edition(programme)
    rows = published(programme, of)
    ground = Ground(
        programme, of, period_of(of), {row.indicator.code: row for row in rows},
        _names(programme), Notes(),
    )  # fmt: skip
    summary = (
        programme.summary_en if _is_english() and programme.summary_en else programme.summary_es
    )
    return Body(
        title=programme.name,
        subtitle=summary,
        programme=programme.name,
        period=ground.period,
        is_synthetic=programme.is_synthetic,
        as_of=days.moment(of.as_of),
        facts=_facts(ground),
        sections=(*_areas(ground, rows), _reading()),
        definitions=ground.notes.definitions,
        sources=(_("Registros de %(programme)s en Digna") % {"programme": programme.name},),
        is_public=True,
    )


def _is_english() -> bool:
    from django.utils.translation import get_language

    return (get_language() or "").startswith("en")


def period_of(of: Edition) -> str:
    """Return which figures these are."""
    return of.period.label if of.period is not None else _("a la fecha")


def _facts(ground: Ground) -> tuple[tuple[str, str], ...]:
    programme = ground.programme
    funders = ", ".join(
        str(row.organisation) for row in programme.funders.select_related("organisation")
    )
    found = [
        (_("Días"), f"{days.day(programme.starts_on)} – {days.day(programme.ends_on)}"),
        (_("Cifras"), f"{ground.period} · {days.moment(ground.of.as_of)}"),
    ]
    return tuple([*found, (_("Con fondos de"), funders)] if funders else found)


def _names(programme: Programme) -> dict[str, str]:
    """Return names from records: sectors and departments of what was done, processes held."""
    done = Activity.objects.filter(programme=programme, status=Activity.Status.DONE)
    sectors = Sector.objects.filter(activities__in=done).distinct()
    departments = Place.objects.filter(activities__in=done, kind=Place.Kind.DEPARTMENT).distinct()
    processes = Process.objects.filter(programmes=programme, kind="capacity_building")
    return {
        "sectors": _list(sorted({row.name.lower() for row in sectors})),
        "departments": _list(sorted({row.name for row in departments})),
        "processes": _list([f"«{row.title}»" for row in processes.order_by("starts_on", "pk")]),
    }


def _list(words: Sequence[str]) -> str:
    """Return «a, b y c»; nothing known is «sin dato»."""
    if not words:
        return _("sin dato")
    head = ", ".join(words[:-1])
    return f"{head} {_('y')} {words[-1]}" if head else words[-1]


def _areas(ground: Ground, rows: Sequence[Published]) -> list[Section]:
    groups: dict[int | None, list[Published]] = {}
    for row in rows:
        groups.setdefault(row.indicator.area_id, []).append(row)
    return [_area(ground, members) for members in groups.values()]


def _area(ground: Ground, members: Sequence[Published]) -> Section:
    area = members[0].indicator.area
    code = area.code if area is not None else "others"
    blocks: list[Block] = []
    if area is not None and area.description:
        blocks.append(Paragraph((area.description,)))
    told = [found for one in SENTENCES.get(code, ()) if (found := sentence(ground, one))]
    blocks += [Paragraph(pieces) for pieces in told]
    headlines = [row for row in members if row.indicator.is_headline][:HEADLINES]
    if headlines:
        blocks.append(Cards(tuple(ground.cited(row.indicator.code) for row in headlines)))
    chart = _who(ground, members)
    blocks += [chart] if chart is not None else []
    named = {piece.code for pieces in told for piece in pieces if isinstance(piece, Cited)}
    named |= {row.indicator.code for row in headlines}
    kept = [row for row in members if row.indicator.code in named] or list(members)
    blocks.append(_table(ground, kept))
    return Section(code, area.name if area is not None else _("Otras cifras"), tuple(blocks))


def sentence(ground: Ground, template: str) -> tuple[Cell, ...]:
    """Return a sentence with its figures cited; () where none of its indicators is public.

    An indicator that this programme does not publish says «sin dato» beside others that it does.
    """
    codes = [found[1] for found in PLACEHOLDER.finditer(template) if found[1]]
    if codes and not any(code in ground.rows for code in codes):
        return ()
    pieces: list[Cell] = []
    text, end = in_language(template), 0
    for found in PLACEHOLDER.finditer(text):
        pieces.append(text[end : found.start()])
        pieces.append(_piece(ground, found[1], found[2]))
        end = found.end()
    pieces.append(text[end:])
    told = tuple(piece for piece in pieces if piece != "")
    return told if codes or _("sin dato") not in told else ()


def _piece(ground: Ground, code: str | None, name: str | None) -> Cell:
    if name is not None:
        return ground.names.get(name, _("sin dato"))
    return ground.cited(code) if code in ground.rows else _("sin dato")  # type: ignore[arg-type]


def _who(ground: Ground, members: Sequence[Published]) -> Chart | None:
    """Return who the people of an area were, where its first figure of people is split by sex."""
    for row in members:
        declared = row.indicator.declaration
        if row.public is None or declared.get("measure") != "unique" or row.public.is_hidden:
            continue
        name = next((one for one in ("constituency", "sex") if one in row.public.parts), "")
        if name and any(part.value is not None for part in row.public.parts[name]):
            return _split_chart(row, name)
    return None


def _split_chart(row: Published, name: str) -> Chart:
    assert row.public is not None  # noqa: S101 — the caller chose one with figures
    words = naming.names_of({name}).get(name, {})
    points = []
    for part in row.public.parts[name]:
        said = figures.of_slice(part)
        one = figures.cited(row.indicator, said, period="", mark="current", note=0, url="")
        points.append(Point(wording.category(name, part.category, words), one.value, one.text))
    told = "; ".join(f"{point.label}: {point.text}" for point in points)
    title = f"{row.indicator.name}: {wording.dimension(name).lower()}"
    return Chart(
        title, _("Barras desde cero. %(told)s.") % {"told": told}, wording.dimension(name),
        wording.unit(row.indicator.unit).capitalize(), tuple(points),
        wording.unit(row.indicator.unit),
    )  # fmt: skip


def _table(ground: Ground, members: Sequence[Published]) -> Table:
    rows = []
    for member in members:
        one = ground.cited(member.indicator.code)
        rows.append(Row(one.label, (one, one.unit, n_of(one.n, one.of) or "—", _state(one))))
    return Table(
        _("Las cifras de esta área, una por una"),
        (
            Column(_("Cifra")), Column(_("Valor"), True), Column(_("Unidad")),
            Column(_("n de N"), True), Column(_("Estado")),
        ),
        tuple(rows),
    )  # fmt: skip


def _state(one: Cited) -> str:
    words = {"frozen": _("congelada"), "missing": _("sin dato"), "hidden": _("reservada")}
    return words.get(one.mark, _("puede cambiar"))


def _reading() -> Section:
    return Section(
        "reading",
        _("Cómo leer estas cifras"),
        (
            Note(_("Cada cifra lleva a su definición. «sin dato» no es cero. n dice de cuántos se "
                   "tiene el dato, y N cuántos podrían tenerlo.")),
            Note(_("«reservado»: la cifra habla de menos de cinco personas o empresas, o dejaría "
                   "calcular una que sí. Los porcentajes van con sus dos partes.")),
        ),
    )  # fmt: skip
