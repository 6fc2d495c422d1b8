"""Results chains as pages show them: the list, one drawn with its findings, levels for others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.accounts import rights
from digna.errors import NotVisible
from digna.programmes.models import Programme
from digna.results import access, chain_kits, chain_pictures, chain_reading, declarations
from digna.results.chain_pictures import ChainPicture
from digna.results.chain_reading import ArrowRead, BoxRead, ChainRead
from digna.results.models import (
    ChainArrow,
    ChainBox,
    ChainReview,
    ChainVersion,
    Indicator,
    ResultsChain,
    ResultType,
)
from digna.results.selectors import chain_figures
from digna.results.selectors.chain_figures import Newest
from digna_engines.errors import Fault
from digna_engines.systems import chains, reviewing

WARNED = {"systems.at_risk", "systems.never_reviewed", "systems.stale", "systems.dead_end"}
SIGNS = {"broken": "✕", "at_risk": "!", "holds": "✓", "unknown": "?"}
RESULT_TYPES = {
    "activity": ResultType.OUTPUT,
    "output": ResultType.OUTPUT,
    "behaviour": ResultType.OUTCOME,
    "enterprise": ResultType.OUTCOME,
    "impact": ResultType.IMPACT,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: where it is, what it is, how grave."""

    kind: str
    where: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A chain in the list."""

    chain: ResultsChain
    box_count: int
    with_indicator: int
    needing: int
    grave_count: int
    finding_count: int
    reviewed_on: date | None
    is_stale: bool
    url: str


@dataclass(frozen=True, slots=True)
class ShownBox:
    """A box with the figures of its indicators."""

    row: ChainBox
    level: str
    figures: tuple[Newest, ...]
    read: BoxRead
    state_word: str
    badge: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownArrow:
    """An arrow with its ends in words."""

    row: ChainArrow
    source: str
    target: str
    read: ArrowRead
    state_word: str
    badge: str
    url: str


@dataclass(frozen=True, slots=True)
class ChainPage:
    """Everything the page of a chain shows."""

    chain: ResultsChain
    programme: Programme
    picture: ChainPicture | None
    levels: tuple[tuple[str, tuple[ShownBox, ...]], ...]
    arrows: tuple[ShownArrow, ...]
    findings: tuple[Finding, ...]
    with_indicator: int
    needing: int
    reviews: tuple[ChainReview, ...]
    next_on: date | None
    is_stale: bool
    removed: tuple[ChainBox | ChainArrow, ...]
    last_version: ChainVersion | None
    may_edit: bool

    @property
    def box_count(self) -> int:
        """How many boxes stand."""
        return sum(len(boxes) for _level, boxes in self.levels)


def chains_list(programme: Programme, today: date) -> tuple[ChainRow, ...]:
    """Return a programme's chains, those put away last; constant in queries."""
    rows = (
        ResultsChain.objects.filter(programme=programme)
        .select_related("area", "programme")
        .annotate(reviewed_on=Max("reviews__on"))
        .order_by("archived_at", "name_es", "pk")
    )
    read = chain_reading.read_all(rows)
    known = chain_figures.newest(programme, _indicators(read), today)
    told = [_row(chain, known, today) for chain in read]
    return tuple(sorted(told, key=lambda row: row.chain.archived_at is not None))


def _indicators(read: Iterable[ChainRead]) -> list[Indicator]:
    return list({one.pk: one for chain in read for one in chain.indicators}.values())


def _row(chain: ChainRead, known: Mapping[int, Newest], today: date) -> ChainRow:
    reviewed_on: date | None = chain.row.reviewed_on  # type: ignore[attr-defined] # annotated
    review = reviewed(chain, known, reviewed_on, today)
    return ChainRow(
        chain=chain.row,
        box_count=len(chain.boxes),
        with_indicator=review.coverage.with_indicator,
        needing=review.coverage.boxes,
        grave_count=sum(fault.code in reviewing.GRAVE for fault in review.faults),
        finding_count=len(review.faults),
        reviewed_on=reviewed_on,
        is_stale=review.is_stale,
        url=chain.row.get_absolute_url(),
    )


