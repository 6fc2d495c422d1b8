"""Holds the courses of a kit against their engine, and against the pages and files beside them."""

from collections.abc import Iterator, Mapping
from typing import Any

from digna.programmes.kit_faults import Both, Faults, Place
from digna.programmes.kit_shape import near
from digna.programmes.kit_text import KitText
from digna_engines import courses


def check_courses(text: KitText, pages: set[str], media: set[str], faults: Faults) -> None:
    """Blame what the engine cannot read, pages not written and files that are not there."""
    rows = text.value.get("courses") if isinstance(text.value, dict) else None
    for position, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict):
            continue  # the schema has said so already
        above: Place = ("courses", position)
        for one in courses.faults_of(row):
            place = (*above, *one.place)
            faults.blame("course", text.file, text.mark(place), place, what=Both(one.es, one.en))
        for place, name in _named(row, "page"):
            if f"{name}.es" not in pages:
                known = {page.rsplit(".", 1)[0] for page in pages}
                _blame(text, "course_page", (*above, *place), name, known, faults)
        for place, name in _files(row):
            if name not in media:
                _blame(text, "course_media", (*above, *place), name, media, faults)


def _blame(
    text: KitText, code: str, place: Place, name: str, known: set[str], faults: Faults
) -> None:
    details = {"value": name, "near": near(name, sorted(known))}
    faults.blame(code, text.file, text.mark(place), place, **details)


def _blocks(course: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    for unit_at, unit in _rows(course, "units"):
        for lesson_at, lesson in _rows(unit, "lessons"):
            for at, block in _rows(lesson, "blocks"):
                yield ("units", unit_at, "lessons", lesson_at, "blocks", at), block


def _rows(holder: Mapping[str, Any], key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    rows = holder.get(key)
    for at, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, dict):
            yield at, row


def _named(course: Mapping[str, Any], key: str) -> Iterator[tuple[Place, str]]:
    for place, block in _blocks(course):
        if isinstance(block.get(key), str):
            yield (*place, key), block[key]


def _files(course: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for place, block in _blocks(course):
        for key in ("audio", "file"):
            named = block.get(key)
            for language, name in (named if isinstance(named, dict) else {}).items():
                if isinstance(name, str):
                    yield (*place, key, language), name
