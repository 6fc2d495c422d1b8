"""What an author may still want to add: nothing here stops a course from being published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from digna_engines.courses.content import Course, Lesson, Reading, Task, Text

PAGE_LETTERS_MOST = 6_000
"""Letters of Markdown in one page: about what a telephone shows in twelve screens."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: where, and what to do, in both languages."""

    where: str
    code: str
    es: str
    en: str


def lacks(course: Course, pages: Mapping[str, str]) -> tuple[Lack, ...]:
    """Say what is missing: English, pages, recordings, criteria; pages that are too long.

    ``pages`` holds the Markdown by name and language, as in ``orden-1.es``.
    """
    found = list(_wording("", course.name, course.about))
    for unit in course.units:
        found += _wording(unit.code, unit.name)
        for lesson in unit.lessons:
            found += _of_lesson(lesson, pages)
    return tuple(found)


def _of_lesson(lesson: Lesson, pages: Mapping[str, str]) -> Iterator[Lack]:
    yield from _wording(lesson.code, lesson.name, lesson.goal)
    if not lesson.goal:
        yield Lack(lesson.code, "goal", "Diga qué podrá hacer quien la termine.",
                   "Say what one will be able to do after it.")  # fmt: skip
    for block in lesson.blocks:
        if isinstance(block, Reading):
            yield from _of_page(lesson.code, block, pages)
        if isinstance(block, Task) and not block.criteria:
            yield Lack(lesson.code, "criteria", f"La tarea «{block.code}» no dice en qué se fija "
                       "quien la revisa.", f"The task “{block.code}” does not say what the "
                       "reviewer looks at.")  # fmt: skip
    yield from _questions(lesson)


def _of_page(where: str, block: Reading, pages: Mapping[str, str]) -> Iterator[Lack]:
    name = block.page
    if f"{name}.es" not in pages:
        yield Lack(where, "page", f"Falta la página «{name}» en español.",
                   f"The page “{name}” is missing in Spanish.")  # fmt: skip
    if f"{name}.en" not in pages:
        yield Lack(where, "english", f"Falta la página «{name}» en inglés.",
                   f"The page “{name}” is missing in English.")  # fmt: skip
    if not block.audio.get("es"):
        yield Lack(where, "audio", f"La página «{name}» no tiene grabación: la leerá la voz del "
                   "teléfono, si la tiene.", f"The page “{name}” has no recording: the telephone's "
                   "own voice reads it, where there is one.")  # fmt: skip
    length = max((len(pages.get(f"{name}.{one}", "")) for one in ("es", "en")), default=0)
    if length > PAGE_LETTERS_MOST:
        yield Lack(where, "too_long", f"La página «{name}» tiene {length} letras: divídala.",
                   f"The page “{name}” has {length} letters: split it.")  # fmt: skip


def _questions(lesson: Lesson) -> Iterator[Lack]:
    for quiz in lesson.quizzes():
        for question in quiz.questions:
            yield from _wording(lesson.code, question.asks)
            if not question.wrong and not any(option.says for option in question.options):
                yield Lack(lesson.code, "feedback", f"La pregunta «{question.code}» no explica a "
                           "quien se equivoca.", f"The question “{question.code}” explains nothing "
                           "to who is wrong.")  # fmt: skip


def _wording(where: str, *texts: Text) -> Iterator[Lack]:
    for text in texts:
        if text.get("es") and not text.get("en"):
            yield Lack(where, "english", f"Falta en inglés: «{text['es'][:60]}».",
                       f"Missing in English: “{text['es'][:60]}”.")  # fmt: skip
