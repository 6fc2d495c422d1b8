"""The fairs of a sheet, as calendars read them."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from digna.markets import naming
from digna.markets.models import Entry
from digna.web import calendars


def dated(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the fairs whose days are known."""
    return [row for row in document["entries"] if row["kind"] == Entry.Kind.FAIR and row["on"]]


def calendar(document: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the days of a sheet's fairs; those without days are left out."""
    name = _("Ferias · %(product)s") % {"product": naming.product(document["product"]).name}
    return calendars.file(name, "digna.markets", _events(document, at))


def _events(document: Mapping[str, Any], at: datetime) -> Iterator[Any]:
    for row in dated(document):
        first = date.fromisoformat(row["on"])
        last = date.fromisoformat(row["until"]) if row["until"] else first
        title = (row["title_en"] if naming.tongue() == "en" else "") or row["title"]
        what = (
            f"{row['title']}|{row['place']}|{first.year}"  # the same fair a year later is another
        )
        uid = f"{hashlib.sha256(what.encode()).hexdigest()[:24]}-feria@digna"
        event = calendars.all_day(uid, at, title, first)
        event.pop("dtend")
        event.add("dtend", last + timedelta(days=1))
        event.add("location", row["place"])
        if row["url"]:
            event.add("url", row["url"])
        yield event
