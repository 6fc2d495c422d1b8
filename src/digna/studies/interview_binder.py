"""An approved interview of a questionnaire becomes evidence of a study: the answers in words."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.errors import Refused
from digna.journal.actor import Actor
from digna.registry.models import Place
from digna.studies import assessment_access, live_lists
from digna.studies.models.assessments import Evidence, Question, Study
from digna.studies.services import assessments, evidence
from digna.surveys.binding import Binder, Bound, Given, Said

MOST_ROLE, MOST_QUESTION = 160, 300
SEXES = {
    "female": "female", "mujer": "female", "male": "male", "hombre": "male",
    "other": "other", "otra": "other", "otro": "other",
    "undisclosed": "undisclosed", "no_dice": "undisclosed",
}  # fmt: skip
CONSENTS = {
    "given": "given", "si": "given", "sí": "given",
    "anonymous": "anonymous", "anonima": "anonymous", "sin_nombre": "anonymous",
    "not_given": "not_given", "no": "not_given",
}  # fmt: skip
TARGETS = {
    "study": gettext_lazy("el estudio, elegido de digna_estudios.csv"),
    "sector": gettext_lazy("código de rubro del estudio"),
    "role": gettext_lazy("quién es en el rubro, sin su nombre"),
    "sex": gettext_lazy("sexo (mujer, hombre, otra, no_dice)"),
    "place": gettext_lazy("código de lugar"),
    "on": gettext_lazy("día de la entrevista"),
    "reliability": gettext_lazy("confianza, de A a F"),
    "consent": gettext_lazy("permiso de citar (si, sin_nombre, no)"),
    "answer": gettext_lazy("respuesta a una pregunta del estudio"),
}


def bind_interview(actor: Actor, given: Given) -> Bound:
    """Type the conversation into its study, as one piece of evidence that says where it came from.

    Raises:
        Refused: `studies.binding.value`, `studies.binding.no_study`, `studies.binding.which_study`,
            `studies.binding.not_yours`, and what the study refuses (`studies.study.closed`).
    """
    told = given.values
    study = _study(actor, given)
    form = given.submission.form
    row = evidence.type_interview(
        actor=actor,
        study=study,
        role=given.said["role"][0].words[:MOST_ROLE],
        answers=_answers(actor, study, given.said["answer"]),
        on=_day(given),
        reliability=_one_of(told.get("reliability", "C").upper(), "reliability", GRADES),
        consent=_one_of(told["consent"].lower(), "consent", CONSENTS),
        sex=_one_of(told["sex"].lower(), "sex", SEXES) if told.get("sex") else "",
        place=_place(told.get("place", "")),
        through=_("cuestionario «%(form)s»") % {"form": form.title},
    )
    said = _("La entrevista es la evidencia %(label)s de «%(study)s».")
    return Bound(row.evidence, said % {"label": row.evidence.label, "study": study})


GRADES = {grade: grade for grade in Evidence.Reliability.values}


def _study(actor: Actor, given: Given) -> Study:
    """Return the study that was chosen, else the only one under way of this sector."""
    programme = given.submission.form.programme
    key, sector = given.values.get("study", ""), given.values.get("sector", "")
    if key:
        row = Study.objects.filter(programme=programme, public_id=_key(key)).first()
        found = [] if row is None else [row]
    else:
        found = list(live_lists.under_way(programme).filter(sectors__code=sector)[:2])
    if not found:
        raise Refused(
            "studies.binding.no_study",
            _(
                "Ningún estudio en marcha de «%(programme)s» es el de esta entrevista. Abra uno de "
                "su rubro, o apruebe el envío sin llevar las respuestas."
            )
            % {"programme": programme},
        )
    if len(found) > 1:
        raise Refused(
            "studies.binding.which_study",
            _(
                "Hay más de un estudio en marcha de este rubro y el envío no dice cuál. Devuélvalo "
                "para que elijan el estudio."
            ),
        )
    if not assessment_access.may_edit(actor.user, found[0]):
        raise Refused(
            "studies.binding.not_yours",
            _(
                "No le toca escribir en «%(study)s». Pida a quien dirige el estudio que apruebe el "
                "envío, o apruébelo sin llevar las respuestas."
            )
            % {"study": found[0]},
        )
    return found[0]


def _answers(actor: Actor, study: Study, said: Sequence[Said]) -> Mapping[Question, str]:
    """Return the answers by the study's questions; what it did not ask yet, it asks from now on."""
    told: dict[str, list[str]] = {}
    for one in said:
        told.setdefault(" ".join(one.question.split())[:MOST_QUESTION].strip(), []).append(
            one.words
        )
    standing = list(study.questions.values_list("text", flat=True))
    if set(told) - set(standing):
        assessments.set_questions(actor=actor, study=study, texts=[*standing, *told])
    rows = {row.text: row for row in study.questions.filter(text__in=told)}
    return {rows[text]: "\n".join(words) for text, words in told.items()}


def _day(given: Given) -> date:
    told = given.values.get("on", "")
    if not told:
        return timezone.localdate(given.submission.received_at)
    try:
        return date.fromisoformat(told[:10])
    except ValueError as problem:
        raise _wrong("on", told) from problem


def _key(told: str) -> uuid.UUID:
    try:
        return uuid.UUID(told)
    except ValueError as problem:
        raise _wrong("study", told) from problem


def _place(code: str) -> Place | None:
    row = Place.objects.filter(code=code).first() if code else None
    if code and row is None:
        raise _wrong("place", code)
    return row


def _one_of(told: str, what: str, known: Mapping[str, str]) -> str:
    if told not in known:
        raise _wrong(what, told)
    return known[told]


def _wrong(what: str, told: str) -> Refused:
    return Refused(
        "studies.binding.value",
        _("La respuesta «%(value)s» no sirve de %(what)s. Corrija el envío o escríbalo a mano.")
        % {"value": told, "what": TARGETS[what]},
    )


BINDER = Binder(
    code="interview",
    targets=TARGETS,
    needed=frozenset(("role", "consent", "answer")),
    bind=bind_interview,
    either=frozenset(("study", "sector")),
    repeatable=frozenset(("answer",)),
    row_model="studies.evidence",
    page="studies:evidence",
)