def reviewed(
    chain: ChainRead, known: Mapping[int, Newest], reviewed_on: date | None, today: date
) -> reviewing.Review:
    """Let the engine look at a chain as it stands today."""
    return reviewing.review(
        chain_reading.story(chain),
        today=today,
        reviewed_on=reviewed_on,
        interval_months=chain.row.review_months,
        without_figure={one.indicator.code for one in known.values() if one.is_without_last},
    )


def chain_page(user: object, chain: ResultsChain, today: date) -> ChainPage:
    """Return one chain whole."""
    read = chain_reading.read(chain)
    known = chain_figures.newest(chain.programme, read.indicators, today)
    reviews = tuple(chain.reviews.select_related("by"))
    found = reviewed(read, known, reviews[0].on if reviews else None, today)
    boxes = {box.key: shown_box(box, known, chain) for box in read.boxes}
    arrows = tuple(shown_arrow(arrow, boxes, chain) for arrow in read.arrows)
    return ChainPage(
        chain=chain,
        programme=chain.programme,
        picture=_picture(boxes, arrows),
        levels=_levels(boxes.values()),
        arrows=arrows,
        findings=_findings(found.faults, boxes, arrows, chain),
        with_indicator=found.coverage.with_indicator,
        needing=found.coverage.boxes,
        reviews=reviews,
        next_on=reviews[0].next_on if reviews else None,
        is_stale=found.is_stale,
        removed=removed_parts(chain),
        last_version=chain.versions.first(),
        may_edit=rights.may(user, access.EDIT),
    )


def shown_box(box: BoxRead, known: Mapping[int, Newest], chain: ResultsChain) -> ShownBox:
    """Return a box as the page of its chain shows it."""
    return ShownBox(
        row=box.row,
        level=str(box.row.get_level_display()),
        figures=tuple(known[one.pk] for one in box.indicators),
        read=box,
        state_word=state_word(box.state),
        badge=badge_of(box.state),
        url=box.row.get_absolute_url(),
    )


def shown_arrow(arrow: ArrowRead, boxes: Mapping[str, ShownBox], chain: ResultsChain) -> ShownArrow:
    """Return an arrow as the page of its chain shows it."""
    return ShownArrow(
        row=arrow.row,
        source=str(boxes[arrow.source].row),
        target=str(boxes[arrow.target].row),
        read=arrow,
        state_word=state_word(arrow.state),
        badge=badge_of(arrow.state),
        url=arrow.row.get_absolute_url(),
    )


def state_word(state: str) -> str:
    """Return the word of the worst state of assumptions; empty where there is none."""
    return {
        "": "",
        "broken": _("Supuesto roto"),
        "at_risk": _("Supuesto en riesgo"),
        "unknown": _("Supuesto sin revisar"),
        "holds": _("Supuestos se cumplen"),
    }[state]


def badge_of(state: str) -> str:
    """Return the kind of badge of a state."""
    return {"broken": "error", "at_risk": "warning", "holds": "good"}.get(state, "")


def _levels(boxes: Iterable[ShownBox]) -> tuple[tuple[str, tuple[ShownBox, ...]], ...]:
    """Return every level with its boxes, from what is done to what gets better."""
    of_level: dict[str, list[ShownBox]] = {level: [] for level in chains.LEVELS}
    for box in boxes:
        of_level[box.row.level].append(box)
    names = dict(ChainBox.Level.choices)
    return tuple((str(names[level]), tuple(found)) for level, found in of_level.items())


def _picture(boxes: Mapping[str, ShownBox], arrows: Sequence[ShownArrow]) -> ChainPicture | None:
    cards = [
        chain_pictures.Card(
            key=key,
            level=box.row.level,
            statement=str(box.row),
            lines=_lines(box),
            state=box.read.state,
            state_word=f"{SIGNS[box.read.state]} {box.state_word}" if box.state_word else "",
            url=box.url,
        )
        for key, box in boxes.items()
    ]
    ties = [
        chain_pictures.Tie(
            arrow.read.source,
            arrow.read.target,
            arrow.read.state,
            arrow.row.strength,
            has_evidence=bool(arrow.read.evidence),
        )
        for arrow in arrows
    ]
    names = {level: str(name).capitalize() for level, name in ChainBox.Level.choices}
    return chain_pictures.picture(cards, ties, names)


