"""Maturity as it is drawn: a matrix of markers, a trend by dimension, two dates compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from digna.partners import standing, words_of_state
from digna.partners.models import Judgement, Marker, Snapshot
from digna.partners.models.maturity import Depth, Dimension, Reached
from digna.partners.words_of_state import Cell
from digna.registry.models import Organisation
from digna.web import svg
from digna.web.svg import Trend

POINTS = 8
"""Half-years drawn: four years are enough to see a direction on a phone."""


@dataclass(frozen=True, slots=True)
class MarkerRow:
    """One marker and the judgement that holds."""

    marker: Marker
    judgement: Judgement | None

    @property
    def state(self) -> str:
        """How far, as a class and a word; "unknown" where nobody judged."""
        return self.judgement.reached if self.judgement is not None else "unknown"


@dataclass(frozen=True, slots=True)
class Face:
    """One depth of one dimension: its count and its markers."""

    depth: str
    label: str
    cell: Cell
    rows: tuple[MarkerRow, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One dimension: its word, its three depths, how many were reached over time."""

    dimension: str
    label: str
    word: str
    faces: tuple[Face, ...]
    trend: Trend

    @property
    def reached(self) -> int:
        """How many markers of all depths are reached."""
        return sum(face.cell.reached for face in self.faces)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(face.cell.total for face in self.faces)


def sides(partner: Organisation, day: date) -> tuple[Side, ...]:
    """Return the three dimensions of a partner on a day."""
    markers = standing.in_use_on(day)
    history = list(
        Judgement.objects.filter(partner=partner, on__lte=day)
        .select_related("by")
        .order_by("on", "pk")
    )
    judged = {row.marker_id: row for row in history}
    return tuple(_side(d, markers, judged, history, day) for d in Dimension)


def _side(
    dimension: Dimension,
    markers: Sequence[Marker],
    judged: Mapping[int, Judgement],
    history: Sequence[Judgement],
    day: date,
) -> Side:
    own = [marker for marker in markers if marker.dimension == dimension]
    faces = tuple(_face(depth, own, judged) for depth in Depth)
    points = [(_half(end), _reached_by(own, history, end)) for end in half_years(day)]
    return Side(
        dimension=dimension.value,
        label=str(dimension.label),
        word=words_of_state.word(face.cell for face in faces),
        faces=faces,
        trend=svg.trend(points, kind="line"),
    )


def _face(depth: Depth, markers: Sequence[Marker], judged: Mapping[int, Judgement]) -> Face:
    rows = tuple(MarkerRow(m, judged.get(m.pk)) for m in markers if m.depth == depth)
    states = [row.judgement.reached if row.judgement is not None else None for row in rows]
    return Face(depth.value, str(depth.label), words_of_state.cell(depth.value, states), rows)


def half_years(day: date) -> list[date]:
    """Return the ends of the last half-years, the running one cut at `day`.

    >>> [str(end) for end in half_years(date(2022, 2, 10))][-3:]
    ['2021-06-30', '2021-12-31', '2022-02-10']
    """
    ends = [day]
    year, first = day.year, day.month <= 6
    while len(ends) < POINTS:
        if first:
            year, first = year - 1, False
            ends.append(date(year, 12, 31))
        else:
            first = True
            ends.append(date(year, 6, 30))
    return ends[::-1]


def _half(end: date) -> str:
    return f"{1 if end.month <= 6 else 2}/{end.year % 100:02d}"


def _reached_by(markers: Sequence[Marker], history: Sequence[Judgement], end: date) -> int | None:
    """Return how many were reached by a day; None while nobody had judged any."""
    own = {marker.pk for marker in markers}
    then = {row.marker_id: row.reached for row in history if row.on <= end and row.marker_id in own}
    return sum(state == Reached.REACHED for state in then.values()) if then else None


def history_of(partner: Organisation, marker: Marker) -> QuerySet[Judgement]:
    """Return every reading of one marker, the latest first, of older wordings too."""
    return Judgement.objects.filter(partner=partner, marker__code=marker.code).select_related(
        "by", "marker"
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One marker on two dates."""

    marker: Marker
    before: str | None
    after: str | None

    @property
    def kind(self) -> str:
        """Whether it went forward, back, stayed, or cannot be compared."""
        order = [Reached.NOT_YET.value, Reached.PARTLY.value, Reached.REACHED.value]
        if self.before is None or self.after is None:
            return "same" if self.before == self.after else "unknown"
        there, here = order.index(self.before), order.index(self.after)
        return "forward" if here > there else "back" if here < there else "same"


def compared(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Return the markers of either snapshot; a wording that only one had is not compared."""
    keys = list(dict.fromkeys([*after.reached, *before.reached]))
    by_key = {f"{m.code}@{m.version}": m for m in Marker.objects.all()}
    return tuple(
        Change(by_key[key], before.reached.get(key), after.reached.get(key))
        for key in keys
        if key in by_key
    )
