"""Files that come with a submission: is the name one, is the file what it says?"""

import re

MOST_NAME = 150
TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "webp": "image/webp", "heic": "image/heic", "heif": "image/heif",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "amr": "audio/amr",
    "wav": "audio/wav", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/ogg", "flac": "audio/flac", "weba": "audio/webm",
    "mp4": "video/mp4", "3gp": "video/3gpp", "3gpp": "video/3gpp", "webm": "video/webm",
    "mov": "video/quicktime", "mkv": "video/x-matroska", "avi": "video/x-msvideo",
    "csv": "text/csv", "txt": "text/plain", "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "zip": "application/zip", "geojson": "application/geo+json", "json": "application/json",
}  # fmt: skip
# A browser shows these; everything else leaves as a download.
SHOWN = re.compile(r"^(image/(jpeg|png|gif|webp)|audio/|video/(mp4|webm|3gpp))")
SIGNATURES = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "application/pdf": (b"%PDF",),
}
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"<script", b"<!doctype html", b"<html", b"<?php", b"<svg")


def type_of(name: str) -> str:
    """Return the media type that a name stands for, "" for one that is not taken.

    >>> [type_of(n) for n in ("1700.JPG", "nota.exe", "sin-nada")]
    ['image/jpeg', '', '']
    """
    return TYPES.get(name.rsplit(".", 1)[-1].lower(), "") if "." in name else ""


def is_safe_name(name: str) -> bool:
    """Whether a name is a bare file name.

    >>> [is_safe_name(n) for n in ("café ñ 1.jpg", "../x.jpg", "a/b.jpg", "..", "x" * 200)]
    [True, False, False, False, False]
    """
    is_bare = name == name.strip() and not re.search(r"[/\\\x00-\x1f\x7f:]", name)
    return bool(name) and is_bare and name not in (".", "..") and len(name) <= MOST_NAME


def is_what_it_says(media_type: str, head: bytes) -> bool:
    """Whether the first bytes of a file fit its type.

    Only what has a mark of its own is held to it; programs and pages are none of them.

    >>> is_what_it_says("image/jpeg", b"MZ...")
    False
    """
    if not head:
        return True
    if head.lstrip()[:20].lower().startswith(tuple(p.lower() for p in PROGRAMS)):
        return False
    marks = SIGNATURES.get(media_type)
    return marks is None or head.startswith(marks)
