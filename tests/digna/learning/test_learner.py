"""What a learner does on the pages: read, answer, tick, hand in, finish, be certified."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import make
from cast import cast, client_of
from digna.learning.models import (
    ChecklistMark,
    Enrolment,
    LessonProgress,
    QuizAttempt,
    TaskSubmission,
)
from digna.learning.services import enrolments, tasks
from learning import made

pytestmark = pytest.mark.django_db
FIRST = ("orden", "que-sobra")
SECOND = ("orden", "un-lugar")


@pytest.fixture
def learner() -> tuple[Client, Enrolment]:
    user = make.user("Rosa Mamani")
    person = make.person("Rosa", "Mamani")
    type(person).objects.filter(pk=person.pk).update(account=user)
    person.refresh_from_db()
    return client_of(user), made.enrolment(person)


def send(client: Client, view: str, lesson: tuple[str, str], **values: Any) -> Any:
    intention = values.pop("intention", str(uuid.uuid4()))
    return client.post(reverse(f"learning:{view}", args=lesson), {**values, "intention": intention})


def photo(name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, made.picture(), "image/png")


def test_the_home_shows_where_to_go_on(learner: tuple[Client, Enrolment]) -> None:
    client, _row = learner
    page = client.get(reverse("learning:home")).content.decode()
    assert "Orden en el taller" in page
    assert "0 de 2 lecciones" in page
    assert reverse("learning:lesson", args=FIRST) in page


def test_a_lesson_is_one_page_that_reads_without_a_program(
    learner: tuple[Client, Enrolment],
) -> None:
    client, _row = learner
    reply = client.get(reverse("learning:lesson", args=FIRST))
    page = reply.content.decode()
    assert reply.status_code == 200
    assert "queda a la mano" in page
    assert "<table" in page
    assert 'alt="Un estante con cuatro cajas"' in page
    assert "El pasillo está libre." in page
    assert "¿Qué hace primero?" in page
    assert 'data-intention="learning.quiz.answered"' in page
    assert "que-sobra.es.opus" in page
    assert len(reply.content) <= 60_000


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "You do not know how many"),
        ("es_facil", "Saque lo que no usa."),
        ("es", "Lo que usa una vez al mes"),
    ],
)
def test_a_lesson_speaks_the_language_that_was_chosen(
    learner: tuple[Client, Enrolment], language: str, words: str
) -> None:
    client, _row = learner
    url = reverse("learning:lesson", args=FIRST)
    assert words in client.get(f"{url}?idioma={language}").content.decode()
    assert words in client.get(url).content.decode()


def test_the_best_of_all_attempts_counts(learner: tuple[Client, Enrolment]) -> None:
    client, row = learner
    send(client, "answer", FIRST, quiz="repaso", **made.RIGHT_FIRST)
    send(client, "answer", FIRST, quiz="repaso", **{"q.q1": "b"})
    attempts = list(QuizAttempt.objects.filter(enrolment=row))
    assert [(one.right_count, one.question_count) for one in attempts] == [(4, 4), (0, 4)]
    page = client.get(reverse("learning:course_page", args=["orden"])).content.decode()
    assert "Respuestas correctas: 4 de 6" in page


def test_feedback_is_given_for_the_option_chosen(learner: tuple[Client, Enrolment]) -> None:
    client, _row = learner
    reply = send(client, "answer", FIRST, quiz="repaso", **{"q.q1": "b", "q.q4": "100"})
    page = client.get(reply["location"].split("#")[0]).content.decode()
    assert "Todavía no sabe cuántas." in page
    assert "Antes de comprar se separa." in page
    assert "Multiplique 6 por 20." in page


def test_nothing_answered_is_refused_on_the_page(learner: tuple[Client, Enrolment]) -> None:
    client, _row = learner
    reply = send(client, "answer", FIRST, quiz="repaso")
    assert reply.status_code == 422
    assert "No respondió ninguna pregunta" in reply.content.decode()
    assert not QuizAttempt.objects.exists()


def test_lines_are_ticked_and_unticked(learner: tuple[Client, Enrolment]) -> None:
    client, row = learner
    send(client, "mark", FIRST, checklist="recorrido", item=["pasillo", "mesa"])
    send(client, "mark", FIRST, checklist="recorrido", item=["mesa"])
    marks = {m.item_code: m.is_done for m in ChecklistMark.objects.filter(enrolment=row)}
    assert marks == {"pasillo": False, "mesa": True}


def test_the_same_intention_twice_is_once(learner: tuple[Client, Enrolment]) -> None:
    client, _row = learner
    one = str(uuid.uuid4())
    for _ in range(2):
        send(client, "answer", FIRST, quiz="repaso", intention=one, **made.RIGHT_FIRST)
    assert QuizAttempt.objects.count() == 1


def test_a_task_without_its_photo_keeps_what_was_typed(
    learner: tuple[Client, Enrolment],
) -> None:
    client, _row = learner
    reply = send(client, "hand_in", SECOND, task="foto", text="Pinté las marcas")
    assert reply.status_code == 422
    assert "Pinté las marcas" in reply.content.decode()
    assert not TaskSubmission.objects.exists()


def test_the_whole_way_ends_with_a_certificate(learner: tuple[Client, Enrolment]) -> None:
    client, row = learner
    send(client, "answer", FIRST, quiz="repaso", **made.RIGHT_FIRST)
    send(client, "finish", FIRST)
    send(client, "answer", SECOND, quiz="pasos", **made.RIGHT_SECOND)
    send(client, "finish", SECOND)
    send(client, "hand_in", SECOND, task="foto", text="Listo", photo=photo())
    row.refresh_from_db()
    assert row.state == Enrolment.State.ACTIVE
    submission = TaskSubmission.objects.get()
    assert submission.photos.count() == 1
    tasks.review(actor=make.actor(cast().trainer), submission=submission, is_accepted=True)
    row.refresh_from_db()
    assert row.state == Enrolment.State.FINISHED
    assert row.certificate is not None
    assert row.certificate.hours == 4
    page = client.get(reverse("learning:course_page", args=["orden"])).content.decode()
    assert row.certificate.code in page
    assert LessonProgress.objects.filter(enrolment=row).count() == 2


def test_a_task_that_came_back_says_what_is_missing(learner: tuple[Client, Enrolment]) -> None:
    client, row = learner
    trainer = make.actor(make.user("Formadora"))
    send(client, "hand_in", SECOND, task="foto", photo=photo())
    first = TaskSubmission.objects.get()
    tasks.review(actor=trainer, submission=first, is_accepted=False, note="Falta la marca.")
    page = client.get(reverse("learning:lesson", args=SECOND)).content.decode()
    assert "Falta la marca." in page
    send(client, "hand_in", SECOND, task="foto", photo=photo())
    assert TaskSubmission.objects.filter(enrolment=row).count() == 2


def test_a_personal_link_needs_no_account() -> None:
    row = made.enrolment()
    client = client_of(None)
    reply = client.get(reverse("learning:enter", args=[row.token]))
    assert reply["location"] == reverse("learning:course_page", args=["orden"])
    assert client.get(reply["location"]).status_code == 200
    send(client, "finish", FIRST)
    assert LessonProgress.objects.filter(enrolment=row).exists()
    client.post(reverse("learning:leave"))
    assert client.get(reply["location"]).status_code == 404


def test_a_renewed_link_closes_the_old_one() -> None:
    row = made.enrolment()
    client = client_of(None)
    old = row.token
    client.get(reverse("learning:enter", args=[old]))
    enrolments.renew_link(actor=make.actor(), enrolment=row)
    assert client.get(reverse("learning:course_page", args=["orden"])).status_code == 404
    assert client.get(reverse("learning:enter", args=[old])).status_code == 404


def test_others_do_not_reach_my_course(learner: tuple[Client, Enrolment]) -> None:
    for part, user in cast().everybody():
        client = client_of(user)
        assert client.get(reverse("learning:course_page", args=["orden"])).status_code == 404, part
        assert client.get(reverse("learning:lesson", args=FIRST)).status_code == 404, part
        assert send(client, "finish", FIRST).status_code == 404, part
        assert client.get(reverse("learning:home")).status_code == 200, part


def test_a_person_with_an_account_begins_an_open_course_alone() -> None:
    made.course()
    user = make.user("Olga")
    person = make.person("Olga")
    type(person).objects.filter(pk=person.pk).update(account=user)
    client = client_of(user)
    assert "Orden en el taller" in client.get(reverse("learning:home")).content.decode()
    client.post(reverse("learning:begin", args=["orden"]), {"intention": str(uuid.uuid4())})
    assert Enrolment.objects.get().person == person


def test_the_pages_cost_the_same_however_much_was_done(
    learner: tuple[Client, Enrolment], django_assert_max_num_queries: Any
) -> None:
    client, _row = learner
    for _ in range(5):
        send(client, "answer", FIRST, quiz="repaso", **made.RIGHT_FIRST)
    with django_assert_max_num_queries(26):
        client.get(reverse("learning:lesson", args=FIRST))
    with django_assert_max_num_queries(26):
        client.get(reverse("learning:course_page", args=["orden"]))


def test_the_manifest_lists_all_that_is_needed(learner: tuple[Client, Enrolment]) -> None:
    client, row = learner
    told = client.get(reverse("learning:take_along", args=["orden"])).json()
    kinds = [entry["kind"] for entry in told["urls"]]
    assert kinds.count("lesson") == 2
    assert kinds.count("course") == kinds.count("image") == kinds.count("audio") == 1
    assert told["total_bytes"] == sum(entry["bytes"] for entry in told["urls"])
    assert told["enrolment"] == str(row.public_id)
    assert told["progress"]["lessons"] == [0, 2]
    for entry in told["urls"]:
        assert client.get(entry["url"]).status_code == 200, entry
        assert entry["bytes"] <= 60_000


def test_files_are_harmless_and_kept_for_ever(learner: tuple[Client, Enrolment]) -> None:
    client, row = learner
    file = row.course.files.get(name="estante.svg")
    reply = client.get(file.get_absolute_url())
    assert reply["content-type"] == "image/svg+xml"
    assert "sandbox" in reply["content-security-policy"]
    assert "immutable" in reply["cache-control"]
    assert client.get(reverse("learning:media", args=["0" * 16, "a.svg"])).status_code == 404
