"""SCORM 1.2 and 2004 (2nd to 4th edition): `imsmanifest.xml`. No Django.

Source: ADL, SCORM 1.2 Content Aggregation Model (2001); SCORM 2004 4th edition CAM (2009).
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

from digna.packages.standards import trees
from digna.packages.standards.archive import Archive, clean
from digna.packages.standards.values import Broken, Described, Part

MANIFEST = "imsmanifest.xml"
EDITIONS = {
    "1.2": ("scorm12", "SCORM 1.2"),
    "CAM 1.3": ("scorm2004", "SCORM 2004, 2.ª edición"),
    "2004 2nd Edition": ("scorm2004", "SCORM 2004, 2.ª edición"),
    "2004 3rd Edition": ("scorm2004", "SCORM 2004, 3.ª edición"),
    "2004 4th Edition": ("scorm2004", "SCORM 2004, 4.ª edición"),
}


def read(archive: Archive) -> Described:
    """Return what a SCORM package says of itself.

    Raises:
        Broken: `xml`, `version`, `organization`, `no_parts`, `resource`, `outside`, `missing`.
    """
    root = trees.parse(archive.read(MANIFEST), MANIFEST)
    kind, standard = _edition(root)
    organization = _organization(root)
    resources = {trees.attribute(r, "identifier"): r for r in trees.every(root, "resource")}
    base = _bases(root, "resources")
    parts = [
        _part(item, resources, base, archive)
        for item in trees.every(organization, "item")
        if trees.attribute(item, "identifierref")
    ]
    if not parts:
        raise Broken("no_parts")
    title = trees.text(trees.child(organization, "title")) or _lom(root, "title")
    return Described(
        kind=kind,
        standard=standard,
        title=title or parts[0].title,
        parts=parts,
        language=_language(root),
        licence=_lom(root, "copyrightAndOtherRestrictions"),
        identifier=trees.attribute(root, "identifier"),
    )


def _edition(root: Element) -> tuple[str, str]:
    if trees.local(root.tag) != "manifest":
        raise Broken("xml", path=MANIFEST)
    metadata = trees.child(root, "metadata")
    told = "" if metadata is None else trees.text(trees.child(metadata, "schemaversion"))
    if told in EDITIONS:
        return EDITIONS[told]
    if not told:  # many tools of the time left it out: the namespaces tell
        spaces = {node.tag.partition("}")[0] for node in root.iter() if "}" in str(node.tag)}
        names = " ".join(spaces | {k for node in root.iter() for k in node.attrib})
        if "adlcp_rootv1p2" in names:
            return EDITIONS["1.2"]
        if "adlcp_v1p3" in names:
            return EDITIONS["2004 3rd Edition"]
    raise Broken("version", version=told or "—")


def _organization(root: Element) -> Element:
    holder = trees.child(root, "organizations")
    found = [] if holder is None else list(trees.children(holder, "organization"))
    if holder is None or not found:
        raise Broken("organization")
    wanted = trees.attribute(holder, "default")
    for one in found:
        if trees.attribute(one, "identifier") == wanted:
            return one
    return found[0]


def _bases(root: Element, name: str) -> str:
    holder = trees.child(root, name)
    inner = "" if holder is None else trees.attribute(holder, "base")
    return urljoin(trees.attribute(root, "base"), inner)


def _part(item: Element, resources: Mapping[str, Element], base: str, archive: Archive) -> Part:
    wanted = trees.attribute(item, "identifierref")
    resource = resources.get(wanted)
    key = trees.attribute(item, "identifier") or wanted
    title = trees.text(trees.child(item, "title")) or key
    if resource is None or not trees.attribute(resource, "href"):
        raise Broken("resource", title=title)
    href = urljoin(
        urljoin(base, trees.attribute(resource, "base")), trees.attribute(resource, "href")
    )
    return Part(
        key=key,
        title=title,
        href=_inside(href, trees.attribute(item, "parameters"), archive),
        mastery=_mastery(item),
        settings=_settings(item, resource),
    )


def _inside(href: str, parameters: str, archive: Archive) -> str:
    """Return the address of a part within the package, whose file has to be there."""
    split = urlsplit(href)
    if split.scheme or split.netloc:
        raise Broken("outside", path=href)
    path = clean(unquote(split.path))
    if not archive.holds(path):
        raise Broken("missing", path=path)
    query = parameters.lstrip("?&") if parameters and not parameters.startswith("#") else ""
    query = "&".join(piece for piece in (split.query, query) if piece)
    fragment = parameters[1:] if parameters.startswith("#") else split.fragment
    return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _settings(item: Element, resource: Element) -> dict[str, str]:
    told = {
        "scorm_type": (
            trees.attribute(resource, "scormtype") or trees.attribute(resource, "scormType")
        ).lower(),
    }
    for name, tag in (
        ("launch_data", "datafromlms"),
        ("launch_data", "dataFromLMS"),
        ("time_limit", "maxtimeallowed"),
        ("time_limit_action", "timelimitaction"),
    ):
        value = trees.text(next(trees.every(item, tag), None))
        if value:
            told[name] = value
    return told


def _mastery(item: Element) -> Decimal | None:
    """1.2 says 0 to 100 in `masteryscore`; 2004 says -1 to 1 in `minNormalizedMeasure`."""
    old = trees.text(trees.child(item, "masteryscore"))
    if old:
        return _share(old, 100)
    sequencing = trees.child(item, "sequencing")
    if sequencing is None:
        return None
    for objective in trees.every(sequencing, "primaryObjective"):
        measure = trees.text(trees.child(objective, "minNormalizedMeasure"))
        if trees.attribute(objective, "satisfiedByMeasure") == "true" and measure:
            return _share(measure, 1)
    return None


def _share(told: str, whole: int) -> Decimal:
    try:
        value = Decimal(told.replace(",", ".")) / whole
    except InvalidOperation as problem:
        raise Broken("mastery", value=told) from problem
    if not value.is_finite() or not -1 <= value <= 1:
        raise Broken("mastery", value=told)
    return value


def _language(root: Element) -> str:
    general = next(trees.every(root, "general"), None)
    told = "" if general is None else trees.text(trees.child(general, "language"))
    return (told or trees.attribute(root, "lang"))[:20]


def _lom(root: Element, name: str) -> str:
    metadata = trees.child(root, "metadata")
    found = None if metadata is None else next(trees.every(metadata, name), None)
    if found is None:
        return ""
    for node in found.iter():
        if trees.local(node.tag) in ("langstring", "string") and trees.text(node):
            return trees.text(node)[:200]
    return ""
