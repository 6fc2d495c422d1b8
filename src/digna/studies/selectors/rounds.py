"""Two rounds side by side: what stayed, what came, what went, and what prices did."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from digna.registry import names
from digna.studies import assessment_access as access
from digna.studies.models.assessments import Study
from digna.studies.selectors import markets


@dataclass(frozen=True, slots=True)
class Side:
    """Something both rounds may name: what each said of it; None is not named there."""

    name: str
    before: str | None
    after: str | None

    @property
    def change(self) -> str:
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "same" if self.before == self.after else "changed"


@dataclass(frozen=True, slots=True)
class PriceSide:
    """A price in both rounds, with currency and unit; `change` only between like and like."""

    channel: str
    label: str
    before: Decimal | None
    after: Decimal | None
    before_unit: str
    after_unit: str

    @property
    def is_comparable(self) -> bool:
        return self.before_unit == self.after_unit

    @property
    def change(self) -> Decimal | None:
        if self.before is None or self.after is None or not self.is_comparable:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """An earlier round and a later one of the same sector."""

    before: Study
    after: Study
    causes: tuple[Side, ...]
    actors: tuple[Side, ...]
    elements: tuple[Side, ...]
    deficits: tuple[Side, ...]
    prices: tuple[PriceSide, ...]


def comparable(user: object, study: Study) -> QuerySet[Study]:
    """Return the other rounds of the same sector that `user` may see, the earlier one first."""
    sectors = [sector.pk for sector in study.sectors.all()]
    same = Study.objects.filter(sectors__in=sectors).exclude(pk=study.pk)
    return access.visible_studies(user).filter(pk__in=same.values("pk")).order_by("starts_on", "pk")


def share_a_sector(one: Study, other: Study) -> bool:
    """Whether two studies look at one market at all."""
    return bool({sector.pk for sector in one.sectors.all()} & {x.pk for x in other.sectors.all()})


def compare(one: Study, other: Study) -> Comparison:
    """Put the earlier round on the left; things are the same when their names are."""
    before, after = sorted((one, other), key=lambda study: (study.starts_on, study.pk))
    return Comparison(
        before,
        after,
        _sides(_causes(before), _causes(after)),
        _sides(_actors(before), _actors(after)),
        _sides(_elements(before), _elements(after)),
        _sides(_deficits(before), _deficits(after)),
        _prices(before, after),
    )


Named = Iterable[tuple[str, str]]


def _sides(before: Named, after: Named) -> tuple[Side, ...]:
    first = {names.fold(name): (name, said) for name, said in before}
    second = {names.fold(name): (name, said) for name, said in after}
    return tuple(
        Side(
            (second.get(key) or first[key])[0],
            first[key][1] if key in first else None,
            second[key][1] if key in second else None,
        )
        for key in dict.fromkeys([*first, *second])
    )


def _causes(study: Study) -> Named:
    return [(row.name, kind) for row, kind in markets.causes(study).rows]


def _actors(study: Study) -> Named:
    rows = study.actors.values_list("name", "will", "skill", "influence")
    return [(name, " / ".join(_level(x) for x in levels)) for name, *levels in rows]


def _level(level: int | None) -> str:
    return "–" if level is None else str(level)


def _elements(study: Study) -> Named:
    rows = study.elements.values_list("name", "performer__name", "performance")
    return [(name, f"{who or '–'} · {_level(works)}") for name, who, works in rows]


def _deficits(study: Study) -> Named:
    rows = study.deficits.all()
    return [
        (f"{row.get_kind_display()}: {row.who}", str(row.get_severity_display())) for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Price:
    channel: str
    label: str
    amount: Decimal | None
    unit: str


def _prices(before: Study, after: Study) -> tuple[PriceSide, ...]:
    first, second = _priced(before), _priced(after)
    found = []
    for key in dict.fromkeys([*first, *second]):
        one, other = first.get(key), second.get(key)
        shown = other or one
        assert shown is not None  # noqa: S101 — the key came from one of them
        found.append(
            PriceSide(
                shown.channel,
                shown.label,
                one.amount if one else None,
                other.amount if other else None,
                (one or shown).unit,
                (other or shown).unit,
            )
        )
    return tuple(found)


def _priced(study: Study) -> dict[tuple[str, str], _Price]:
    told: dict[tuple[str, str], _Price] = {}
    for channel in study.channels.prefetch_related("steps__link"):
        unit = f"{channel.currency} / {channel.unit}"
        points = [("farm_gate", channel.farm_gate)]
        points += [(step.link.name, step.price_out) for step in channel.steps.all()]
        points.append(("consumer", channel.consumer_price))
        for label, amount in points:
            key = (names.fold(channel.name), names.fold(label))
            told[key] = _Price(channel.name, label, amount, unit)
    return told
