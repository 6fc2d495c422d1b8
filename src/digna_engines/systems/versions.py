"""Two states of a results chain side by side: what came, what changed, what is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Parts = Mapping[str, Mapping[str, Any]]
"""The parts of one kind by a key that never changes, each as plain values by name."""


@dataclass(frozen=True)
class Altered:
    """A part that is in both states and says something else; ``names`` of what differs."""

    key: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """The difference of two states; keys of ``added`` are of the later, ``gone`` of the earlier."""

    added: tuple[str, ...]
    altered: tuple[Altered, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.altered or self.gone)


def compare(before: Parts, after: Parts) -> Changes:
    """Say what lies between two states of boxes, or of arrows.

    Symbols: ``before`` and ``after`` map the key of each part to its values. A part that moved to
    another key is one gone and one added: keys are identity, words are not.

    Edge cases: equal states give changes that are false; a name that only one state knows differs.

    >>> changes = compare({"a": {"says": "old"}, "b": {}}, {"a": {"says": "new"}, "c": {}})
    >>> changes.added, [(one.key, one.names) for one in changes.altered], changes.gone
    (('c',), [('a', ('says',))], ('b',))
    """
    both = [key for key in before if key in after]
    altered = []
    for key in both:
        old, new = before[key], after[key]
        names = tuple(n for n in {**old, **new} if (n in old, old.get(n)) != (n in new, new.get(n)))
        if names:
            altered.append(Altered(key, old, new, names))
    return Changes(
        tuple(key for key in after if key not in before),
        tuple(altered),
        tuple(key for key in before if key not in after),
    )
