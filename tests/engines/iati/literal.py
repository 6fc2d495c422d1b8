"""The published ruleset read word for word, slowly: what our own rules are held against.

It follows the ruleset's specification for its own JSON form (as of 2021) and nothing of ours. Days
are compared as days; organisation identifiers are taken for unknown to any registry.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree


@dataclass(frozen=True)
class Case:
    """One of the ruleset's cases; ``foreach`` and ``subs`` for those inside a loop."""

    number: int
    context: str
    kind: str
    body: dict[str, Any]
    foreach: str = ""
    subs: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return str(self.body["ruleInfo"]["id"])


def cases(ruleset: dict[str, Any]) -> list[Case]:
    """Every case, those inside loops too."""
    found: list[Case] = []
    for context, rules in ruleset.items():
        for kind, group in rules.items():
            for body in group["cases"]:
                if kind != "loop":
                    found.append(Case(len(found), context, kind, body))
                    continue
                for inner, inside in body["do"].items():
                    for one in inside["cases"]:
                        found.append(
                            Case(len(found), context, inner, one, body["foreach"],
                                 tuple(body["subs"]))
                        )  # fmt: skip
    return found


def failing(root: Any, ruleset: list[Case], as_of: date, agencies: set[str]) -> set[int]:
    """The numbers of the cases that fail somewhere in a file."""
    found = set()
    for case in ruleset:
        for element in root.getroottree().xpath(case.context):
            for body in _bodies(case, element):
                condition = body.get("condition")
                if condition and not element.xpath(f"boolean({condition})"):
                    continue
                if not _RULES[case.kind](element, body, as_of, agencies):
                    found.add(case.number)
    return found


def _bodies(case: Case, element: Any) -> Iterator[dict[str, Any]]:
    if not case.foreach:
        yield case.body
        return
    for value in element.xpath(case.foreach):
        body = dict(case.body)
        for key in case.subs:
            old = body.get(key)
            if isinstance(old, str):
                body[key] = old.replace("$1", value)
            elif old is not None:
                body[key] = [path.replace("$1", value) for path in old]
        yield body


def _nodes(element: Any, paths: list[str]) -> list[Any]:
    return [node for path in paths for node in element.xpath(path)]


def _text(node: Any) -> str:
    return node.xpath("string(.)") if etree.iselement(node) else str(node)


def _texts(element: Any, body: dict[str, Any]) -> list[str]:
    return [_text(node) for node in _nodes(element, body["paths"])]


def _day(element: Any, path: str, as_of: date) -> date | None:
    if path == "NOW":
        return as_of
    found = element.xpath(path)
    return date.fromisoformat(str(found[0])[:10]) if found else None


def _date_order(element: Any, body: dict[str, Any], as_of: date, _: set[str]) -> bool:
    less, more = (_day(element, body[key], as_of) for key in ("less", "more"))
    return less is None or more is None or less <= more


def _date_now(element: Any, body: dict[str, Any], as_of: date, _: set[str]) -> bool:
    day = _day(element, body["date"], as_of)
    return day is None or day <= as_of


def _time_limit(element: Any, body: dict[str, Any], as_of: date, _: set[str]) -> bool:
    start, end = (_day(element, body[key], as_of) for key in ("start", "end"))
    return start is None or end is None or (end - start).days <= 365


def _between_dates(element: Any, body: dict[str, Any], as_of: date, _: set[str]) -> bool:
    day, start, end = (_day(element, body[key], as_of) for key in ("date", "start", "end"))
    return day is None or (start is not None and end is not None and start <= day <= end)


def _one_or_all(element: Any, body: dict[str, Any], *_: Any) -> bool:
    if element.xpath(body["one"]):
        return True
    each, has = {
        "lang": (".//narrative", "@xml:lang"),
        "sector": ("transaction", "sector"),
        "currency": (".//value | .//forecast | .//loan-status", "@currency"),
    }[body["all"]]
    return all(node.xpath(has) for node in element.xpath(each))


def _startswith(element: Any, body: dict[str, Any], _: date, agencies: set[str]) -> bool:
    if body["prefix"] == ["ORG-ID-PREFIX"]:
        return all("-".join(text.split("-")[:2]) in agencies for text in _texts(element, body))
    starts = [_text(node) + body["separator"] for node in _nodes(element, body["prefix"])]
    return all(any(text.startswith(s) for s in starts) for text in _texts(element, body))


def _strict_sum(element: Any, body: dict[str, Any], *_: Any) -> bool:
    return sum((Decimal(text) for text in _texts(element, body)), Decimal(0)) == body["sum"]


def _range(element: Any, body: dict[str, Any], *_: Any) -> bool:
    return all(body["min"] <= float(text) <= body["max"] for text in _texts(element, body))


def _unique(element: Any, body: dict[str, Any], *_: Any) -> bool:
    texts = _texts(element, body)
    return len(texts) == len(set(texts))


def _regex(element: Any, body: dict[str, Any], *_: Any) -> bool:
    return all(not text or re.search(body["regex"], text) for text in _texts(element, body))


def _if_then(element: Any, body: dict[str, Any], *_: Any) -> bool:
    return not element.xpath(f"boolean({body['if']})") or element.xpath(f"boolean({body['then']})")


_RULES = {
    "atleast_one": lambda element, body, *_: len(_nodes(element, body["paths"])) >= 1,
    "no_more_than_one": lambda element, body, *_: len(_nodes(element, body["paths"])) <= 1,
    "no_spaces": lambda element, body, *_: all(t == t.strip() for t in _texts(element, body)),
    "one_or_all": _one_or_all,
    "date_order": _date_order,
    "date_now": _date_now,
    "time_limit": _time_limit,
    "between_dates": _between_dates,
    "startswith": _startswith,
    "strict_sum": _strict_sum,
    "range": _range,
    "unique": _unique,
    "regex_matches": _regex,
    "if_then": _if_then,
}
