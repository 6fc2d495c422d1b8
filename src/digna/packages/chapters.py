"""What this room tells of a person on their page in the register."""

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.packages.models import PackageAttempt
from digna.registry.models import Person
from digna.registry.stories import Entry


def of_person(person: Person) -> list[Entry]:
    """Return the packages a person finished."""
    rows = PackageAttempt.objects.filter(
        person=person, is_trial=False, completed_at__isnull=False
    ).select_related("version__package")
    return [
        Entry(
            when=timezone.localdate(row.completed_at),
            what=_("Terminó la lección «%(title)s»") % {"title": row.version.package},
            detail=_points(row),
        )
        for row in rows
    ]


def _points(row: PackageAttempt) -> str:
    if row.scaled is None:
        return ""
    return _("puntaje %(n)s de 100") % {"n": round(row.scaled * 100)}
