"""Files that lessons show: which kinds are taken, how heavy they may be, and what an SVG may hold.

Pure. A kit carries them in its folder ``media``; a course edited on screen takes the same.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "svg": "image",
    "webp": "image",
    "jpg": "image",
    "jpeg": "image",
    "png": "image",
    "opus": "audio",
    "ogg": "audio",
    "mp3": "audio",
    "weba": "audio",
    "mp4": "video",
    "webm": "video",
}
MOST = {"image": 500_000, "audio": 2_000_000, "video": 20_000_000}
"""Bytes: a course of eight lessons with audio must fit in 3 MB of somebody's prepaid data."""

TYPES = {
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "opus": "audio/ogg",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "weba": "audio/webm",
    "mp4": "video/mp4",
    "webm": "video/webm",
}

NAME = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,90}}\.(?:{'|'.join(KINDS)})")
_STARTS: dict[str, tuple[bytes, ...]] = {
    "webp": (b"RIFF",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n",),
    "opus": (b"OggS",),
    "ogg": (b"OggS",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    "webm": (b"\x1aE\xdf\xa3",),
    "weba": (b"\x1aE\xdf\xa3",),
}
_LIVE = re.compile(
    rb"<\s*(?:script|foreignobject|iframe|object|embed|animate|set\b|!doctype|!entity)"
    rb"|\son[a-z]+\s*=|javascript:|(?:href|src)\s*=\s*[\"']?\s*(?!#|[\"']#|data:image/)[a-z/.]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MediaOnDisk:
    """A file of a kit's ``media`` folder."""

    name: str
    path: Path
    size: int
    sha256: str


def ending(name: str) -> str:
    """The part of a name that tells what it is.

    >>> ending("Orden.SVG")
    'svg'
    """
    return name.rsplit(".", 1)[-1].lower()


def kind_of(name: str) -> str:
    """``image``, ``audio``, ``video``, or ``""`` for what is not taken."""
    return KINDS.get(ending(name), "") if NAME.fullmatch(name) else ""


def misfit(name: str, content: bytes) -> str:
    """What is wrong: ``name``, ``too_big``, ``not_what_it_says``, ``live_svg``; ``""`` is nothing.

    >>> misfit("a.exe", b""), misfit("a.png", b"GIF89a"), misfit("a.svg", b"<svg onload='x()'/>")
    ('name', 'not_what_it_says', 'live_svg')
    """
    kind = kind_of(name)
    if not kind:
        return "name"
    if len(content) > MOST[kind]:
        return "too_big"
    if not _is_what_it_says(ending(name), content):
        return "not_what_it_says"
    return "live_svg" if ending(name) == "svg" and _LIVE.search(content) else ""


def read(path: Path, content: bytes) -> MediaOnDisk:
    """A file as a kit remembers it."""
    return MediaOnDisk(path.name, path, len(content), hashlib.sha256(content).hexdigest())


def _is_what_it_says(suffix: str, content: bytes) -> bool:
    if suffix == "svg":
        return b"<svg" in content[:2000].lower()
    if suffix == "mp4":
        return content[4:8] == b"ftyp"
    return content.startswith(_STARTS[suffix])
