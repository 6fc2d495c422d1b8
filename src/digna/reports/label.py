"""What a report says of itself on paper: draft or which edition, its seal, where it is kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from digna.reports.models import Edition
from digna.web import days


@dataclass(frozen=True, slots=True)
class Label:
    """Plain values, so that the worker can draw with them."""

    standing: str
    url: str = ""
    sha256: str = ""
    is_draft: bool = False


def draft(url: str) -> Label:
    """Return the label of a report nobody has issued."""
    return Label(_("Borrador: nadie lo emitió todavía; sus cifras pueden cambiar."), url, "", True)


def live(url: str) -> Label:
    """Return the label of a public statement as its figures stand."""
    return Label(_("Hecho con las cifras que el portal muestra hoy."), url)


def of(edition: Edition, url: str) -> Label:
    """Return the label of an edition: number, day, who, and whether it still holds."""
    who = f", {edition.issued_by}" if edition.issued_by is not None else ""
    told = _("Edición %(n)s, emitida el %(on)s%(who)s.") % {
        "n": edition.number, "on": days.day(edition.issued_at), "who": who,
    }  # fmt: skip
    if edition.state == Edition.State.WITHDRAWN:
        told += " " + _("Retirada: %(why)s") % {"why": edition.withdrawn_because}
    return Label(told, url, edition.sha256)
