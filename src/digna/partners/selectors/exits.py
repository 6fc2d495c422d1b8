"""What the steering committee reads: each partner on one line, and on one page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from digna.partners import recovery, standing, words_of_state
from digna.partners.models import Asset, Judgement, OwnBudget, PartnerProfile, TransitionAction
from digna.partners.models.maturity import Depth, Dimension, Reached
from digna.partners.recovery import Recovery
from digna.partners.selectors import money, partners, transition
from digna.registry.models import Organisation


@dataclass(frozen=True, slots=True)
class Light:
    """One dimension of maturity in a word, with its parts."""

    label: str
    word: str
    reached: int
    total: int


@dataclass(frozen=True, slots=True)
class ExitRow:
    """All that the committee asks of one partner."""

    partner: Organisation
    profile: PartnerProfile | None
    lights: tuple[Light, ...]
    recovery: Recovery
    active_trainers: int
    budget: OwnBudget | None
    mou_until: date | None
    is_mou_valid: bool | None
    open_risks: int
    grave_risks: int
    assets: int
    handed: int
    late: int
    open_actions: int

    @property
    def is_lost(self) -> bool:
        """Whether the partner no longer takes part."""
        return self.profile is not None and self.profile.state == PartnerProfile.State.LOST


def exit_rows(rows: Sequence[Organisation], today: date) -> tuple[ExitRow, ...]:
    """Return the committee's line of each partner, in the same queries for ten or a hundred."""
    keys = [row.pk for row in rows]
    profiles = {p.partner_id: p for p in PartnerProfile.objects.filter(partner__in=keys)}
    budgets = {b.partner_id: b for b in OwnBudget.objects.filter(partner__in=keys, year=today.year)}
    lights = _lights(keys, today)
    cycles = list(money.cycles_of(keys))
    by_partner = defaultdict(list)
    for one in money.money_of(cycles):
        by_partner[one.partner].append(one)
    trainers = partners.active_trainers(keys, today)
    actions, assets = _actions(keys), _assets(keys)
    return tuple(
        _row(
            row,
            profiles.get(row.pk),
            lights[row.pk],
            recovery.recovery(by_partner[row.code]),
            trainers.get(row.pk, 0),
            budgets.get(row.pk),
            actions[row.pk],
            assets[row.pk],
            today,
        )
        for row in rows
    )


def _row(
    partner: Organisation,
    profile: PartnerProfile | None,
    lights: tuple[Light, ...],
    recovered: Recovery,
    trainers: int,
    budget: OwnBudget | None,
    actions: list[TransitionAction],
    assets: list[Asset],
    today: date,
) -> ExitRow:
    mou = profile.mou_until if profile is not None else None
    rows = [transition.row_of(action, today) for action in actions if action.is_open]
    return ExitRow(
        partner=partner,
        profile=profile,
        lights=lights,
        recovery=recovered,
        active_trainers=trainers,
        budget=budget,
        mou_until=mou,
        is_mou_valid=None if mou is None else mou >= today,
        open_risks=sum(row.action.risk_score is not None for row in rows),
        grave_risks=sum(row.is_grave for row in rows),
        assets=len(assets),
        handed=sum(asset.handed_on is not None for asset in assets),
        late=sum(row.is_late for row in rows),
        open_actions=len(rows),
    )


def _lights(keys: list[int], today: date) -> dict[int, tuple[Light, ...]]:
    markers = standing.in_use_on(today)
    judged: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Judgement.objects.filter(partner__in=keys, on__lte=today).order_by("on", "pk")
    for partner, marker, said in rows.values_list("partner_id", "marker_id", "reached"):
        judged[partner][marker] = said
    found = {}
    for key in keys:
        lights = []
        for dimension in Dimension:
            own = [m for m in markers if m.dimension == dimension]
            cells = [
                words_of_state.cell(d.value, [judged[key].get(m.pk) for m in own if m.depth == d])
                for d in Depth
            ]
            reached = sum(judged[key].get(m.pk) == Reached.REACHED for m in own)
            word = words_of_state.word(cells)
            lights.append(Light(str(dimension.label), word, reached, len(own)))
        found[key] = tuple(lights)
    return found


def _actions(keys: list[int]) -> dict[int, list[TransitionAction]]:
    found: dict[int, list[TransitionAction]] = defaultdict(list)
    for action in TransitionAction.objects.filter(partner__in=keys):
        found[action.partner_id].append(action)
    return found


def _assets(keys: list[int]) -> dict[int, list[Asset]]:
    found: dict[int, list[Asset]] = defaultdict(list)
    for asset in Asset.objects.filter(partner__in=keys):
        found[asset.partner_id].append(asset)
    return found
