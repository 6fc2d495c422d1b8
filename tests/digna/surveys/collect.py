"""What ODK Collect would send: a small client of our own, without the engine of the field app.

It fills the first instance of an XForm with answers, works out what is relevant and calculated
with libxml2's XPath, and writes the XML. It knows only what the forms of these tests use.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from itertools import pairwise
from typing import Any

from lxml import etree

JAVAROSA = "{http://openrosa.org/javarosa}"
XFORMS = "{http://www.w3.org/2002/xforms}"
Answers = Mapping[str, Any]


def _text(found: Any) -> str:
    """Return a value of XPath as a form keeps it: whole numbers without a point."""
    if isinstance(found, list):
        return "".join(found[0].itertext()) if found else ""
    if isinstance(found, float):
        return str(int(found)) if found == int(found) else repr(found)
    return ("true" if found else "false") if isinstance(found, bool) else str(found)


FUNCTIONS = {
    (None, "selected"): lambda _c, node, value: _text(value) in _text(node).split(),
    (None, "count-selected"): lambda _c, node: float(len(_text(node).split())),
    (None, "regex"): lambda _c, node, told: bool(re.search(_text(told), _text(node))),
    (None, "if"): lambda _c, told, yes, no: _text(yes) if told else _text(no),
    (None, "today"): lambda _c: date.today().isoformat(),  # noqa: DTZ011 — as a telephone does
}


class Collect:
    """A form being filled by another client."""

    def __init__(self, xform: bytes) -> None:
        model = etree.fromstring(xform).find(f".//{XFORMS}model")
        self.root = _bare(deepcopy(model.find(f"{XFORMS}instance")[0]))
        for pattern in self.root.xpath("//*[@template]"):
            pattern.getparent().remove(pattern)
        self.binds = [dict(b.attrib) for b in model.iter(f"{XFORMS}bind")]

    def fill(self, answers: Answers) -> bytes:
        """Return the XML of these answers: by name, groups and turns of a repeat inside."""
        self._put(self.root, answers)
        for _time in range(3):  # what is calculated from what is calculated
            self._calculate()
        for bind in self.binds:
            for node in self._nodes(bind["nodeset"]):
                if "relevant" in bind and not self._told(node, bind["relevant"], "boolean"):
                    node.getparent().remove(node)
        sent: bytes = etree.tostring(self.root, encoding="UTF-8")
        return sent

    def _put(self, node: Any, answers: Answers) -> None:
        for name, given in answers.items():
            child = next(c for c in node if c.tag == name)
            if isinstance(given, Mapping):
                self._put(child, given)
            elif isinstance(given, Sequence) and given and isinstance(given[0], Mapping):
                self._turns(child, given)
            else:
                child.text = _written(given) or None

    def _turns(self, first: Any, turns: Sequence[Answers]) -> None:
        made = [first, *(deepcopy(first) for _turn in turns[1:])]
        for before, after in pairwise(made):
            before.addnext(after)
        for node, answers in zip(made, turns, strict=True):
            self._put(node, answers)

    def _calculate(self) -> None:
        for bind in self.binds:
            for node in self._nodes(bind["nodeset"]) if "calculate" in bind else ():
                node.text = self._told(node, bind["calculate"], "string") or None

    def _nodes(self, path: str) -> list[Any]:
        return list(self.root.getroottree().xpath(path))

    def _told(self, node: Any, expression: str, kind: str) -> Any:
        found = etree.XPath(f"{expression}", extensions=FUNCTIONS)(node)
        return _text(found) if kind == "string" else bool(found)


def _written(given: Any) -> str:
    if given is True:
        return "OK"
    if isinstance(given, (list, tuple)):
        joined = [_written(one) for one in given]
        return " ".join(joined)
    return repr(given) if isinstance(given, float) else str(given)


def _bare(node: Any) -> Any:
    """Return a copy without namespaces: an instance has none of its own."""
    for one in node.iter():
        one.tag = etree.QName(one).localname
        for name in list(one.attrib):
            if name.startswith("{"):
                one.set(etree.QName(name).localname, one.attrib.pop(name))
    bare = etree.fromstring(
        etree.tostring(node).replace(b' xmlns="http://www.w3.org/2002/xforms"', b"")
    )
    etree.cleanup_namespaces(bare)
    return bare


MASKS = (
    (r"uuid:[0-9a-f-]{36}", "uuid:ID"),
    (r"digna:[0-9a-f-]{36}", "DEVICE"),
    (r"\d{13}\.", "INSTANT."),
    (r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d", "HOUR"),
)


def masked(xml: bytes) -> str:
    """Return an XML without its ids and its hours: what must be equal, byte for byte."""
    told = xml.decode()
    for pattern, word in MASKS:
        told = re.sub(pattern, word, told)
    return told
