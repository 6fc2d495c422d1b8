"""Bindings: answers that become facts of the domain, as the form itself declares.

A question with `digna:dato` (the XLSForm column `bind::digna:dato`, with the setting
`namespaces: digna="urn:digna:surveys"`) names a *target*, as `enterprise.name`. What stands before
the dot is a *binder*: a room above this one appends its own to `BINDERS` from its `apps.ready`.
Answers are carried when the office approves a submission, once, in the approval's transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digna.journal.actor import Actor
from digna.surveys.models import Submission
from digna.surveys.reading.definitions import Definition, Node
from digna.surveys.reading.faults import Fault

NAMED = "dato"


@dataclass(frozen=True, slots=True)
class Bound:
    """What a binder made: the row, and a sentence for whoever approved."""

    row: Any
    sentence: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a binder gets.

    Attributes:
        values: by the target's own name («name», «workers_women»): the answers as sent.
        rows: what binders before this one made, by their code.
    """

    submission: Submission
    values: Mapping[str, str]
    rows: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Binder:
    """One kind of domain fact that answers can become.

    Attributes:
        code: what stands before the dot.
        targets: what may stand after it, with what it is in words.
        needed: those without which it cannot be.
        bind: writes it, by the services of its own room; may raise `DomainError`.
    """

    code: str
    targets: Mapping[str, Any]
    needed: frozenset[str]
    bind: Callable[[Actor, Given], Bound]


BINDERS: list[Binder] = []
"""In the order in which they are asked: what a later one needs, an earlier one made."""


def declared(definition: Definition) -> dict[str, Node]:
    """Return the questions that go to a target, by target."""
    return {n.binds[NAMED]: n for n in definition.walk() if n.binds.get(NAMED)}


def faults(definition: Definition) -> list[Fault]:
    """Return what is wrong with a form's bindings."""
    known = {f"{b.code}.{target}" for b in BINDERS for target in b.targets}
    bound = [(n.binds[NAMED], n) for n in definition.walk() if n.binds.get(NAMED)]
    names = [target for target, _node in bound]
    repeated = {n.path for r in definition.walk() if r.kind == "repeat" for n in _inside(r)}
    found = []
    for target, node in bound:
        code = _wrong(target, node, known, names, repeated)
        if code:
            found.append(Fault(code, "survey", column="bind::digna:dato", value=target))
    return found + _lacking(names)


def _wrong(
    target: str, node: Node, known: set[str], names: Sequence[str], repeated: set[str]
) -> str:
    if target not in known:
        return "binding"
    if names.count(target) > 1:
        return "binding_twice"
    return "binding_in_repeat" if node.path in repeated else ""


def _lacking(names: Sequence[str]) -> list[Fault]:
    used = {name.split(".")[0] for name in names}
    wanted = [f"{b.code}.{n}" for b in BINDERS if b.code in used for n in sorted(b.needed)]
    return [
        Fault("binding_lacks", "survey", column="bind::digna:dato", value=target)
        for target in wanted
        if target not in names
    ]


def _inside(node: Node) -> list[Node]:
    return [found for child in node.children for found in (child, *_inside(child))]
