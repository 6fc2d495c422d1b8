"""A quiz as it is asked: fields, choices in their order, and what was said of the last answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from digna.learning.models import QuizAttempt
from digna_engines import courses
from digna_engines.courses import said


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One thing that can be chosen, or given a place or a partner."""

    code: str
    field: str
    text: str
    chosen: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its fields and, after an attempt, what was said of the answer."""

    code: str
    kind: str
    field: str
    asks: str
    unit: str
    choices: list[ChoiceView]
    partners: list[tuple[str, str]]
    value: str
    verdict: str
    says: list[str]


@dataclass(frozen=True, slots=True)
class QuizView:
    """A quiz, the latest attempt, and what the page needs to grade by itself."""

    code: str
    name: str
    questions: list[QuestionView]
    attempt: QuizAttempt | None
    data: dict[str, Any]
    kind: str = "quiz"

    @property
    def data_id(self) -> str:
        return f"respuestas-{self.code}"


def quiz_view(
    quiz: courses.Quiz, language: str, seed: str, attempt: QuizAttempt | None
) -> QuizView:
    """Return a quiz in a language; `seed` decides the order of what is shown shuffled."""
    answers: Mapping[str, Any] = attempt.answers if attempt is not None else {}
    views = [
        _question(question, language, seed, answers.get(question.code), attempt is not None)
        for question in quiz.questions
    ]
    data = {question.code: _data(question, language) for question in quiz.questions}
    return QuizView(quiz.code, said(quiz.name, language), views, attempt, data)


def _question(
    question: courses.Question, language: str, seed: str, answer: Any, was_tried: bool
) -> QuestionView:
    name = f"q.{question.code}"
    graded = courses.grade(question, answer)
    partners = courses.shuffled(question.pairs, f"{seed}{question.code}")
    return QuestionView(
        code=question.code,
        kind=question.kind,
        field=name,
        asks=said(question.asks, language),
        unit=said(question.unit, language),
        choices=_choices(question, language, seed, answer),
        partners=[(pair.code, said(pair.right, language)) for pair in partners],
        value=answer if isinstance(answer, str) else "",
        verdict=_verdict(graded) if was_tried else "",
        says=[said(text, language) for text in graded.says] if was_tried else [],
    )


def _verdict(graded: courses.Grade) -> str:
    if not graded.is_answered:
        return "blank"
    if graded.is_right:
        return "right"
    return "partly" if graded.share > 0 else "wrong"


def _choices(question: courses.Question, language: str, seed: str, answer: Any) -> list[ChoiceView]:
    name = f"q.{question.code}"
    if question.kind == "match":
        told = answer if isinstance(answer, Mapping) else {}
        return [
            ChoiceView(pair.code, f"{name}.{pair.code}", said(pair.left, language),
                       str(told.get(pair.code, "")))
            for pair in question.pairs
        ]  # fmt: skip
    if question.kind == "order":
        places = {code: str(at) for at, code in enumerate(answer or (), 1)}
        mixed = courses.shuffled(question.options, f"{seed}{question.code}")
        return [
            ChoiceView(one.code, f"{name}.{one.code}", said(one.text, language),
                       places.get(one.code, ""))
            for one in mixed
        ]  # fmt: skip
    chosen = {answer} if isinstance(answer, str) else set(answer or ())
    return [
        ChoiceView(one.code, name, said(one.text, language), "yes" if one.code in chosen else "")
        for one in question.options
    ]


def _data(question: courses.Question, language: str) -> dict[str, Any]:
    """What the page's own grader needs; the server grades again whatever it says."""
    data: dict[str, Any] = {
        "kind": question.kind,
        "yes": said(question.right, language),
        "no": said(question.wrong, language),
    }
    if question.kind in ("one", "many"):
        data["right"] = [one.code for one in question.options if one.is_right]
        data["says"] = {one.code: said(one.says, language) for one in question.options if one.says}
    elif question.kind == "order":
        data["right"] = [one.code for one in question.options]
    elif question.kind == "match":
        data["right"] = [pair.code for pair in question.pairs]
    elif question.kind == "true_false":
        data["right"] = ["true" if question.is_true else "false"]
    else:
        data["number"], data["tolerance"] = str(question.number), str(question.tolerance)
    return data
