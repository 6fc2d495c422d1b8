"""The interface's languages: what is said, what is translated, and the compiled catalogues.

Spanish is written in the code and the templates; each room carries its English beside it
(`locale/en/LC_MESSAGES/django.po`). Needs no gettext on the machine: Babel reads and compiles.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]
KEYWORDS: Any = dict.fromkeys(
    ("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext")
)
Message = str | tuple[str, ...]


def rooms() -> list[Path]:
    """Return the folders of the rooms, those with anything to say."""
    return sorted(path.parent for path in SOURCE.glob("*/apps.py"))


def catalogue_of(room: Path, language: str = "en") -> Path:
    """Return where a room keeps its translations."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def said(room: Path) -> Iterator[tuple[Message, str]]:
    """Yield what a room's code and templates say, each with its file and line."""
    for path in sorted(room.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _extracted(path.read_bytes(), path)
    for path in sorted((room / "templates").rglob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # What remains of the markup is indented at random, which is no Python.
        flat = "\n".join(line.strip() for line in code.splitlines())
        yield from _extracted(flat.encode(), path)


def _extracted(content: bytes, path: Path) -> Iterator[tuple[Message, str]]:
    found: Any = extract_python(BytesIO(content), KEYWORDS, [], {"encoding": "utf-8"})
    for line, function, message, _comments in found:
        texts = [message] if isinstance(message, str) else [t for t in message if t]
        if not texts:
            continue
        is_plural = function.startswith("n") and len(texts) > 1
        yield (
            (texts[0], texts[1]) if is_plural else texts[-1],
            f"{path.relative_to(SOURCE)}:{line}",
        )


def translations(language: str = "en") -> dict[str, Any]:
    """Return every translated message of the house: a room may use another's words."""
    found: dict[str, Any] = {}
    for room in rooms():
        path = catalogue_of(room, language)
        if path.exists():
            found |= {_key(m.id): m.string for m in _read(path) if m.id and _is_whole(m.string)}
    return found


def untranslated(language: str = "en") -> dict[str, list[tuple[Message, str]]]:
    """Return, by room, what it says and nobody translated; empty when all is complete."""
    known = translations(language)
    gaps: dict[str, list[tuple[Message, str]]] = {}
    for room in rooms():
        missing = {_key(m): (m, where) for m, where in said(room) if _key(m) not in known}
        if missing:
            gaps[room.name] = sorted(missing.values(), key=lambda gap: gap[1])
    return gaps


def update(language: str = "en") -> int:
    """Add what is missing to each room's catalogue, empty, to be translated; return how many."""
    count = 0
    for name, gaps in untranslated(language).items():
        path = catalogue_of(SOURCE / name, language)
        catalogue = _read(path) if path.exists() else Catalog(locale=language)
        for message, where in gaps:
            file, line = where.rsplit(":", 1)
            catalogue.add(message, locations=[(file, int(line))])
            count += 1
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file_out:
            write_po(file_out, catalogue, width=100, sort_output=True, omit_header=False)
    return count


def compile_all() -> int:
    """Write every catalogue as Django reads it (.mo); return how many."""
    paths = sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"))
    for path in paths:
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, _read(path))
    return len(paths)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def _key(message: Any) -> str:
    return message if isinstance(message, str) else str(message[0])


def _is_whole(string: Any) -> bool:
    return bool(string) if isinstance(string, str) else all(string)
