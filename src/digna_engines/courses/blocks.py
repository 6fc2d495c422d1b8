"""Reads the blocks of a lesson: texts, checklists, quizzes, tasks, packages, media."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from digna_engines.courses.content import (
    Block,
    Checklist,
    Choice,
    Item,
    Media,
    Package,
    Pair,
    Question,
    Quiz,
    Reading,
    Task,
)
from digna_engines.courses.noticing import Noticing, Place

QUESTIONS = ("one", "many", "true_false", "number", "order", "match")
PHOTOS = ("required", "optional", "none")


def read_blocks(lesson: Mapping[str, Any], place: Place, seen: Noticing) -> tuple[Block, ...]:
    """The blocks of a lesson; their codes are used once within it."""
    found, named = [], []
    for row, here in seen.rows(lesson, "blocks", place):
        kind = row.get("kind")
        read = _READERS.get(str(kind))
        if read is None:
            es = f"«{kind}» no es un bloque. Use uno de estos: {', '.join(_READERS)}."
            en = f"“{kind}” is not a block. Use one of: {', '.join(_READERS)}."
            seen.blame((*here, "kind"), "not_listed", es, en)
            continue
        found.append(read(row, here, seen))
        if "code" in row:
            named.append((str(row["code"]), here))
    seen.once(named)
    return tuple(found)


def _text(row: Mapping[str, Any], place: Place, seen: Noticing) -> Reading:
    seen.keys(row, ("kind", "page", "audio"), place)
    return Reading(page=seen.code(row, place, "page"), audio=seen.files(row, "audio", place))


def _checklist(row: Mapping[str, Any], place: Place, seen: Noticing) -> Checklist:
    seen.keys(row, ("kind", "code", "name", "items"), place)
    return Checklist(
        code=seen.code(row, place),
        name=seen.text(row, "name", place),
        items=_items(row, "items", place, seen),
    )


def _items(
    row: Mapping[str, Any], key: str, place: Place, seen: Noticing, least: int = 1
) -> tuple[Item, ...]:
    found, named = [], []
    for one, here in seen.rows(row, key, place, least):
        seen.keys(one, ("code", "text"), here)
        found.append(Item(seen.code(one, here), seen.text(one, "text", here)))
        named.append((found[-1].code, here))
    seen.once(named)
    return tuple(found)


def _quiz(row: Mapping[str, Any], place: Place, seen: Noticing) -> Quiz:
    seen.keys(row, ("kind", "code", "name", "questions"), place)
    found, named = [], []
    for one, here in seen.rows(row, "questions", place):
        found.append(_question(one, here, seen))
        named.append((found[-1].code, here))
    seen.once(named)
    name = seen.text(row, "name", place, needed=False)
    return Quiz(code=seen.code(row, place), questions=tuple(found), name=name)


def _task(row: Mapping[str, Any], place: Place, seen: Noticing) -> Task:
    seen.keys(row, ("kind", "code", "name", "asks", "photo", "criteria"), place)
    return Task(
        code=seen.code(row, place),
        name=seen.text(row, "name", place),
        asks=seen.text(row, "asks", place),
        photo=seen.option(row, "photo", place, PHOTOS, "optional"),
        criteria=_items(row, "criteria", place, seen, least=0),
    )


def _package(row: Mapping[str, Any], place: Place, seen: Noticing) -> Package:
    seen.keys(row, ("kind", "package", "name"), place)
    key = row.get("package")
    if not isinstance(key, str) or not key.strip():
        seen.missing((*place, "package"))
        key = ""
    return Package(package=key.strip(), name=seen.text(row, "name", place, needed=False))


def _media(row: Mapping[str, Any], place: Place, seen: Noticing) -> Media:
    seen.keys(row, ("kind", "file", "text"), place)
    file = seen.files(row, "file", place)
    if not file.get("es"):
        seen.missing((*place, "file"))
    return Media(file=file, text=seen.text(row, "text", place))


_READERS: Mapping[str, Callable[[Mapping[str, Any], Place, Noticing], Block]] = {
    "text": _text,
    "checklist": _checklist,
    "quiz": _quiz,
    "task": _task,
    "package": _package,
    "media": _media,
}

_QUESTION = ("code", "kind", "asks", "right", "wrong")
_OWN = {
    "one": ("options",),
    "many": ("options",),
    "true_false": ("answer",),
    "number": ("answer", "tolerance", "unit"),
    "order": ("options",),
    "match": ("pairs",),
}


def _question(row: Mapping[str, Any], place: Place, seen: Noticing) -> Question:
    kind = seen.option(row, "kind", place, QUESTIONS, "one")
    seen.keys(row, (*_QUESTION, *_OWN[kind]), place)
    options = _options(row, kind, place, seen) if "options" in _OWN[kind] else ()
    return Question(
        code=seen.code(row, place),
        kind=kind,
        asks=seen.text(row, "asks", place),
        options=options,
        pairs=_pairs(row, place, seen) if kind == "match" else (),
        is_true=_is_true(row, place, seen) if kind == "true_false" else None,
        number=_answer(row, place, seen) if kind == "number" else None,
        tolerance=seen.number(row, "tolerance", place, usual=Decimal(0)) or Decimal(0),
        unit=seen.text(row, "unit", place, needed=False),
        right=seen.text(row, "right", place, needed=False),
        wrong=seen.text(row, "wrong", place, needed=False),
    )


def _options(row: Mapping[str, Any], kind: str, place: Place, seen: Noticing) -> tuple[Choice, ...]:
    found, named = [], []
    for one, here in seen.rows(row, "options", place, least=2):
        seen.keys(one, ("code", "text", "is_right", "says"), here)
        choice = Choice(
            code=seen.code(one, here),
            text=seen.text(one, "text", here),
            is_right=one.get("is_right") is True,
            says=seen.text(one, "says", here, needed=False),
        )
        found.append(choice)
        named.append((choice.code, here))
    seen.once(named)
    _right_ones(tuple(found), kind, place, seen)
    return tuple(found)


def _right_ones(options: tuple[Choice, ...], kind: str, place: Place, seen: Noticing) -> None:
    right = sum(option.is_right for option in options)
    if kind == "one" and right != 1:
        es = f"La pregunta de una respuesta tiene {right} correctas. Marque una."
        en = f"The question with one answer has {right} right ones. Mark one."
        seen.blame((*place, "options"), "right_answers", es, en)
    if kind == "many" and right == 0:
        es, en = "Ninguna opción es correcta. Marque alguna.", "No option is right. Mark some."
        seen.blame((*place, "options"), "right_answers", es, en)


def _pairs(row: Mapping[str, Any], place: Place, seen: Noticing) -> tuple[Pair, ...]:
    found, named = [], []
    for one, here in seen.rows(row, "pairs", place, least=2):
        seen.keys(one, ("code", "left", "right"), here)
        left, right = seen.text(one, "left", here), seen.text(one, "right", here)
        found.append(Pair(seen.code(one, here), left, right))
        named.append((found[-1].code, here))
    seen.once(named)
    return tuple(found)


def _is_true(row: Mapping[str, Any], place: Place, seen: Noticing) -> bool | None:
    answer = row.get("answer")
    if isinstance(answer, bool):
        return answer
    es, en = "Diga si es verdadero (true) o falso (false).", "Say whether it is true or false."
    seen.blame((*place, "answer"), "right_answers", es, en)
    return None


def _answer(row: Mapping[str, Any], place: Place, seen: Noticing) -> Decimal | None:
    answer = seen.number(row, "answer", place, least=-(10**12), most=10**12)
    if answer is None:
        seen.missing((*place, "answer"))
    return answer
