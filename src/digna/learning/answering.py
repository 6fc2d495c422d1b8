"""From what a form or a telephone sends to what the engine grades. Pure.

Names: `q.<question>` for one answer or several; `q.<question>.<option>` for the place of an option
in an order (1 is first) and for the partner of a left side.
"""

from collections.abc import Mapping
from typing import Any

from digna_engines import courses


def answers_in(quiz: courses.Quiz, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers by question; what was left blank is not there.

    >>> from digna_engines.courses import Question, Quiz
    >>> answers_in(Quiz("z", (Question("a", "number", {}),)), {"q.a": " 12 "})
    {'a': '12'}
    """
    read = {question.code: _answer(question, values) for question in quiz.questions}
    return {code: answer for code, answer in read.items() if answer not in ("", [], {}, None)}


def _answer(question: courses.Question, values: Mapping[str, Any]) -> Any:
    name = f"q.{question.code}"
    if question.kind == "many":
        return many(values, name)
    if question.kind == "match":
        told = {pair.code: one(values, f"{name}.{pair.code}") for pair in question.pairs}
        return {left: right for left, right in told.items() if right}
    if question.kind == "order":
        return _ordered(question, values, name)
    return one(values, name)


def _ordered(question: courses.Question, values: Mapping[str, Any], name: str) -> list[str]:
    """Options in the places given; without every place there is no order to speak of."""
    if told := many(values, name):
        return told
    places = {option.code: one(values, f"{name}.{option.code}") for option in question.options}
    if not all(place.isdigit() for place in places.values()):
        return []
    return sorted(places, key=lambda code: int(places[code]))


def one(values: Mapping[str, Any], name: str) -> str:
    """Return one value as text, `""` where there is none."""
    value = values.get(name)
    if isinstance(value, list | tuple):
        value = value[-1] if value else ""
    return "" if value is None else str(value).strip()


def many(values: Mapping[str, Any], name: str) -> list[str]:
    """Return every value of a name, of a form's data or of plain JSON."""
    getlist = getattr(values, "getlist", None)
    found = getlist(name) if getlist is not None else values.get(name, [])
    found = found if isinstance(found, list | tuple) else [found]
    return [str(value) for value in found if str(value)]
