"""The public account of a programme: figures by strategic area, the map, women and men."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.portal.selectors import maps
from digna.programmes.models import Programme
from digna.results import publishing, wording
from digna.results.models import Indicator
from digna.results.selectors import definition, grades, iati, naming, shown
from digna.results.selectors.definition import Fact
from digna.results.selectors.grades import Grade
from digna.results.selectors.published import Edition, Published, edition, published
from digna.web import numbers
from digna_engines.indicators import PublicSlice


@dataclass(frozen=True, slots=True)
class Item:
    """One figure of the account."""

    code: str
    label: str
    value: Decimal | None
    decimals: int
    unit: str
    is_hidden: bool
    share: str
    so_what: str
    url: str
    grade: str = ""
    grade_sentence: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A part as the public sees it."""

    label: str
    value: Decimal | None
    text: str
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Split:
    """A figure by one dimension."""

    name: str
    title: str
    of_what: str
    bars: tuple[Bar, ...]
    whole: Decimal
    has_hidden: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A strategic area and its figures."""

    name: str
    description: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Everything the public page of a programme shows."""

    programme: Programme
    summary: str
    edition: Edition
    first: Item | None
    areas: tuple[Area, ...]
    splits: tuple[Split, ...]
    map: maps.Map | None
    has_hidden: bool
    has_iati: bool


@dataclass(frozen=True, slots=True)
class DefinitionPage:
    """One public figure: what it counts, and every part that may be published."""

    programme: Programme
    edition: Edition
    indicator: Indicator
    item: Item
    definition: tuple[Fact, ...]
    splits: tuple[Split, ...]


def programmes() -> Sequence[Programme]:
    """Return the programmes that publish their account."""
    return list(Programme.objects.filter(is_public=True))


def programme(code: str) -> Programme:
    """Return a programme that publishes its account; any other is as if there were none."""
    row = Programme.objects.filter(is_public=True, code=code).first()
    if row is None:
        raise NotVisible("portal.not_public", _("No hay tal programa entre los que se publican."))
    return row


def account_page(found: Programme, language: str) -> AccountPage:
    """Return the account of a programme."""
    of = edition(found)
    rows = published(found, of)
    people = next((row for row in rows if _is_of_people(row)), None)
    splits = _splits(people, only=("sex", "constituency")) if people is not None else ()
    letters = grades.of_period(found.pk, of.period.pk if of.period is not None else None)
    items = {row.indicator.pk: item(found, row, letters.get(row.indicator.pk)) for row in rows}
    is_english = language.startswith("en")
    headline = next((items[row.indicator.pk] for row in rows if row is people), None)
    return AccountPage(
        programme=found,
        summary=found.summary_en if is_english and found.summary_en else found.summary_es,
        edition=of,
        first=headline,
        areas=_areas(rows, items),
        splits=splits,
        map=_map(people),
        has_hidden=any(split.has_hidden for split in splits)
        or any(one.is_hidden for one in items.values()),
        has_iati=iati.newest_file(found) is not None,
    )


def _is_of_people(row: Published) -> bool:
    figure, declared = row.figure, row.indicator.declaration
    return (
        figure is not None
        and figure.record_kind == "person_id"
        and declared.get("measure") == "unique"
        and "department" in figure.parts
    )


def item(found: Programme, row: Published, grade: Grade | None = None) -> Item:
    """Return a figure as the account writes it."""
    public, indicator = row.public, row.indicator
    value = publishing.number(public.value) if public is not None else None
    value = shown.in_unit(indicator, value)
    return Item(
        code=indicator.code,
        label=indicator.name,
        value=value,
        decimals=shown.decimals_of(indicator, value),
        unit="%" if shown.is_percent(indicator) else wording.unit(indicator.unit),
        is_hidden=public is not None and public.is_hidden,
        share=_share(row),
        so_what=indicator.so_what,
        url=reverse("portal:definition", args=[found.code, indicator.code]),
        grade=grade.letter if grade is not None else "",
        grade_sentence=grade.sentence if grade is not None else "",
    )


