"""A course as a folder in a zip, in the very format of a kit: out, and in again."""

import io
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.learning.models import CourseVersion
from digna.learning.selectors import lessons
from digna.programmes import kitfile

ZIP_MOST = 60_000_000
FILES_MOST = 600
NUMBERS = frozenset({"lessons", "quizzes", "hours", "minutes", "answer", "tolerance"})


@dataclass(frozen=True, slots=True)
class Folder:
    """A course as it stood in a folder."""

    declared: Mapping[str, Any]
    pages: Mapping[str, Any]
    files: Mapping[str, bytes]


def packed(version: CourseVersion, today: date) -> bytes:
    """Return a version as a zip that `digna kit load` takes in as it is."""
    code = version.course.code
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{code}/kit.yaml", _yaml(_header(version)))
        archive.writestr(f"{code}/sources.yaml", _yaml({"sources": _sources(version, today)}))
        archive.writestr(f"{code}/courses.yaml", _yaml({"courses": [version.content["course"]]}))
        for name, page in sorted(version.pages.items()):
            archive.writestr(f"{code}/pages/{name}.md", _page(page))
        for name, file in sorted(lessons.files_of(version).items()):
            with file.file.open("rb") as body:
                archive.writestr(f"{code}/media/{name}", body.read())
    return out.getvalue()


def _header(version: CourseVersion) -> dict[str, Any]:
    name = version.content["course"].get("name", {})
    title = name.get("es", version.course.code)
    about = version.content["course"].get("about", {})
    return {
        "code": version.course.code,
        "title_es": title,
        "title_en": name.get("en", title),
        "version": f"0.{version.number}.0",
        "languages": ["es", "en"],
        "licence": "EUPL-1.2",
        "synthetic": False,
        "description_es": about.get("es", title),
        "description_en": about.get("en", title),
    }


def _sources(version: CourseVersion, today: date) -> list[dict[str, Any]]:
    codes = set(version.content["course"].get("sources", ["own"]))
    for page in version.pages.values():
        codes |= set(page.get("sources", ()))
    return [
        {
            "code": code,
            "kind": "own",
            "title": "Redacción propia" if code == "own" else code,
            "publisher": "Digna",
            "published": today.isoformat(),
            "read_on": today.isoformat(),
            "url": None,
        }
        for code in sorted(codes or {"own"})
    ]


def _page(page: Mapping[str, Any]) -> str:
    front = {key: value for key, value in page.items() if key != "body"}
    return f"---\n{_yaml(front)}---\n{page.get('body', '')}"


def _yaml(value: Any) -> str:
    class Plain(yaml.SafeDumper):
        """No aliases: a kit has no use for them."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    told: str = yaml.dump(
        _numbers(value), Dumper=Plain, allow_unicode=True, sort_keys=False, width=100
    )
    return told


def _numbers(value: Any, key: str = "") -> Any:
    """Numbers that were kept as text are written as numbers again, where numbers stand."""
    if isinstance(value, Mapping):
        return {name: _numbers(inner, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_numbers(inner) for inner in value]
    if key in NUMBERS and isinstance(value, str):
        try:
            return float(value) if "." in value else int(value)
        except ValueError:
            return value
    return value


def unpacked(content: bytes) -> list[Folder]:
    """Return the courses of a zip, checked as a kit is.

    Raises:
        Refused: `learning.folder.unreadable`, `learning.folder.too_big`, `learning.folder.faulty`.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = _extracted(content, Path(place))
        try:
            kit = kitfile.read_kit(folder)
        except kitfile.KitError as error:
            raise Refused("learning.folder.faulty", _faults(error), field="file") from error
        if "courses" not in kit.documents:
            raise Refused(
                "learning.folder.faulty", _("La carpeta no trae «courses.yaml»."), field="file"
            )
        files = {name: file.path.read_bytes() for name, file in kit.media.items()}
        rows = kit.plain("courses")["courses"]
    return [Folder(row, kit.pages, files) for row in rows]


def _faults(error: kitfile.KitError) -> str:
    is_english = (get_language() or "").startswith("en")
    told = [
        f"{fault.file}:{fault.line}: {fault.message_en if is_english else fault.message_es}"
        for fault in error.faults[:6]
    ]
    return " ".join([_("La carpeta tiene %(n)s fallas.") % {"n": len(error.faults)}, *told])


def _extracted(content: bytes, place: Path) -> Path:
    """Write the files of a zip below `place`; nothing is written anywhere else."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise Refused(
            "learning.folder.unreadable",
            _("Ese archivo no es una carpeta comprimida (.zip) que se pueda abrir."),
            field="file",
        ) from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > FILES_MOST or sum(entry.file_size for entry in entries) > ZIP_MOST:
        raise Refused(
            "learning.folder.too_big",
            _("La carpeta es demasiado grande: hasta %(files)s archivos y %(size)s MB.")
            % {"files": FILES_MOST, "size": ZIP_MOST // 1_000_000},
            field="file",
        )
    tops = {Path(entry.filename).parts[0] for entry in entries if Path(entry.filename).parts}
    root = place / (tops.pop() if len(tops) == 1 else "curso")
    for entry in entries:
        _write(archive, entry, place)
    return _named(root)


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path) -> None:
    target = (place / entry.filename).resolve()
    if not target.is_relative_to(place.resolve()):
        raise Refused(
            "learning.folder.unreadable",
            _("La carpeta comprimida quiere escribir fuera de su lugar. No se abre."),
            field="file",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(archive.read(entry))


def _named(root: Path) -> Path:
    """A folder is called as its kit: whoever downloads it twice gets «orden (1)»."""
    header = root / "kit.yaml"
    if not header.is_file():
        return root
    for line in header.read_text(encoding="utf-8", errors="replace").splitlines():
        key, _colon, value = line.partition(":")
        code = value.strip().strip("\"'")
        if key == "code" and code and code != root.name and "/" not in code and "." not in code:
            return root.rename(root.with_name(code))
    return root
