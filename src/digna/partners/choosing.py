"""Which rows are a partner's own: chosen model by model, those pointed at before who points.

Works on keys alone. A row goes when its declaration chooses it and every row that it must point at
goes too. `quiet` are the rows about a person or firm that did not agree to be handed over: they go
without identity, so that counts stay, and so does all that hangs on them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from digna.journal import tables
from digna.registry.models import Consent, Enterprise, Organisation
from digna.registry.ownership import CLAIMS, OWNED_BY, Goes, Lookup, Owned, follows

Model = type[models.Model]


@dataclass(slots=True)
class Choice:
    """What goes, by model label: keys, those of them that are quiet, and what stayed and why."""

    partner: Organisation
    keys: dict[str, set[Any]] = field(default_factory=dict)
    quiet: dict[str, set[Any]] = field(default_factory=dict)
    left: dict[str, Counter[str]] = field(default_factory=dict)

    def has(self, label: str, key: Any) -> bool:
        """Whether one row goes."""
        return key in self.keys.get(label, ())

    def is_quiet(self, label: str, key: Any) -> bool:
        """Whether one row goes without identity."""
        return key in self.quiet.get(label, ())

    def count_left(self, label: str, why: str, many: int = 1) -> None:
        """Count rows that stay, with the reason."""
        if many:
            self.left.setdefault(label, Counter())[why] += many


def owned(model: Model) -> Owned | None:
    """Return a model's declaration; a table of links follows what it links."""
    if model._meta.auto_created:
        links = [f.name for f in links_of(model)]
        return follows(links[0])
    return OWNED_BY.get(model._meta.label_lower)


def undeclared() -> list[str]:
    """Return the models that do not say to whom their rows belong."""
    return [model._meta.label_lower for model in tables.every() if owned(model) is None]


def links_of(model: Model) -> list[Any]:
    """Return the foreign keys of a model."""
    return [f for f in model._meta.concrete_fields if f.is_relation]


def label_of(model: Any) -> str:
    """Return the name a model is declared under."""
    return str(model._meta.label_lower)


def choose(partner: Organisation, alias: str = "default") -> Choice:
    """Walk every model of the installation and choose what is this partner's."""
    choice = Choice(partner)
    for model in in_order():
        declared = owned(model)
        if declared is None or declared.goes is Goes.NEVER:
            continue
        _choose_rows(choice, model, declared, alias)
    return choice


def in_order() -> list[Model]:
    """Return the models so that each comes after those its rows must wait for.

    What goes whole waits for nothing; links to the same table are settled within it.
    """
    done: list[Model] = []
    waiting = tables.every()
    while waiting:
        ready = [m for m in waiting if not (_waits_for(m) & set(waiting))]
        if not ready:
            names = sorted(label_of(model) for model in waiting)
            raise ValueError(f"models that wait for each other: {names}")
        done += ready
        waiting = [model for model in waiting if model not in ready]
    return done


def _waits_for(model: Model) -> set[Model]:
    declared = owned(model)
    if declared is None or declared.goes in (Goes.NEVER, Goes.WHOLE):
        return set()
    return {f.related_model for f in _binding(model, declared)} - {model}


def _binding(model: Model, declared: Owned) -> list[Any]:
    """Return the links a row cannot go without; what goes whole has them all beside it."""
    if declared.goes is Goes.WHOLE:
        return []
    return [
        f
        for f in links_of(model)
        if not f.null or f.name in declared.needs or f.name in declared.by
    ]


def _choose_rows(choice: Choice, model: Model, declared: Owned, alias: str) -> None:
    label, bound = label_of(model), _binding(model, declared)
    chosen: dict[Any, tuple[Any, ...]] = {}
    for key, *targets in _candidates(choice, model, declared, alias, bound):
        why = _why_left(choice, declared, dict(zip(bound, targets, strict=True)), model)
        if why == "":
            chosen[key] = tuple(targets)
        elif why is not None:
            choice.count_left(label, why)
    own = [place for place, f in enumerate(bound) if f.related_model is model]
    _settle_within(choice, label, chosen, own)
    choice.keys[label] = set(chosen)
    choice.quiet[label] = _quiet(choice, model, declared, chosen, bound, alias)
    if declared.gone_when_quiet:
        choice.count_left(label, "no_consent", len(choice.quiet[label]))
        choice.keys[label] -= choice.quiet[label]
        choice.quiet[label] = set()


def _candidates(
    choice: Choice, model: Model, declared: Owned, alias: str, bound: list[Any]
) -> Iterator[tuple[Any, ...]]:
    rows = model._base_manager.using(alias).order_by()
    if declared.where is not None:
        keys = model._base_manager.using(alias).filter(_own(choice, model, declared.where))
        rows = rows.filter(pk__in=keys.values("pk"))
    return rows.values_list("pk", *(f.attname for f in bound)).iterator(chunk_size=5000)


def _own(choice: Choice, model: Model, where: Lookup) -> Q:
    key, code = choice.partner.pk, choice.partner.code
    found = where(key, code)
    for claimed in CLAIMS.get(label_of(model), ()):
        found |= claimed(key, code)
    return found


def _why_left(choice: Choice, declared: Owned, targets: dict[Any, Any], model: Model) -> str | None:
    """Return "" for a row that goes, None for one that is nobody's business here, else why not."""
    followed = [f for f in targets if f.name in declared.by]
    if followed and not any(
        targets[f] is not None and _goes(choice, f, targets[f]) for f in followed
    ):
        return None
    for link, target in targets.items():
        if target is None or link.related_model is model:
            continue
        if not _goes(choice, link, target):
            return "points_elsewhere"
    return ""


def _goes(choice: Choice, link: Any, target: Any) -> bool:
    return choice.has(label_of(link.related_model), target)


def _settle_within(
    choice: Choice, label: str, chosen: dict[Any, tuple[Any, ...]], own: list[int]
) -> None:
    """Drop rows that point within their own table at one that stays, until none is left."""
    while own:
        loose = [
            key
            for key, targets in chosen.items()
            if any(targets[at] is not None and targets[at] not in chosen for at in own)
        ]
        if not loose:
            return
        for key in loose:
            del chosen[key]
        choice.count_left(label, "points_elsewhere", len(loose))


def _quiet(
    choice: Choice,
    model: Model,
    declared: Owned,
    chosen: dict[Any, tuple[Any, ...]],
    bound: list[Any],
    alias: str,
) -> set[Any]:
    if declared.consent:
        return set(chosen) - _agreed(model, declared.consent, alias)
    found = set()
    for key, targets in chosen.items():
        for link, target in zip(bound, targets, strict=True):
            if target is not None and choice.is_quiet(label_of(link.related_model), target):
                found.add(key)
                break
    return found


def _agreed(model: Model, purpose: str, alias: str) -> set[Any]:
    """Return those whose latest answer to a purpose is yes. Nobody asked is nobody agreed."""
    link = "enterprise" if model is Enterprise else "person"
    answers = Consent.objects.using(alias).filter(
        Q(**{link: OuterRef("pk")}), text__purpose=purpose
    )
    latest = answers.order_by("-at", "-pk").values("is_given")[:1]
    rows = model._base_manager.using(alias).annotate(agreed=Subquery(latest))
    return set(rows.filter(agreed=True).values_list("pk", flat=True))


def model_of(label: str) -> Model:
    """Return the model declared under a label."""
    return apps.get_model(label)
