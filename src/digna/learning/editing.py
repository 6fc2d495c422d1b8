"""Changes to a course being written, as plain values: units, lessons, blocks, questions. Pure.

Nothing here judges what is written; the engine does, when it is asked what is missing.
"""

import copy
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

Declared = dict[str, Any]
KINDS = ("text", "media", "checklist", "quiz", "task", "package")
QUESTION_KINDS = ("one", "many", "true_false", "number", "order", "match")


def blank_course(code: str, name: Mapping[str, str], mode: str) -> Declared:
    """Return a course with one unit and one lesson to begin with."""
    return {
        "code": code,
        "version": "1",
        "name": dict(name),
        "about": {"es": name["es"]},
        "audience": {},
        "mode": mode,
        "pass": {"lessons": "1.0", "quizzes": "0.6", "tasks": "accepted"},
        "sources": ["own"],
        "units": [{"code": "unidad-1", "name": {"es": "Unidad 1"}, "lessons": []}],
    }


def slug(text: str, taken: Iterator[str] | set[str], usual: str = "parte") -> str:
    """Return a code for a name that nobody else has.

    >>> slug("Orden y limpieza (5S)", {"orden-y-limpieza-5s"}), slug("¿?", set())
    ('orden-y-limpieza-5s-2', 'parte')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48] or usual
    used, code, number = set(taken), base, 1
    while code in used:
        number += 1
        code = f"{base}-{number}"
    return code


def lessons(declared: Declared) -> Iterator[Declared]:
    """Every lesson, in order."""
    for unit in declared.get("units", []):
        yield from unit.get("lessons", [])


def lesson_of(declared: Declared, code: str) -> Declared | None:
    """The lesson of a code."""
    return next((one for one in lessons(declared) if one.get("code") == code), None)


def add_unit(declared: Declared, name: str) -> None:
    taken = {unit.get("code", "") for unit in declared["units"]}
    code = slug(name, taken, "unidad")
    declared["units"].append({"code": code, "name": {"es": name}, "lessons": []})


def add_lesson(declared: Declared, unit: int, name: str) -> str:
    """Add a lesson with a page to write; return its code."""
    code = slug(name, {one.get("code", "") for one in lessons(declared)}, "leccion")
    lesson = {"code": code, "name": {"es": name}, "minutes": 10, "blocks": []}
    declared["units"][unit]["lessons"].append(lesson)
    add_block(declared, lesson, "text")
    return code


def add_block(declared: Declared, lesson: Declared, kind: str) -> int:
    """Add an empty block; return its place."""
    blocks = lesson.setdefault("blocks", [])
    taken = {block.get("code", "") for block in blocks}
    block: Declared = {"kind": kind}
    if kind == "text":
        pages = {one.get("page", "") for each in lessons(declared) for one in each["blocks"]}
        block["page"] = slug(lesson["code"], pages)
    elif kind in _BLANK:
        block |= {"code": slug(_CODES[kind], taken), **copy.deepcopy(_BLANK[kind])}
    elif kind == "media":
        block |= {"file": {}, "text": {}}
    else:
        block["package"] = ""
    blocks.append(block)
    return len(blocks) - 1


_CODES = {"checklist": "lista", "quiz": "repaso", "task": "tarea"}
_BLANK: dict[str, Declared] = {
    "checklist": {"name": {}, "items": []},
    "quiz": {"questions": []},
    "task": {"name": {}, "asks": {}, "photo": "optional", "criteria": []},
}


def add_question(quiz: Declared, kind: str) -> int:
    """Add an empty question; return its place."""
    questions = quiz.setdefault("questions", [])
    code = slug(f"p{len(questions) + 1}", {one.get("code", "") for one in questions})
    questions.append({"code": code, "kind": kind, "asks": {}})
    return len(questions) - 1


def move(rows: list[Any], at: int, step: int) -> None:
    """Move a row up (-1) or down (1); past an end it stays."""
    to = at + step
    if 0 <= at < len(rows) and 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]


def remove(rows: list[Any], at: int) -> None:
    if 0 <= at < len(rows):
        rows.pop(at)


def put_text(holder: Declared, key: str, spanish: str, english: str) -> None:
    """Write a wording in both languages; those it has in others stay."""
    told = dict(holder.get(key) or {})
    for language, words in (("es", spanish), ("en", english)):
        if words.strip():
            told[language] = words.strip()
        else:
            told.pop(language, None)
    if told:
        holder[key] = told
    else:
        holder.pop(key, None)


def put_rows(holder: Declared, key: str, rows: list[Declared], usual: str) -> None:
    """Write the rows of a list, giving a code to those that have none yet."""
    taken: set[str] = {row["code"] for row in rows if row.get("code")}
    for row in rows:
        if not row.get("code"):
            row["code"] = slug(usual, taken)
            taken.add(row["code"])
    holder[key] = rows
