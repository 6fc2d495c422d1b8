"""What this room warns of on the pages and lists of the register: a question that is open."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from digna.field.models import Arrival


def of_people(keys: Iterable[int]) -> dict[int, str]:
    """Return the people about whom something waits to be decided."""
    return _open("person_id", keys)


def of_enterprises(keys: Iterable[int]) -> dict[int, str]:
    """Return the firms about which something waits to be decided."""
    return _open("enterprise_id", keys)


def _open(column: str, keys: Iterable[int]) -> dict[int, str]:
    rows = Arrival.objects.filter(state__in=Arrival.OPEN, **{f"{column}__in": list(keys)})
    return dict.fromkeys(rows.values_list(column, flat=True), _("pregunta abierta"))