def _grade(found: Programme, of: Edition, row: Published) -> Grade | None:
    letters = grades.of_period(found.pk, of.period.pk if of.period is not None else None)
    return letters.get(row.indicator.pk)


def _share(row: Published) -> str:
    """Return «158 de 263 (60 %)» where the figure is a share, or tells how many were women."""
    public = row.public
    if public is None or public.is_hidden:
        return ""
    if shown.is_share(row.indicator):
        if public.denominator == 0:
            return ""  # of nobody, nothing is a share
        unit = wording.unit(row.indicator.unit)
        said = numbers.share(
            publishing.number(public.numerator), publishing.number(public.denominator)
        )
        return f"{said} {unit}"
    women = next((p for p in public.parts.get("sex", ()) if p.category == "female"), None)
    if women is None or women.is_hidden or row.indicator.declaration.get("measure") != "unique":
        return ""
    total = publishing.number(public.value)
    said = numbers.share(publishing.number(women.numerator), total)
    return f"{said} {wording.category('sex', 'female')}"


def _areas(rows: Sequence[Published], items: dict[int, Item]) -> tuple[Area, ...]:
    groups: dict[int | None, list[Indicator]] = {}
    for row in rows:
        groups.setdefault(row.indicator.area_id, []).append(row.indicator)
    return tuple(
        Area(
            name=members[0].area.name if members[0].area is not None else _("Otras cifras"),
            description=members[0].area.description if members[0].area is not None else "",
            items=tuple(items[row.pk] for row in members),
        )
        for members in groups.values()
    )


def _splits(row: Published, only: Sequence[str] = ()) -> tuple[Split, ...]:
    if row.public is None:
        return ()
    wanted = [name for name in row.public.parts if not only or name in only]
    names = naming.names_of(set(wanted))
    return tuple(_split(row, name, row.public.parts[name], names.get(name, {})) for name in wanted)


def _split(row: Published, name: str, found: Sequence[PublicSlice], named: dict[str, str]) -> Split:
    is_share = shown.is_share(row.indicator)
    total = publishing.number(row.public.value) if row.public is not None else None
    bars = [
        Bar(
            label=wording.category(name, part.category, named),
            value=shown.in_unit(row.indicator, publishing.number(part.value)),
            text=_text(part, None if is_share else total, is_share=is_share),
            is_unknown=part.category is None,
        )
        for part in found
    ]
    values = [bar.value for bar in bars if bar.value is not None]
    return Split(
        name=name,
        title=wording.dimension(name),
        of_what=row.indicator.name,
        bars=tuple(bars),
        whole=Decimal(100) if is_share else max(values, default=Decimal(0)),
        has_hidden=any(part.is_hidden for part in found),
    )


def _text(part: PublicSlice, total: Decimal | None, *, is_share: bool) -> str:
    if part.is_hidden:
        return _("reservado")
    value = publishing.number(part.value)
    if is_share:
        whole = publishing.number(part.denominator)
        return numbers.share(publishing.number(part.numerator), whole)
    decimals = 0 if value is None or value == value.to_integral_value() else 1
    said = numbers.number(value, decimals)
    return said if total is None else f"{said} ({numbers.percent(value, total)})"


def _map(people: Published | None) -> maps.Map | None:
    if people is None or people.public is None:
        return None
    return maps.drawn(people.indicator.name, people.public.parts["department"])


def definition_page(found: Programme, code: str) -> DefinitionPage:
    """Return the public definition of one figure."""
    of = edition(found)
    rows = published(found, of, code)
    if not rows:
        raise NotVisible("portal.not_public", _("No hay tal cifra entre las que se publican."))
    row = rows[0]
    return DefinitionPage(
        programme=found,
        edition=of,
        indicator=row.indicator,
        item=item(found, row, _grade(found, of, row)),
        definition=definition.in_words(row.indicator),
        splits=_splits(row),
    )
