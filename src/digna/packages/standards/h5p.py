"""H5P: `h5p.json`, the content, and every library it leans on. No Django.

Source: H5P.org, specification of `h5p.json` and `library.json`.
"""

import json
from collections.abc import Mapping
from typing import Any

from digna.packages.standards.archive import Archive
from digna.packages.standards.values import Broken, Described, Part

MANIFEST = "h5p.json"
CONTENT = "content/content.json"
FOLDED = frozenset(("U", "und", ""))


def read(archive: Archive) -> Described:
    """Return what an H5P says of itself.

    Raises:
        Broken: `json`, `field`, `missing`, `library`.
    """
    told = _object(archive, MANIFEST)
    for name in ("title", "mainLibrary", "preloadedDependencies"):
        if not told.get(name):
            raise Broken("field", path=MANIFEST, name=name)
    _object(archive, CONTENT)
    main = _main(told)
    _lean(archive, told)
    language = str(told.get("defaultLanguage") or told.get("language") or "")
    title = str(told["title"])
    return Described(
        kind="h5p",
        standard=f"H5P ({main})",
        title=title,
        parts=[Part("h5p", title, CONTENT, settings={"library": main})],
        language="" if language in FOLDED else language[:20],
        licence=str(told.get("license") or ""),
    )


def _main(told: Mapping[str, Any]) -> str:
    for one in told["preloadedDependencies"]:
        if isinstance(one, Mapping) and one.get("machineName") == told["mainLibrary"]:
            return _name(one)
    raise Broken("library", name=str(told["mainLibrary"]))


def _name(one: Mapping[str, Any]) -> str:
    return f"{one.get('machineName')}-{one.get('majorVersion')}.{one.get('minorVersion')}"


def _lean(archive: Archive, told: Mapping[str, Any]) -> None:
    """Hold that every library, and those it leans on in turn, is in the archive with its files."""
    waiting, seen = [_name(one) for one in told["preloadedDependencies"]], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        path = f"{name}/library.json"
        if not archive.holds(path):
            raise Broken("library", name=name)
        library = _object(archive, path)
        for kind in ("preloadedJs", "preloadedCss"):
            for file in library.get(kind) or ():
                wanted = f"{name}/{file.get('path')}"
                if not archive.holds(wanted):
                    raise Broken("missing", path=wanted)
        waiting += [_name(one) for one in library.get("preloadedDependencies") or ()]


def _object(archive: Archive, path: str) -> dict[str, Any]:
    try:
        value = json.loads(archive.read(path))
    except (ValueError, RecursionError) as problem:
        raise Broken("json", path=path) from problem
    if not isinstance(value, dict):
        raise Broken("json", path=path)
    return value
