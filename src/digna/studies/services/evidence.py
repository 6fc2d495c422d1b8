"""Evidence: what was read, heard or counted; interviews, each of which is one piece of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies.models.assessments import Answer, Evidence, Interview, Question, Study
from digna.studies.services import assessments, parts
from digna.web import photos

FILE_MAX = 15_000_000
MOST_SOURCE = 300
FILES = {b"%PDF": "pdf", b"PK\x03\x04": "xlsx"}


@writes("studies.evidence.noted")
def note_evidence(
    *,
    actor: Actor,
    study: Study,
    row: Evidence | None = None,
    file: bytes | None = None,
    **values: Any,
) -> Evidence:
    """Note or correct a piece of evidence, with its photo or document.

    Raises:
        Refused: `studies.study.closed`, `studies.evidence.empty`, `studies.evidence.unit`,
            `studies.evidence.future`, `studies.evidence.file`; photos' own.
    """
    _refuse_unfit(actor, values, has_file=bool(file or (row and row.file)))
    if file:
        values["file"] = _file_of(file)
    return parts.keep(
        study, row or Evidence(study=study, number=_next_number(study)), None, **values
    )


@writes("studies.interview.typed")
def type_interview(
    *,
    actor: Actor,
    study: Study,
    role: str,
    answers: Mapping[Question, str],
    on: date,
    reliability: str,
    consent: str,
    sex: str = "",
    place: Any = None,
    row: Interview | None = None,
    through: str = "",
) -> Interview:
    """Type in a conversation: who the informant is, without a name, and what they answered.

    It is one piece of evidence, which findings and arrows may cite. `through` says by what it came,
    where it was not typed in here; a correction keeps it.

    Raises:
        Refused: `studies.study.closed`, `studies.interview.empty`, `studies.evidence.future`,
            `studies.interview.other_question`.
    """
    told = {question: text.strip() for question, text in answers.items() if text.strip()}
    if not told:
        raise Refused(
            "studies.interview.empty",
            _("La entrevista no tiene ninguna respuesta. Escriba al menos una."),
        )
    if any(question.study_id != study.pk for question in told):
        raise Refused(
            "studies.interview.other_question",
            _("Una de las preguntas es de otro estudio. Abra la entrevista de nuevo."),
        )
    _refuse_future(actor, on)
    known = {"on": on, "place": place, "reliability": reliability, "consent": consent}
    if row is None:
        evidence = Evidence(study=study, number=_next_number(study), kind=Evidence.Kind.INFORMANT)
        source = f"{role} · {through}" if through else role
        parts.keep(study, evidence, None, source=source[:MOST_SOURCE], **known)
        row = record.add(Interview(study=study, evidence=evidence, role=role, sex=sex))
    else:
        came = row.evidence.source.removeprefix(row.role)
        parts.keep(study, row.evidence, None, source=f"{role}{came}"[:MOST_SOURCE], **known)
        record.change(row, role=role, sex=sex)
    _set_answers(row, told)
    return row


def _set_answers(row: Interview, told: Mapping[Question, str]) -> None:
    standing = {answer.question_id: answer for answer in row.answers.all()}
    for question, text in told.items():
        if question.pk in standing:
            record.change(standing.pop(question.pk), text=text)
        else:
            record.add(Answer(interview=row, question=question, text=text))
    for answer in standing.values():
        record.remove(answer)


def _next_number(study: Study) -> int:
    assessments.refuse_closed(study)
    last = study.evidence.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _file_of(content: bytes) -> ContentFile[bytes]:
    if len(content) > FILE_MAX:
        raise Refused(
            "studies.evidence.file",
            _("El archivo pesa más de 15 MB. Suba solo la parte que hace falta."),
            field="file",
        )
    ending = next((end for sign, end in FILES.items() if content.startswith(sign)), "")
    return (
        ContentFile(content, name=f"evidencia.{ending}") if ending else photos.compressed(content)
    )


def _refuse_unfit(actor: Actor, values: Mapping[str, Any], *, has_file: bool) -> None:
    says, value = values.get("says", ""), values.get("value")
    if not says.strip() and value is None and not has_file and not values.get("url"):
        raise Refused(
            "studies.evidence.empty",
            _("Falta lo que dice: escriba la cita o el valor, o adjunte el archivo o el enlace."),
            field="says",
        )
    if value is not None and not values.get("unit", "").strip():
        raise Refused(
            "studies.evidence.unit",
            _("Un valor sin unidad no dice nada. Escriba la unidad: Bs por kg, personas, días."),
            field="unit",
        )
    _refuse_future(actor, values["on"])


def _refuse_future(actor: Actor, on: date) -> None:
    if on > actor.at.date():
        raise Refused(
            "studies.evidence.future",
            _("La fecha todavía no llega. Escriba cuándo se vio, leyó o dijo."),
            field="on",
        )
