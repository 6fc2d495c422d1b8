"""Bindings: answers that become facts of the domain, as the form itself declares.

A question with `digna:dato` (the XLSForm column `bind::digna:dato`, with the setting
`namespaces: digna="urn:digna:surveys"`) names a *target*, as `enterprise.name`. What stands before
the dot is a *binder*: a room above this one appends its own to `BINDERS` from its `apps.ready`.
Answers are carried when the office approves a submission, once, in the approval's transaction.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
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
class Said:
    """One answer as people read it: the question's label in Spanish, and what was answered."""

    question: str
    words: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a binder gets.

    Attributes:
        values: by the target's own name («name», «workers_women»): the answers as sent.
        rows: what binders before this one made, by their code.
        said: by the target's own name, in the form's order: the same answers in words, several
            where the target may repeat.
    """

    submission: Submission
    values: Mapping[str, str]
    rows: Mapping[str, Any]
    said: Mapping[str, Sequence[Said]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Binder:
    """One kind of domain fact that answers can become.

    Attributes:
        code: what stands before the dot.
        targets: what may stand after it, with what it is in words.
        needed: those without which it cannot be.
        bind: writes it, by the services of its own room; may raise `DomainError`.
        either: of these at least one is needed too.
        repeatable: targets that many questions of a form may have.
        row_model, page: of what it makes: the model's label and the name of the address of its
            page, which takes the row's public key; "" for none.
    """

    code: str
    targets: Mapping[str, Any]
    needed: frozenset[str]
    bind: Callable[[Actor, Given], Bound]
    either: frozenset[str] = frozenset()
    repeatable: frozenset[str] = frozenset()
    row_model: str = ""
    page: str = ""

    def lacks(self, given: Collection[str]) -> list[str]:
        """Return the targets without which these are too few; of `either`, both in one."""
        lacking = sorted(self.needed - set(given))
        if self.either and not self.either & set(given):
            lacking.append(" / ".join(sorted(self.either)))
        return lacking


BINDERS: list[Binder] = []
"""In the order in which they are asked: what a later one needs, an earlier one made."""


def pages() -> dict[str, str]:
    """Return the name of the address where each kind of row that a binder makes is shown."""
    return {one.row_model: one.page for one in BINDERS if one.page}


def declared(definition: Definition) -> list[tuple[str, Node]]:
    """Return the questions that go to a target, with it, in the order of the form."""
    return [(n.binds[NAMED], n) for n in definition.walk() if n.binds.get(NAMED)]


def faults(definition: Definition) -> list[Fault]:
    """Return what is wrong with a form's bindings."""
    known = {f"{b.code}.{target}" for b in BINDERS for target in b.targets}
    several = {f"{b.code}.{target}" for b in BINDERS for target in b.repeatable}
    bound = declared(definition)
    names = [target for target, _node in bound]
    twice = {name for name in names if names.count(name) > 1} - several
    repeated = {n.path for r in definition.walk() if r.kind == "repeat" for n in _inside(r)}
    found = []
    for target, node in bound:
        code = _wrong(target, node, known, twice, repeated)
        if code:
            found.append(Fault(code, "survey", column="bind::digna:dato", value=target))
    return found + _lacking(names)


def _wrong(target: str, node: Node, known: set[str], twice: set[str], repeated: set[str]) -> str:
    if target not in known:
        return "binding"
    if target in twice:
        return "binding_twice"
    return "binding_in_repeat" if node.path in repeated else ""


def _lacking(names: Sequence[str]) -> list[Fault]:
    given: dict[str, set[str]] = {}
    for name in names:
        code, _dot, what = name.partition(".")
        given.setdefault(code, set()).add(what)
    return [
        Fault("binding_lacks", "survey", column="bind::digna:dato", value=f"{one.code}.{what}")
        for one in BINDERS
        if one.code in given
        for what in one.lacks(given[one.code])
    ]


def _inside(node: Node) -> list[Node]:
    return [found for child in node.children for found in (child, *_inside(child))]
