"""Papers that lapse, as calendars read them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from digna.pathways.selectors.following import Lapsing
from digna.web import calendars


def of_lapsing(name: str, rows: Iterable[Lapsing], *, at: datetime) -> bytes:
    """Return the days on which papers lapse."""
    events = []
    for one in rows:
        row = one.progress
        if row.expires_on is None:
            continue
        said = _("Vence: %(step)s · %(firm)s") % {"step": one.name, "firm": row.enterprise}
        events.append(calendars.all_day(f"{row.public_id}-vence@digna", at, said, row.expires_on))
    return calendars.file(name, "digna.pathways", events)
