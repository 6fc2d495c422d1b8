"""The content of a version as one plain value: what it is made of and how it is read."""

import hashlib
from collections.abc import Mapping
from typing import Any

from digna.journal import sealing
from digna.learning.models import CourseVersion
from digna_engines import courses

LANGUAGES = {
    "es": "Español",
    "es_facil": "Español fácil",
    "en": "English",
    "qu": "Runasimi",
    "ay": "Aymar aru",
}
"""Each in its own words: whoever reads it finds it."""
EASY = "es_facil"
VOICES = {"es": "es-BO", EASY: "es-BO", "en": "en-GB", "qu": "qu", "ay": "ay"}
"""What a browser or a screen reader is told the text is in."""


def content_of(
    declared: Mapping[str, Any], pages: Mapping[str, Any], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """Return the content of a version: the course, the pages it shows, the files it names."""
    content = {
        "course": sealing.plain(declared),
        "pages": sealing.plain(pages),
        "media": {name: sha256_of_bytes(body) for name, body in sorted(files.items())},
    }
    return {
        **content,
        "pages": {name: content["pages"][name] for name in pages_of(content)},
        "media": {name: content["media"][name] for name in files_of(content)},
    }


def sha256_of(content: Mapping[str, Any]) -> str:
    """Return the digest of what a version says."""
    return sealing.digest_of("", content)


def sha256_of_bytes(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def pages_of(content: Mapping[str, Any]) -> list[str]:
    """Return the names of the pages that the lessons show, of those there are."""
    shown = {block.get("page") for block in blocks_of(content["course"])}
    return [name for name in sorted(content["pages"]) if base_of(name) in shown]


def files_of(content: Mapping[str, Any]) -> list[str]:
    """Return the names of the files that blocks or pages name, of those there are."""
    named: set[str] = set()
    for block in blocks_of(content["course"]):
        for key in ("audio", "file"):
            told = block.get(key)
            named |= set(told.values()) if isinstance(told, Mapping) else set()
    texts = " ".join(str(page.get("body", "")) for page in content["pages"].values())
    return [name for name in sorted(content["media"]) if name in named or f"({name}" in texts
            or f"(media/{name}" in texts]  # fmt: skip


def base_of(page: str) -> str:
    """Return a page's name without language and without «-facil».

    >>> base_of("orden-1-facil.es"), base_of("orden-1.en")
    ('orden-1', 'orden-1')
    """
    return page.rsplit(".", 1)[0].removesuffix("-facil")


def blocks_of(declared: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return every block of a declaration, of one that may still be faulty too."""
    return [
        block
        for unit in _rows(declared, "units")
        for lesson in _rows(unit, "lessons")
        for block in _rows(lesson, "blocks")
    ]


def _rows(holder: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = holder.get(key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def page_in(version: CourseVersion, page: str, language: str) -> tuple[Mapping[str, Any], str]:
    """Return a page in a language, else in Spanish, and the language it is really in."""
    pages = version.content.get("pages", {})
    wanted = f"{page}-facil.es" if language == EASY else f"{page}.{language}"
    if wanted in pages:
        return pages[wanted], language
    return pages.get(f"{page}.es", {}), "es"


def languages_of(version: CourseVersion) -> list[str]:
    """Return the languages in which a course has at least one page or its name."""
    found = {"es"} | set(version.course_read.name)
    for name in version.content.get("pages", {}):
        base, language = name.rsplit(".", 1)
        found.add(EASY if base.endswith("-facil") and language == "es" else language)
    return [language for language in courses.LANGUAGES if language in found]


def markdown_of(version: CourseVersion) -> dict[str, str]:
    """Return the Markdown of every page by its name."""
    return {name: str(page.get("body", "")) for name, page in version.pages.items()}
