"""Reports opened, and the words people write in them."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.reports import making, narrative, paper
from digna.reports.models import Narrative, Report

LONGEST = 4000


@writes("reports.report.opened")
def open_report(
    *,
    actor: Actor,
    kind: str,
    starts_on: date,
    ends_on: date,
    period: str = "",
    programme: Programme | None = None,
    partner: Organisation | None = None,
    trainer: User | None = None,
) -> Report:
    """Open a report, or return the one there is of the same thing over the same days.

    Raises:
        Refused: `reports.report.future`: nothing can be told of days that have not begun.
    """
    if starts_on > timezone.localdate():
        raise Refused(
            "reports.report.future",
            _("Ese período todavía no empieza: elija uno que ya tenga días."),
            field="period",
        )
    about = {"kind": kind, "programme": programme, "partner": partner, "trainer": trainer}
    standing = Report.objects.filter(**about, period=period, starts_on=starts_on).first()
    if standing is not None:
        return standing
    made = Report(
        **about, period=period, starts_on=starts_on, ends_on=ends_on,
        opened_at=actor.at, opened_by=actor.user,
    )  # fmt: skip
    return record.add(made)


@writes("reports.narrative.written")
def write_text(
    *, actor: Actor, report: Report, section: str, es: str = "", en: str = ""
) -> Narrative:
    """Keep a person's own words in a section; citations must name figures of the report.

    Raises:
        Refused: `reports.text.section`, `reports.text.citation`, `reports.text.long`.
    """
    found = making.paper_of(report, "es-bo")
    if section not in {one.code for one in found.sections}:
        raise Refused("reports.text.section", _("El informe no tiene esa parte."))
    for field, text in (("es", es), ("en", en)):
        _refuse_unsound(found, field, text)
    row = Narrative.objects.filter(report=report, section=section).first()
    said = {"es": es.strip(), "en": en.strip(), "written_at": actor.at, "written_by": actor.user}
    if row is not None:
        return record.change(row, **said)
    return record.add(Narrative(report=report, section=section, **said))


def _refuse_unsound(found: paper.Paper, field: str, text: str) -> None:
    wrong = narrative.unknown(text, paper.figures(found))
    if wrong:
        raise Refused(
            "reports.text.citation",
            _("«%(wrong)s» no nombra ninguna cifra de este informe. Cópiela de la lista.")
            % {"wrong": wrong[0]},
            field=field,
        )
    if len(text) > LONGEST:
        raise Refused(
            "reports.text.long",
            _("Son %(have)s letras y caben %(most)s: deje lo que lleva a una decisión.")
            % {"have": len(text), "most": LONGEST},
            field=field,
        )
