"""What this room tells of a person on their page in the register."""

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.registry.models import Person
from digna.registry.stories import Entry, Link
from digna.trainers import access, selectors
from digna.trainers.models import Rung, Step, Trainer


def of_person(person: Person) -> list[Entry]:
    """Return the rungs a person reached."""
    steps = Step.objects.filter(way__trainer__person=person).select_related("way__trainer")
    named = selectors.module_names() if steps else {}
    return [
        Entry(
            when=step.on,
            what=str(Rung(step.after).label).capitalize(),
            detail=named.get(step.way.module_code, step.way.module_code),
            url=reverse("trainers:trainer", args=[step.way.trainer.public_id]),
        )
        for step in steps
    ]


def links_of_person(user: object, person: Person) -> list[Link]:
    """Return the way to a person's ladder, or to begin one."""
    if not rights.may(user, access.SEE):
        return []
    row = Trainer.objects.filter(person=person).first()
    if row is not None:
        url = reverse("trainers:trainer", args=[row.public_id])
        return [Link(_("Como formador/a"), url, "graduation-cap")]
    if not rights.may(user, access.EDIT):
        return []
    url = reverse("trainers:enlist", args=[person.public_id])
    return [Link(_("Hacer formador/a"), url, "graduation-cap")]
