"""Conditions on a firm, in three values: yes, no, and not known yet (Kleene 1952)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from digna_engines.errors import DeclarationError, Fault

Answer: TypeAlias = str | bool | int | Decimal
Known: TypeAlias = Mapping[str, Answer]
"""What is known of a firm, by the key of the question. What is not known is not there."""


@dataclass(frozen=True, slots=True)
class Among:
    """The answer is one of ``values``."""

    field: str
    values: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The answer is a number from ``low`` to ``high``, both included (None: no limit)."""

    field: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts hold; without parts it always does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of the parts holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Unless:
    """The part does not hold."""

    part: "Condition"


Condition: TypeAlias = Among | Between | Every | Some | Unless
Leaf: TypeAlias = Among | Between
ALWAYS = Every(())


def read(plain: Any, path: str = "when") -> Condition:
    """Read a condition from what YAML holds.

    A mapping of questions to what they must be, all of them at once: a list of answers, one answer,
    or ``{from: 1, to: 9}``; ``any``, ``all`` (lists of conditions) and ``not`` combine.

    Errors: ``declaration.faulty`` with the path of what cannot be read.

    >>> read({"form": ["srl", "sa"], "workers": {"from": 1}})
    Every(parts=(Among(field='form', values=('srl', 'sa')), \
Between(field='workers', low=Decimal('1'), high=None)))
    """
    if plain is None:
        return ALWAYS
    if not isinstance(plain, Mapping):
        raise _unread(path, plain)
    parts = tuple(_part(key, value, f"{path}.{key}") for key, value in plain.items())
    return parts[0] if len(parts) == 1 else Every(parts)


def _part(key: str, value: Any, path: str) -> Condition:
    if key in ("any", "all"):
        if not isinstance(value, (list, tuple)):
            raise _unread(path, value)
        parts = tuple(read(one, f"{path}[{n}]") for n, one in enumerate(value))
        return Some(parts) if key == "any" else Every(parts)
    if key == "not":
        return Unless(read(value, path))
    if isinstance(value, Mapping):
        if not value or set(value) - {"from", "to"}:
            raise _unread(path, value)
        low, high = (_limit(value.get(name), f"{path}.{name}") for name in ("from", "to"))
        return Between(key, low, high)
    values = tuple(value) if isinstance(value, (list, tuple)) else (value,)
    if not values or not all(isinstance(one, (str, bool, int)) for one in values):
        raise _unread(path, value)
    return Among(key, values)


def _limit(value: Any, path: str) -> Decimal | None:
    if value is None:
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        raise _unread(path, value) from None
    return found


def _unread(path: str, value: Any) -> DeclarationError:
    fault = Fault(
        path,
        "pathway.condition",
        f"No se entiende la condición: {value!r}.",
        f"The condition cannot be understood: {value!r}.",
    )
    return DeclarationError("pathway", [fault])


def holds(condition: Condition, known: Known) -> bool | None:
    """Whether a condition holds; None when what is known does not decide it.

    >>> holds(read({"form": "srl", "workers": {"from": 1}}), {"form": "sa"})
    False
    >>> holds(read({"form": "srl", "workers": {"from": 1}}), {"form": "srl"}) is None
    True
    """
    if isinstance(condition, Every):
        return _joined((holds(part, known) for part in condition.parts), decisive=False)
    if isinstance(condition, Some):
        return _joined((holds(part, known) for part in condition.parts), decisive=True)
    if isinstance(condition, Unless):
        inner = holds(condition.part, known)
        return None if inner is None else not inner
    if condition.field not in known:
        return None
    return _is(condition, known[condition.field])


def _joined(values: Iterable[bool | None], *, decisive: bool) -> bool | None:
    """One ``decisive`` value decides; otherwise one unknown leaves it open."""
    is_open = False
    for value in values:
        if value is decisive:
            return decisive
        is_open = is_open or value is None
    return None if is_open else not decisive


def _is(leaf: Leaf, answer: Answer) -> bool:
    if isinstance(leaf, Among):
        return any(answer == one and type(answer) is type(one) for one in leaf.values)
    if isinstance(answer, (str, bool)):
        return False
    number = Decimal(answer)
    is_low = leaf.low is not None and number < leaf.low
    return not (is_low or (leaf.high is not None and number > leaf.high))


def leaves(condition: Condition) -> tuple[Leaf, ...]:
    """What a condition asks, from left to right."""
    if isinstance(condition, (Every, Some)):
        return tuple(leaf for part in condition.parts for leaf in leaves(part))
    if isinstance(condition, Unless):
        return leaves(condition.part)
    return (condition,)


def deciding(condition: Condition, known: Known) -> tuple[str, ...]:
    """The questions whose answers decide the condition, or that are still open when nothing does.

    >>> asked = read({"form": ["srl"], "regime": "general"})
    >>> deciding(asked, {"form": "oeca", "regime": "general"})
    ('form',)
    """
    return tuple(dict.fromkeys(_deciding(condition, known, holds(condition, known))))


def _deciding(condition: Condition, known: Known, wanted: bool | None) -> Iterable[str]:
    if isinstance(condition, (Every, Some)):
        for part in condition.parts:
            if holds(part, known) is wanted:
                yield from _deciding(part, known, wanted)
    elif isinstance(condition, Unless):
        inner = None if wanted is None else not wanted
        yield from _deciding(condition.part, known, inner)
    else:
        yield condition.field
