"""Reading in what other systems exported: each submission once, with a report of the rest."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from digna.errors import DomainError, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.packages.standards.values import Broken
from digna.surveys import storing, versions
from digna.surveys.models import Submission, SubmissionVersion, SurveyForm
from digna.surveys.reading import attachments, instances
from digna.surveys.reading.exported import Export, Found, NotExported
from digna.surveys.reading.trees import Unsafe
from digna.surveys.services import submissions
from digna.surveys.services.submissions import Arrival, Stored

MOST_TOLD = 50


@dataclass
class Report:
    """What came of a file."""

    added: int = 0
    known: int = 0
    refused: int = 0
    told: list[list[str]] = field(default_factory=list)

    def refuse(self, where: str, sentence: str) -> None:
        """Count one that was not taken in, and tell of the first ones why."""
        self.refused += 1
        if len(self.told) < MOST_TOLD:
            self.told.append([where, sentence])

    def plain(self) -> dict[str, Any]:
        """Return it as the journal keeps it."""
        return {
            "added": self.added,
            "known": self.known,
            "refused": self.refused,
            "told": self.told,
        }


@writes("surveys.submissions.read_in")
def read_in(*, actor: Actor, form: SurveyForm, file: File[Any]) -> dict[str, Any]:
    """Take in the submissions of an exported file; those that are here already stay as they are.

    Raises:
        Refused: `surveys.read_in.unreadable`.
    """
    report = Report()
    definition = versions.definition_for(form, "")
    try:
        file.seek(0)
        export = Export(file.name or "", file, form.form_id, definition)  # type: ignore[arg-type]
        for found in export.submissions():
            _take(actor, form, export, found, report)
    except (NotExported, Broken) as problem:
        raise Refused(
            "surveys.read_in.unreadable",
            _(
                "No es un archivo exportado de Kobo u ODK Central que se pueda leer. Sirven: zip "
                "con los XML, data.json de Kobo, csv (o zip de csv) de Central."
            ),
            field="file",
        ) from problem
    record.note(form, **{name: value for name, value in report.plain().items() if name != "told"})
    return report.plain()


def _take(actor: Actor, form: SurveyForm, export: Export, found: Found, report: Report) -> None:
    try:
        sent = instances.read(found.xml)
        if sent.form_id != form.form_id:
            report.refuse(found.where, _("Es de otro formulario: «%(id)s».") % {"id": sent.form_id})
            return
        known = SubmissionVersion.objects.filter(form=form, instance_id=sent.instance_id).exists()
        if known:
            report.known += 1
            return
        arrival = Arrival(
            sent, found.xml, _stored(export, found, report), Submission.Source.READ_IN
        )
        submissions.receive(actor=actor, form=form, arrival=arrival)
        report.added += 1
    except Unsafe:
        report.refuse(found.where, _("El XML está dañado o trae lo que no debe."))
    except storing.NoRoom:
        raise
    except DomainError as problem:
        report.refuse(found.where, str(problem.message))


def _stored(export: Export, found: Found, report: Report) -> dict[str, Stored]:
    kept = {}
    for name, path in found.files.items():
        if not attachments.is_safe_name(name) or not attachments.type_of(name):
            report.refuse(path, _("El archivo no es de un tipo que se reciba."))
            continue
        kept[name] = Stored(*storing.keep(export.read(path)))
    return kept
