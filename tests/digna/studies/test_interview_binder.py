"""An approved interview of a questionnaire: evidence of its study, once, or a reason why not."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from surveys import phone, workbooks

import cast
import make
from cast import client_of
from digna.errors import Refused
from digna.studies.models.assessments import Evidence, Interview, Study
from digna.studies.services import assessments
from digna.surveys import examples, lists
from digna.surveys.models import Submission
from digna.surveys.services import reviews
from studies import assessing

pytestmark = pytest.mark.django_db
LISTED = "digna_estudios.csv"


@pytest.fixture(autouse=True)
def media(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_study(**values: Any) -> Study:
    return assessing.study(programme=phone.programme(), **values)


def heard(**more: str) -> Submission:
    """An interview of our own questionnaire, as a telephone sends it."""
    make.place()
    form = phone.form(examples.workbook("evaluacion_rapida"))
    told = {
        "entrevistado": "Acopiadora de Caranavi", "papel": "comercio", "rubro": "coffee",
        "estudio": "", "departamento": "BO-L", "genero": "mujer", "permiso": "sin_nombre",
        "demanda": "sube", "problemas": "precio transporte", "orden": "transporte precio",
        "confianza": "8", "confianza_dato": "D", "hoy": "2026-03-02", **more,
    }  # fmt: skip
    groups = {
        "quien": ("entrevistado", "papel", "rubro", "estudio", "departamento", "genero", "permiso"),
        "mercado": ("demanda", "problemas", "orden", "confianza"),
    }
    inside = f"<hoy>{told['hoy']}</hoy>"
    for group, names in groups.items():
        answers = "".join(f"<{name}>{told[name]}</{name}>" for name in names)
        inside += f"<{group}>{answers}</{group}>"
    version = form.versions.get().version
    xml = (
        f"<data id='evaluacion_rapida' version='{version}'>{inside}"
        f"<confianza_dato>{told['confianza_dato']}</confianza_dato>"
        f"<meta><instanceID>uuid:{uuid.uuid4()}</instanceID></meta></data>"
    )
    assert phone.phone().send(xml.encode()).status_code == 201
    return Submission.objects.get()


def approve(row: Submission, role: str = "lead") -> None:
    user = make.user("Elena Rocha", role=role)
    reviews.review(actor=make.actor(user), submission=row, state="approved")


def test_an_approved_interview_is_evidence_of_the_only_study_of_its_sector_once() -> None:
    study = a_study()
    a_study(title="Quinua", sectors=[assessing.sector("andean_grains")])
    assessments.set_questions(
        actor=make.actor(), study=study, texts=["¿Qué es lo que más cuesta?", "¿A quién vende?"]
    )
    row = heard()
    approve(row)
    approve(row)
    interview = Interview.objects.get()
    proof = interview.evidence
    assert (interview.study, interview.role, interview.sex) == (
        study, "Acopiadora de Caranavi", "female"
    )  # fmt: skip
    assert proof.source == "Acopiadora de Caranavi · cuestionario «Evaluación rápida de mercado»"
    assert (proof.kind, proof.reliability, proof.consent, str(proof.on)) == (
        "informant", "D", "anonymous", "2026-03-02"
    )  # fmt: skip
    assert proof.place is not None
    assert proof.place.code == "BO-L"
    told = {answer.question.text: answer.text for answer in interview.answers.all()}
    assert told["¿Qué es lo que más cuesta?"] == "El precio que pagan, Transporte"
    assert told["Ordene de lo que más pesa a lo que menos"] == (
        "1. Transporte; 2. El precio que pagan"
    )
    assert told["¿Qué hace en esta cadena?"] == "Compra y vende"
    texts = list(study.questions.values_list("text", flat=True))
    assert texts[:2] == ["¿Qué es lo que más cuesta?", "¿A quién vende?"]  # the study's own, first
    assert len(texts) == len(set(texts)) == 2 + len(told) - 1


def test_the_evidence_and_the_submission_lead_to_each_other() -> None:
    study = a_study()
    row = heard()
    approve(row)
    proof = Evidence.objects.get(study=study)
    client = client_of(make.user("Ana", role="lead"))
    sent = reverse("surveys:submission", args=[row.public_id])
    assert _address(proof) in client.get(sent).content.decode()
    assert sent in client.get(_address(proof)).content.decode()
    coordinator = client_of(cast.cast().coordinator).get(_address(proof)).content.decode()
    assert "E1" in coordinator
    assert str(row.public_id) not in coordinator  # no link to what they may not read


def _address(proof: Evidence) -> str:
    return reverse("studies:evidence", args=[proof.public_id])


def test_a_chosen_study_is_the_one_where_two_have_the_sector() -> None:
    a_study()
    second = a_study(title="Café, otra vez", round="2026")
    approve(heard(estudio=str(second.public_id)))
    assert Interview.objects.get().study == second


@pytest.mark.parametrize(
    ("make_studies", "told", "code"),
    [
        (lambda: [], {}, "studies.binding.no_study"),
        (lambda: [a_study(), a_study(title="Otro")], {}, "studies.binding.which_study"),
        (lambda: [a_study()], {"estudio": "nada"}, "studies.binding.value"),
        (lambda: [a_study()], {"estudio": str(uuid.UUID(int=7))}, "studies.binding.no_study"),
        (lambda: [a_study()], {"permiso": "quizas"}, "studies.binding.value"),
        (lambda: [a_study()], {"genero": "x"}, "studies.binding.value"),
        (lambda: [a_study()], {"departamento": "BO-?"}, "studies.binding.value"),
        (lambda: [a_study()], {"hoy": "ayer"}, "studies.binding.value"),
        (lambda: [a_study()], {"hoy": "2031-01-01"}, "studies.evidence.future"),
    ],
)  # fmt: skip
def test_what_does_not_fit_stops_the_approval_and_says_why(
    make_studies: Any, told: dict[str, str], code: str
) -> None:
    make_studies()
    row = heard(**told)
    with pytest.raises(Refused) as problem:
        approve(row)
    assert problem.value.code == code
    row.refresh_from_db()
    assert (row.state, Interview.objects.count()) == ("received", 0)


def test_a_closed_study_takes_nothing_more() -> None:
    study = a_study()
    row = heard(estudio=str(study.public_id))
    assessments.move_study(actor=make.actor(), study=study, status=Study.Status.CLOSED)
    with pytest.raises(Refused) as problem:
        approve(row)
    assert problem.value.code == "studies.study.closed"
    assert Interview.objects.count() == 0


def test_who_may_not_write_in_studies_does_not_by_approving() -> None:
    a_study()
    row = heard()
    with pytest.raises(Refused) as problem:
        approve(row, role="mel")
    assert problem.value.code == "studies.binding.not_yours"
    row = Submission.objects.get()
    user = make.user("Marco", role="mel")
    reviews.review(actor=make.actor(user), submission=row, state="approved", carries=False)
    row.refresh_from_db()
    assert (row.state, Interview.objects.count()) == ("approved", 0)


def test_without_consent_nothing_is_written() -> None:
    a_study()
    row = heard(permiso="")
    approve(row)
    assert Interview.objects.count() == 0
    outcome = row.outcomes.get(target="interview")
    assert not outcome.is_done
    assert outcome.sentence == "No se llevó: falta responder permiso de citar (si, sin_nombre, no)."


def test_the_list_of_studies_is_of_the_programme_under_way_for_who_reads_them() -> None:
    study = a_study()
    closed = a_study(title="Cerrado")
    assessments.move_study(actor=make.actor(), study=closed, status=Study.Status.CLOSED)
    assessing.study(programme=phone.programme("otro"), title="Ajeno")
    listed = lists.known()[LISTED]
    lead = make.user("Elena", role="lead")
    (row,) = listed.rows(phone.programme(), lead)
    assert (row["name"], row["label"], row["rubros"]) == (
        str(study.public_id), "Café (2019)", "coffee"
    )  # fmt: skip
    trainer = make.user("Tania", role="trainer", partner=cast.PARTNER)
    assert listed.rows(phone.programme(), trainer) == []
    assert listed.labels(phone.programme(), {str(closed.public_id)}) == {
        str(closed.public_id): "Cerrado (2019)"
    }


NAMESPACE = 'digna="urn:digna:surveys"'
HEAD = ("type", "name", "label", "bind::digna:dato")
WHOLE = (
    ("text", "quien", "Quién", "interview.role"),
    ("text", "permiso", "Permiso", "interview.consent"),
    ("text", "rubro", "Rubro", "interview.sector"),
    ("text", "uno", "¿Qué vende?", "interview.answer"),
    ("text", "dos", "¿Qué vende?", "interview.answer"),
)


def test_many_questions_may_be_answers_and_only_answers() -> None:
    told = workbooks.settings(namespaces=NAMESPACE)
    phone.form(workbooks.workbook((HEAD, *WHOLE), told=told))
    twice = (*WHOLE, ("text", "otra", "Quién más", "interview.role"))
    with pytest.raises(Refused) as problem:
        phone.form(
            workbooks.workbook(
                (HEAD, *twice), told=workbooks.settings("otro", namespaces=NAMESPACE)
            )
        )
    assert {f.code for f in problem.value.details["faults"]} == {"binding_twice"}
    lacking = workbooks.workbook((HEAD, *WHOLE[3:]), told=told)
    with pytest.raises(Refused) as problem:
        phone.form(lacking)
    assert [f.value for f in problem.value.details["faults"]] == [
        "interview.consent", "interview.role", "interview.sector / study"
    ]  # fmt: skip


def test_two_questions_of_the_same_words_are_one_answer_of_the_study() -> None:
    study = a_study()
    phone.form(workbooks.workbook((HEAD, *WHOLE), told=workbooks.settings(namespaces=NAMESPACE)))
    xml = (
        b"<data id='empresas' version='1'><quien>Gerente</quien><permiso>si</permiso>"
        b"<rubro>coffee</rubro><uno>Grano</uno><dos>Tostado</dos></data>"
    )
    assert phone.phone().send(xml).status_code == 201
    approve(Submission.objects.get())
    (answer,) = study.interviews.get().answers.all()
    assert (answer.question.text, answer.text) == ("¿Qué vende?", "Grano\nTostado")
