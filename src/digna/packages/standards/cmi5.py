"""cmi5: `cmi5.xml`, its assignable units. No Django.

Source: AICC/ADL, cmi5 specification profile for xAPI, Quartz edition (2016), section 13.
"""

from decimal import Decimal, InvalidOperation
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from digna.packages.standards import trees
from digna.packages.standards.archive import Archive, clean
from digna.packages.standards.values import Broken, Described, Part

MANIFEST = "cmi5.xml"
MOVE_ON = ("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed")
METHODS = ("AnyWindow", "OwnWindow")


def read(archive: Archive) -> Described:
    """Return what a cmi5 course says of itself.

    Raises:
        Broken: `xml`, `field`, `no_parts`, `missing`, `outside`, `twice_id`, `mastery`, `value`.
    """
    root = trees.parse(archive.read(MANIFEST), MANIFEST)
    course = trees.child(root, "course")
    if trees.local(root.tag) != "courseStructure" or course is None:
        raise Broken("xml", path=MANIFEST)
    parts = [_part(unit, archive) for unit in trees.every(root, "au")]
    if not parts:
        raise Broken("no_parts")
    keys = [part.key for part in parts]
    for key in keys:
        if keys.count(key) > 1:
            raise Broken("twice_id", name=key)
    title, language = _told(course, "title")
    return Described(
        kind="cmi5",
        standard="cmi5",
        title=title or parts[0].title,
        parts=parts,
        language=language[:20],
        identifier=trees.attribute(course, "id"),
    )


def _told(node: Element, name: str) -> tuple[str, str]:
    holder = trees.child(node, name)
    found = [] if holder is None else list(trees.children(holder, "langstring"))
    for one in found:
        if trees.attribute(one, "lang").lower().startswith("es"):
            return trees.text(one), trees.attribute(one, "lang")
    return (trees.text(found[0]), trees.attribute(found[0], "lang")) if found else ("", "")


def _part(unit: Element, archive: Archive) -> Part:
    key = trees.attribute(unit, "id")
    if ":" not in key:
        raise Broken("field", path=MANIFEST, name="au id")
    title = _told(unit, "title")[0] or key
    return Part(
        key=key,
        title=title,
        href=_address(trees.text(trees.child(unit, "url")), archive),
        mastery=_mastery(trees.attribute(unit, "masteryScore")),
        settings={
            "move_on": _one_of(trees.attribute(unit, "moveOn") or MOVE_ON[0], MOVE_ON),
            "launch_method": _one_of(trees.attribute(unit, "launchMethod") or METHODS[0], METHODS),
            "launch_parameters": trees.text(trees.child(unit, "launchParameters")),
            "entitlement": trees.text(trees.child(unit, "entitlementKey")),
            "activity_type": trees.attribute(unit, "activityType"),
        },
    )


def _one_of(told: str, allowed: tuple[str, ...]) -> str:
    if told not in allowed:
        raise Broken("value", value=told, path=MANIFEST)
    return told


def _address(told: str, archive: Archive) -> str:
    """Return where a unit starts: inside the archive, for a unit elsewhere cannot be contained."""
    if not told:
        raise Broken("field", path=MANIFEST, name="url")
    split = urlsplit(told)
    if split.scheme or split.netloc:
        raise Broken("outside", path=told)
    path = clean(unquote(split.path))
    if not archive.holds(path):
        raise Broken("missing", path=path)
    return path + (f"?{split.query}" if split.query else "")


def _mastery(told: str) -> Decimal | None:
    if not told:
        return None
    try:
        value = Decimal(told)
    except InvalidOperation as problem:
        raise Broken("mastery", value=told) from problem
    if not value.is_finite() or not 0 <= value <= 1:
        raise Broken("mastery", value=told)
    return value
