"""Marks answers. A quiz counts whole right answers; partial shares only guide the feedback."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from digna_engines.courses.content import Choice, Question, Quiz, Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Grade:
    """What one answer is worth.

    Attributes:
        is_answered: False where nothing that can be read was given; it counts as not right.
        is_right: wholly right: what a quiz counts.
        share: the part that is right, 0–1.
        says: what the person reads, in order: on what they chose, then on the question.
    """

    code: str
    is_answered: bool
    is_right: bool
    share: Decimal
    says: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class QuizGrade:
    """A quiz: ``right`` of ``total`` questions, each with its grade."""

    right: int
    total: int
    grades: tuple[Grade, ...]

    @property
    def share(self) -> Decimal:
        """Right answers over questions; a quiz without questions is 0."""
        return Decimal(self.right) / self.total if self.total else Decimal(0)


def grade(question: Question, answer: Any) -> Grade:
    """Mark one answer.

    What an answer is, by kind: ``one`` a code; ``many`` and ``order`` a list of codes;
    ``true_false`` a boolean (or ``"true"``/``"false"``); ``number`` a number or its text, a comma
    being a decimal sign; ``match`` a mapping from the code of the left to that of the right.

    The share is: for ``many``, (right ones chosen − wrong ones chosen) / right ones, not below 0;
    for ``order``, places held rightly / places; for ``match``, right pairs / pairs; else 0 or 1.

    >>> q = Question("q", "number", {"es": "¿Cuánto?"}, number=Decimal(120), right={"es": "Sí."})
    >>> grade(q, "120,0").is_right, grade(q, "").is_answered, grade(q, "119").says
    (True, False, ())
    """
    share = _MARKERS[question.kind](question, answer)
    if share is None:
        return Grade(question.code, False, False, Decimal(0), ())
    is_right = share == 1
    last = question.right if is_right else question.wrong
    told = [option.says for option in _chosen(question, answer) if option.says]
    return Grade(question.code, True, is_right, share, (*told, *((last,) if last else ())))


def grade_quiz(quiz: Quiz, answers: Mapping[str, Any]) -> QuizGrade:
    """Mark a whole quiz: answers by the question's code, missing ones count as not right.

    >>> q = Question("q", "true_false", {"es": "¿?"}, is_true=True)
    >>> grade_quiz(Quiz("z", (q, q)), {"q": "true"}).right
    2
    """
    grades = tuple(grade(question, answers.get(question.code)) for question in quiz.questions)
    return QuizGrade(sum(one.is_right for one in grades), len(grades), grades)


def shuffled(things: Sequence[T], seed: str) -> list[T]:
    """The same things in an order that the seed alone decides, never the order given.

    By sha-256 of seed and position, so the same on every machine; rotated by one where that would
    leave them as they were (the right order would give the answer away).

    >>> shuffled("abc", "x") == shuffled("abc", "x"), shuffled("abc", "x") != list("abc")
    (True, True)
    """
    keyed = [
        (hashlib.sha256(f"{seed}:{position}".encode()).hexdigest(), position)
        for position in range(len(things))
    ]
    order = [position for _key, position in sorted(keyed)]
    if len(order) > 1 and order == sorted(order):
        order = [*order[1:], order[0]]
    return [things[position] for position in order]


def _one(question: Question, answer: Any) -> Decimal | None:
    chosen = next((option for option in question.options if option.code == answer), None)
    return None if chosen is None else Decimal(int(chosen.is_right))


def _many(question: Question, answer: Any) -> Decimal | None:
    known = {option.code: option.is_right for option in question.options}
    chosen = {code for code in _codes(answer) if code in known}
    if not chosen:
        return None
    right = sum(known.values())
    hits = sum(known[code] for code in chosen)
    misses = len(chosen) - hits
    return max(Decimal(hits - misses) / right, Decimal(0)) if right else Decimal(0)


def _true_false(question: Question, answer: Any) -> Decimal | None:
    told = {"true": True, "false": False}.get(str(answer).lower())
    return None if told is None else Decimal(int(told is question.is_true))


def _number(question: Question, answer: Any) -> Decimal | None:
    told = _decimal(answer)
    if told is None or question.number is None:
        return None
    return Decimal(int(abs(told - question.number) <= question.tolerance))


def _order(question: Question, answer: Any) -> Decimal | None:
    right = [option.code for option in question.options]
    told = list(_codes(answer))
    if not told or set(told) - set(right) or len(told) != len(set(told)):
        return None
    held = sum(a == b for a, b in zip(right, told, strict=False))
    return Decimal(held) / len(right)


def _match(question: Question, answer: Any) -> Decimal | None:
    if not isinstance(answer, Mapping) or not any(answer.values()):
        return None
    hits = sum(answer.get(pair.code) == pair.code for pair in question.pairs)
    return Decimal(hits) / len(question.pairs) if question.pairs else Decimal(0)


_MARKERS = {
    "one": _one,
    "many": _many,
    "true_false": _true_false,
    "number": _number,
    "order": _order,
    "match": _match,
}


def _chosen(question: Question, answer: Any) -> tuple[Choice, ...]:
    if question.kind not in ("one", "many"):
        return ()
    codes = {answer} if question.kind == "one" else set(_codes(answer))
    return tuple(option for option in question.options if option.code in codes)


def _codes(answer: Any) -> Iterable[str]:
    if isinstance(answer, str):
        return (answer,) if answer else ()
    return tuple(str(code) for code in answer) if isinstance(answer, list | tuple | set) else ()


def _decimal(answer: Any) -> Decimal | None:
    """A number as people write it: «1.200,50» and «1200.5» are both read."""
    if isinstance(answer, bool) or answer is None:
        return None
    text = str(answer).strip().replace(" ", "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") == 1 and len(text.split(".")[1]) == 3 and text.split(".")[0].isdigit():
        # «1.200» is twelve hundred in Bolivia; nobody writes thousandths in a quiz
        text = text.replace(".", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
