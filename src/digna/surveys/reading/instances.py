"""A submission as it came: which form, which version, its own id, what it corrects, its files."""

import hashlib
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from digna.surveys.reading import trees
from digna.surveys.reading.trees import Element, Unsafe

MOST_XML = 10 * 1024 * 1024
MOST_ID = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
NAMESPACE = uuid.UUID("6a3b1f52-58f5-4f0e-9d0c-6d2b8f1c7a10")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a submission says of itself.

    Attributes:
        instance_id: its own; where it brought none, one that its bytes always give.
        deprecated_id: the instance that it takes the place of, "" for none.
        name: what the form calls it (`instanceName`).
        digest: sha256 of its bytes.
    """

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    name: str
    digest: str
    root: Element


def read(content: bytes) -> Sent:
    """Return what a submission says of itself.

    Raises:
        Unsafe: what `trees.parse` refuses; `no_form`, `encrypted`, `id`.
    """
    root = trees.parse(content, most=MOST_XML)
    form_id = root.get("id", "").strip()
    if not form_id or len(form_id) > MOST_ID:
        raise Unsafe("no_form")
    if root.get("encrypted") == "yes":
        raise Unsafe("encrypted")
    digest = hashlib.sha256(content).hexdigest()
    meta = trees.child(root, "meta")
    own = _meta(meta, "instanceID") or root.get("instanceID", "").strip()
    return Sent(
        form_id=form_id,
        version=root.get("version", "").strip()[:MOST_ID],
        instance_id=_checked(own) or f"uuid:{uuid.uuid5(NAMESPACE, digest)}",
        deprecated_id=_checked(_meta(meta, "deprecatedID")),
        name=CONTROL.sub(" ", _meta(meta, "instanceName"))[:MOST_ID],
        digest=digest,
        root=root,
    )


def _meta(meta: Element | None, name: str) -> str:
    return "" if meta is None else trees.text(trees.child(meta, name))


def _checked(told: str) -> str:
    if len(told) > MOST_ID or CONTROL.search(told):
        raise Unsafe("id")
    return told


def values_at(root: Element, path: str) -> Iterator[str]:
    """Yield the texts at a path, in every turn of the repeats on the way."""
    here = [root]
    for name in path.split("/"):
        here = [child for node in here for child in trees.children(node, name)]
    yield from (told for node in here if (told := trees.text(node)))


def is_template(node: Element) -> bool:
    """Whether a repeat's element is its pattern, which some clients send along."""
    return f"{{{trees.JAVAROSA}}}template" in node.attrib
