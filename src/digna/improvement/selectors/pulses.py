"""The pulse on screen: only what may be told, and only when it may."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from digna.improvement import pulses, wording
from digna.improvement.models import PulseRound, Suggestion
from digna.registry.models import Enterprise


@dataclass(frozen=True, slots=True)
class Line:
    """One question as it is told."""

    text: str
    band: str
    said: str
    was: str

    @property
    def mark(self) -> str:
        return {pulses.MOST: "good", pulses.FEW: "warning"}.get(self.band, "")


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round: its state, and its results once they may be seen."""

    round: PulseRound
    is_open: bool
    is_shown: bool
    lines: tuple[Line, ...]
    suggestions: tuple[Suggestion, ...]
    is_compared: bool


def said(band: str) -> str:
    """Return a band in words."""
    if band == pulses.FEW:
        return _("un tercio o menos responde que sí")
    if band == pulses.HALF:
        return _("alrededor de la mitad responde que sí")
    if band == pulses.MOST:
        return _("más de dos tercios responden que sí")
    return _("menos de cinco respuestas: no se muestra")


def rounds_of(enterprise: Enterprise) -> list[PulseRound]:
    """Return the rounds of a firm, the latest first; how many answered is not among it."""
    rows = PulseRound.objects.filter(enterprise=enterprise).select_related("version")
    return list(rows.defer("tallies", "answer_count"))


def round_page(round: PulseRound, today: date) -> RoundPage:
    """Return what may be told of a round on a day."""
    is_shown = pulses.may_show(round.answer_count, round.closes_on, today)
    before = _former(round, today) if is_shown else None
    was: Mapping[str, str] = {}
    if before is not None:
        was = {t.code: t.band for t in pulses.tell(before.version.items, before.tallies)}
    told = pulses.tell(round.version.items, round.tallies) if is_shown else ()
    texts = {item["code"]: wording.say(item, "text") for item in round.version.items}
    return RoundPage(
        round=round,
        is_open=round.opens_on <= today <= round.closes_on,
        is_shown=is_shown,
        lines=tuple(
            Line(texts[t.code], t.band, said(t.band), said(was[t.code]) if was.get(t.code) else "")
            for t in told
        ),
        suggestions=tuple(round.suggestions.all()) if is_shown else (),
        is_compared=before is not None,
    )


def _former(round: PulseRound, today: date) -> PulseRound | None:
    """Return the round before, if the two may be set side by side."""
    rows = PulseRound.objects.filter(
        enterprise=round.enterprise_id,
        closes_on__lt=round.opens_on,
        version__instrument=round.version.instrument_id,
    )
    found = rows.select_related("version").first()
    if found is None or not pulses.may_compare(found.answer_count, round.answer_count):
        return None
    return found if pulses.may_show(found.answer_count, found.closes_on, today) else None


@dataclass(frozen=True, slots=True)
class Voice:
    """What workers say across firms: aggregates alone, three firms or more."""

    firms: int
    answers: int
    lines: tuple[Line, ...]
    suggestions: int
    followed: int


def voice(today: date) -> Voice | None:
    """Return what the closed rounds say together; None with fewer than three firms."""
    rounds = [
        r
        for r in PulseRound.objects.filter(closes_on__lt=today).select_related("version")
        if pulses.may_show(r.answer_count, r.closes_on, today)
    ]
    firms = {r.enterprise_id for r in rounds}
    if len(firms) < pulses.FEWEST_FIRMS:
        return None
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for round in rounds:
        for code, values in round.tallies.items():
            for value, count in values.items():
                counts[code][value] += count
    version = max((r.version for r in rounds), key=lambda v: v.pk)
    texts = {item["code"]: wording.say(item, "text") for item in version.items}
    stated = Suggestion.objects.filter(round__in=rounds)
    return Voice(
        firms=len(firms),
        answers=sum(r.answer_count for r in rounds),
        lines=tuple(
            Line(texts[t.code], t.band, said(t.band), "")
            for t in pulses.tell(version.items, counts)
        ),
        suggestions=stated.count(),
        followed=stated.exclude(state=Suggestion.State.RECEIVED).count(),
    )
