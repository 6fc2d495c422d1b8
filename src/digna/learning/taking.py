"""What this room takes from a kit: its courses, with the pages and files they show."""

from digna.journal.actor import Actor
from digna.learning.services import courses
from digna.programmes.kitfile import Kit


def take(actor: Actor, kit: Kit) -> None:
    """Take the `courses` section; other kits bring none."""
    if "courses" not in kit.documents:
        return
    files = {name: file.path.read_bytes() for name, file in kit.media.items()}
    for declared in kit.plain("courses")["courses"]:
        courses.load_course(
            actor=actor, kit=kit.code, declared=declared, pages=kit.pages, files=files
        )