def _lines(box: ShownBox) -> tuple[str, ...]:
    """Return what stands under a statement: how many indicators, and the newest of the first."""
    if not box.figures:
        return () if box.row.level == chains.LEVELS[0] else (_("sin indicador"),)
    said = ngettext("%(n)s indicador", "%(n)s indicadores", len(box.figures))
    return (f"{said % {'n': len(box.figures)}}:", box.figures[0].text)


def _findings(
    faults: Sequence[Fault],
    boxes: Mapping[str, ShownBox],
    arrows: Sequence[ShownArrow],
    chain: ResultsChain,
) -> tuple[Finding, ...]:
    ways = {f"{a.read.source} → {a.read.target}": a for a in arrows}
    found = []
    for fault in faults:
        part = boxes.get(fault.path) or ways.get(fault.path)
        kind = "info"
        if fault.code in reviewing.GRAVE:
            kind = "error"
        elif fault.code in WARNED:
            kind = "warning"
        sentence = declarations.sentence(fault) + _which(fault.code, part)
        where = str(part.row) if part is not None else _("La cadena")
        url = part.url if part is not None else chain.get_absolute_url()
        found.append(Finding(kind, where, sentence, url))
    return tuple(found)


def _which(code: str, part: ShownBox | ShownArrow | None) -> str:
    """Return the words of the assumptions a finding speaks of."""
    state = code.removeprefix("systems.")
    if part is None or state not in {"broken", "at_risk"}:
        return ""
    texts = [f"«{one}»" for one in part.read.assumptions if one.state == state]
    return " " + "; ".join(texts)


def removed_parts(chain: ResultsChain) -> tuple[ChainBox | ChainArrow, ...]:
    """Return what was taken out and can be put back, the last first.

    An arrow that went with its box comes back with it, and is not offered alone.
    """
    boxes = list(ChainBox.objects.filter(chain=chain, removed_at__isnull=False))
    arrows = ChainArrow.objects.filter(
        chain=chain,
        removed_at__isnull=False,
        source__removed_at=None,
        target__removed_at=None,
    ).select_related("source", "target")
    return tuple(sorted([*boxes, *arrows], key=lambda part: str(part.removed_at), reverse=True))


def level_of(indicator: Indicator) -> ResultType | None:
    """Return what an indicator measures in its chains, as IATI types results; None in no chain.

    One that is in several boxes is taken for the earliest: it claims the least.
    """
    return levels_of(indicator.programme).get(indicator.code)


def levels_of(programme: Programme) -> dict[str, ResultType]:
    """Return `level_of` for every indicator of a programme that is in a chain; one query."""
    rows = (
        ChainBox.objects.standing()
        .filter(chain__programme=programme, chain__archived_at=None, indicators__isnull=False)
        .values_list("indicators__code", "level")
    )
    earliest: dict[str, int] = {}
    for code, level in rows:
        place = chains.LEVELS.index(level)
        earliest[code] = min(place, earliest.get(code, place))
    return {code: RESULT_TYPES[chains.LEVELS[place]] for code, place in earliest.items()}


def examples(programme: Programme) -> list[dict[str, str]]:
    """Return the examples of the installed kits that the programme has not begun from."""
    begun = set(ResultsChain.objects.filter(programme=programme).values_list("kit_code", flat=True))
    return [one for one in chain_kits.offered() if one["code"] not in begun]


def example(code: str) -> dict[str, object]:
    """Return an example by its code.

    Raises:
        NotVisible: `results.chain.no_example`.
    """
    found = chain_kits.entry(code)
    if found is None:
        raise NotVisible(
            "results.chain.no_example", _("Ningún kit instalado trae ese ejemplo. Elija otro.")
        )
    return found
