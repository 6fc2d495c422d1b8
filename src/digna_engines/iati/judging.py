"""Rules applied to a file.

A rule is a row of a table (``rules_*.py``): where it applies, what must hold there, and its two
sentences.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from digna_engines.iati.documents import Document, find, finding_at, holds
from digna_engines.iati.findings import Finding, Severity
from digna_engines.iati.forms import AGENCIES, Culprit, Form, Given


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, how grave, where, when, what must hold, and what to say.

    Symbols: ``within`` the elements that are judged, from the root; ``only_if`` an XPath condition
    on each; ``by`` a child element whose vocabularies are judged one at a time.
    """

    id: str
    severity: Severity
    within: str
    form: Form
    message_es: str
    message_en: str
    only_if: str = ""
    by: str = ""


def judge(document: Document, rules: Iterable[Rule], given: Given) -> Iterator[Finding]:
    """What breaks ``rules`` in a document, and which of them could not be judged.

    >>> from digna_engines.iati.documents import open_document
    >>> from digna_engines.iati.forms import Some
    >>> file = open_document(b"<iati-activities><iati-activity/></iati-activities>")
    >>> rule = Rule("x", "error", "//iati-activity", Some("title"), "Sin título.", "No title.")
    >>> [(one.rule, one.line) for one in judge(file, [rule], Given())]
    [('x', 1)]
    """
    for rule in rules:
        # apart: libxml2 joins two large sets of nodes by comparing all with all
        places = [one for path in rule.within.split(" | ") for one in find(path, document.root)]
        if places and rule.form.needs and getattr(given, rule.form.needs) is None:
            yield from _unjudged(document, rule, places)
            continue
        for element in places:
            for vocabulary in _vocabularies(rule.by, element):
                for node, said in _breaks(rule, element, given, vocabulary):
                    yield _finding(document, rule, node, said, vocabulary)


def _breaks(rule: Rule, element: Any, given: Given, vocabulary: str) -> Iterator[Culprit]:
    here = Given(given.as_of, given.agencies, {"v": vocabulary})
    if not rule.only_if or holds(rule.only_if, element, v=vocabulary):
        yield from rule.form.culprits(element, here)


def _vocabularies(name: str, element: Any) -> list[str]:
    """The vocabularies in use, in order; an element without one means the default, «1»."""
    if not name:
        return [""]
    return list(dict.fromkeys(one.get("vocabulary") or "1" for one in find(name, element)))


def _finding(document: Document, rule: Rule, node: Any, said: str, vocabulary: str) -> Finding:
    es, en = rule.message_es, rule.message_en
    if vocabulary:
        es, en = f"{es} Vocabulario {vocabulary}.", f"{en} Vocabulary {vocabulary}."
    if said:
        shown = said.replace("\r", "↵").replace("\n", "↵")  # a break at an end is what is shown
        es, en = f"{es} Encontrado: «{shown}».", f"{en} Found: “{shown}”."
    return finding_at(document, node, rule.id, rule.severity, es, en)


_LACKING: Final = {
    "as_of": ("falta la fecha que cuenta como hoy", "the day that counts as today is not given"),
    "agencies": (f"falta la lista {AGENCIES}", f"the list {AGENCIES} is not there"),
}


def _unjudged(document: Document, rule: Rule, places: list[Any]) -> Iterator[Finding]:
    path = getattr(rule.form, "path", ".")
    subject = next((node for place in places for node in find(path, place)), None)
    if subject is None:
        return
    why_es, why_en = _LACKING[rule.form.needs]
    yield finding_at(
        document,
        subject,
        "digna.not_checked",
        "not checked",
        f"No se revisó la regla {rule.id}: {why_es}.",
        f"Rule {rule.id} was not checked: {why_en}.",
    )
