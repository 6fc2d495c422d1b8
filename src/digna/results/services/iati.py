"""What IATI asks, written down; the file published, once it has no error."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.results.iati import composing, judging
from digna.results.models import Baseline, IatiFile, IatiProfile, Indicator
from digna.results.services import locks


@writes("results.iati_profile.set")
def set_profile(*, actor: Actor, programme: Programme, **values: Any) -> IatiProfile:
    """Say who reports the programme, under which identifiers, sectors and tags."""
    standing = IatiProfile.objects.filter(programme=programme).first()
    if standing is None:
        return record.add(IatiProfile(programme=programme, **values))
    return record.change(standing, **values)


@writes("results.baseline.set")
def set_baseline(
    *,
    actor: Actor,
    indicator: Indicator,
    year: int,
    amount: Decimal | None,
    on: date | None = None,
    comment: str = "",
    source: str = "",
) -> Baseline:
    """Say where an indicator stood before; without a value the comment has to say why."""
    if amount is None and not comment.strip():
        raise Refused(
            "results.baseline.empty",
            _("Escriba el valor de la línea de base, o diga en el comentario por qué no lo hay."),
            field="amount",
        )
    _refuse_closed(indicator, year, on)
    values = {"year": year, "amount": amount, "on": on, "comment": comment, "source": source}
    standing = Baseline.objects.filter(indicator=indicator).first()
    if standing is None:
        return record.add(Baseline(indicator=indicator, **values))
    _refuse_closed(indicator, standing.year, standing.on)
    return record.change(standing, **values)


def _refuse_closed(indicator: Indicator, year: int, on: date | None) -> None:
    """A baseline of days that were frozen or locked stays as it is."""
    first, last = (date(year, 1, 1), date(year, 12, 31)) if on is None else (on, on)
    locks.refuse_closed(indicator, first, last, "year")


@writes("results.baseline.removed")
def remove_baseline(*, actor: Actor, baseline: Baseline) -> None:
    """Take a baseline back; the journal keeps it."""
    _refuse_closed(baseline.indicator, baseline.year, baseline.on)
    record.remove(baseline)


@writes("results.iati_file.published")
def publish_file(*, actor: Actor, programme: Programme) -> IatiFile:
    """Publish the activity as it is now; a file with errors does not leave.

    Raises:
        Refused: `results.iati.errors`.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)  # one file after the other
    content = composing.compose(programme, actor.at).content
    report = judging.report_on(content, actor.at)
    if report.errors:
        said = ngettext(
            "No se publica: el archivo tiene %(n)s error. Corríjalo y vuelva a publicar.",
            "No se publica: el archivo tiene %(n)s errores. Corríjalos y vuelva a publicar.",
            len(report.errors),
        )
        raise Refused("results.iati.errors", said % {"n": len(report.errors)})
    return record.add(
        IatiFile(
            programme=programme,
            file=ContentFile(content, name=f"{programme.code}.xml"),
            sha256=hashlib.sha256(content).hexdigest(),
            bytes=len(content),
            warning_count=len(report.warnings),
            not_checked_count=len(report.not_checked),
            published_at=actor.at,
            published_by=actor.user,
        )
    )
