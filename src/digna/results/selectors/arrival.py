"""What would be taken over from somebody else's file, before anything is."""

from collections.abc import Sequence
from dataclasses import dataclass

from digna.programmes.models import Programme
from digna.results import importing, tabular
from digna.results.iati import arriving
from digna.results.iati.arriving import Arrived
from digna.results.models import Indicator
from digna_engines.iati import Reading
from digna_engines.iati.model import Activity


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of the file, and ours that it is; None where it would be a new one."""

    arrived: Arrived
    ours: Indicator | None

    @property
    def takes_actuals(self) -> bool:
        """Whether its actuals can be kept: what is computed from records is not typed."""
        return self.ours is None or self.ours.is_reported


@dataclass(frozen=True, slots=True)
class Choice:
    """An activity of the file that may be chosen."""

    place: int
    identifier: str
    title: str


@dataclass(frozen=True, slots=True)
class ArrivalPage:
    """The report of a file."""

    choices: tuple[Choice, ...]
    chosen: Choice | None
    lines: tuple[Line, ...]
    unmodelled: tuple[tuple[str, int], ...]

    @property
    def known_count(self) -> int:
        """How many of the indicators are ours already."""
        return sum(line.ours is not None for line in self.lines)

    @property
    def useful_count(self) -> int:
        """How many have something to take over."""
        return sum(not line.arrived.is_empty for line in self.lines)


def arrival_page(programme: Programme, reading: Reading, place: int = 0) -> ArrivalPage:
    """Return what a file holds, and what of one of its activities would be taken over."""
    choices = tuple(_choice(at, one) for at, one in enumerate(reading.activities))
    chosen = choices[place] if 0 <= place < len(choices) else None
    lines = lines_of(programme, reading.activities[place]) if chosen is not None else ()
    return ArrivalPage(choices, chosen, tuple(lines), reading.unmodelled)


def lines_of(programme: Programme, activity: Activity) -> Sequence[Line]:
    """Return the indicators of an activity beside ours: known by code, else by name."""
    known = importing.known(programme)
    by_code = {row.code: row for row in known.values()}
    found = []
    for one in arriving.arrived(activity):
        ours = by_code.get(one.code) if one.code else None
        for name in (one.name_es, one.name_en):
            ours = ours or (known.get(tabular.folded(name)) if name else None)
        found.append(Line(one, ours))
    return found


def _choice(at: int, activity: Activity) -> Choice:
    title = arriving.in_words(activity.title, "es", activity.language or "en")
    return Choice(at, activity.identifier or "", title)
