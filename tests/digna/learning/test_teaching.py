"""Who teaches: enrolling, groups, the board, who is behind, meetings, reviews; and who does not."""

import itertools
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

import make
from cast import PARTNER, Cast, cast, client_of
from digna.errors import Clash, Refused
from digna.journal.actor import Actor
from digna.learning import finishing
from digna.learning.models import Enrolment, Group, TaskSubmission, UnitAttendance
from digna.learning.selectors import boards, queue
from digna.learning.services import enrolments, groups, progress, tasks
from digna.registry import stories
from digna.registry.models import Organisation, Person
from digna.registry.services import erasure, merges
from learning import made

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
PHONES = itertools.count(10000)


@pytest.fixture
def players() -> Cast:
    return cast()


def partner() -> Organisation:
    return make.organisation("Cainco", code=PARTNER, is_partner=True)


def group(**values: Any) -> Group:
    return groups.open_group(
        actor=values.pop("by", make.actor()),
        course=made.course(),
        name=values.pop("name", "El Alto"),
        starts_on=values.pop("starts_on", TODAY - timedelta(days=10)),
        **values,
    )


def in_group(row: Group, name: str = "Rosa", **values: Any) -> Enrolment:
    person = make.person(name, phone=f"+591712{next(PHONES)}")
    return made.enrolment(person, course=row.course, group=row, **values)


def hand_in(row: Enrolment, **values: Any) -> TaskSubmission:
    return tasks.hand_in(
        actor=Actor(**values), enrolment=row, lesson="un-lugar", task="foto",
        text="Listo", photos=[made.picture()],
    )  # fmt: skip


def whole(row: Enrolment) -> None:
    """Everything a course asks for but the reviewer's word."""
    act = make.actor()
    for lesson, quiz, answers in (
        ("que-sobra", "repaso", {"q1": "a", "q2": ["a", "c"], "q3": "false", "q4": "120"}),
        ("un-lugar", "pasos", {"q1": ["separar", "ubicar", "limpiar"]}),
    ):
        progress.answer_quiz(actor=act, enrolment=row, lesson=lesson, quiz=quiz, answers=answers)
        progress.finish_lesson(actor=act, enrolment=row, lesson=lesson)


def test_a_person_is_enrolled_once() -> None:
    person = make.person()
    assert made.enrolment(person) == made.enrolment(person)


def test_who_learns_alone_joins_a_group_and_keeps_the_way() -> None:
    person = make.person()
    alone = made.enrolment(person)
    row = group()
    assert (
        enrolments.enrol(actor=make.actor(), course=row.course, person=person, group=row) == alone
    )
    assert Enrolment.objects.get().group == row


def test_nobody_enrols_in_a_course_out_of_use() -> None:
    row = made.course()
    type(row).objects.update(retired_on=TODAY)
    row.refresh_from_db()
    with pytest.raises(Refused) as told:
        enrolments.enrol(actor=make.actor(), course=row, person=make.person())
    assert told.value.code == "learning.course.closed"


def test_the_people_of_a_firm_are_enrolled_from_its_page(players: Cast) -> None:
    row = group(by=make.actor(players.lead))
    firm = make.enterprise("Taller Sol")
    people = [make.person("Ana"), make.person("Luz")]
    for person in people:
        person.affiliations.create(enterprise=firm, role="worker", starts_on=TODAY)
    url = reverse("learning:enrol_firm", args=[firm.public_id])
    client = client_of(players.lead)
    assert "Ana" in client.get(url).content.decode()
    reply = client.post(
        url,
        {
            "where": f"g:{row.public_id}",
            "people": [p.pk for p in people],
            "intention": uuid.uuid4(),
        },
    )
    assert reply["location"] == row.get_absolute_url()
    assert {one.enterprise for one in Enrolment.objects.all()} == {firm}


def test_the_board_says_who_is_behind() -> None:
    row = group(due_on=TODAY + timedelta(days=10))
    done = in_group(row, "Ana")
    in_group(row, "Luz")
    progress.finish_lesson(actor=make.actor(), enrolment=done, lesson="que-sobra")
    page = boards.board(row, TODAY)
    assert page.due == 1
    assert [(r.enrolment.person.given_names, r.behind) for r in page.rows] == [
        ("Luz", 1),
        ("Ana", 0),
    ]
    assert (page.began, page.behind, page.known) == (1, 1, 2)


def test_the_days_of_units_decide_what_is_due() -> None:
    row = group(schedule={"mirar": TODAY - timedelta(days=1)})
    in_group(row)
    assert boards.board(row, TODAY).due == 2
    assert boards.board(row, TODAY - timedelta(days=1)).due == 0


def test_the_board_costs_the_same_with_more_people(
    players: Cast, django_assert_max_num_queries: Any
) -> None:
    row = group(partner=partner())
    client = client_of(players.lead)
    for _ in range(6):
        in_group(row)
    with django_assert_max_num_queries(26):
        page = client.get(row.get_absolute_url()).content.decode()
    assert page.count("wa.me") == 6
    assert "aprender%2Fmi%2F" in page or "aprender/mi/" in page


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_board_leaves_as_a_file_and_on_paper(players: Cast, form: str) -> None:
    row = group()
    in_group(row, "Ana")
    client = client_of(players.lead)
    reply = client.get(reverse("learning:export_group", args=[row.public_id]), {"formato": form})
    assert reply.status_code == 200
    paper = client.get(reverse("learning:group_paper", args=[row.public_id])).content.decode()
    assert "Ana" in paper
    assert "<svg" in paper


def test_each_sees_the_groups_of_their_own(players: Cast) -> None:
    row = group(partner=partner())
    one = in_group(row)
    url, mine = row.get_absolute_url(), reverse("learning:enrolment", args=[one.public_id])
    for user, status in (
        (players.lead, 200), (players.mel, 200), (players.auditor, 200), (players.coordinator, 200),
        (players.trainer, 200), (players.other_coordinator, 404), (players.mentor, 403),
        (players.owner, 403), (None, 302),
    ):  # fmt: skip
        assert client_of(user).get(url).status_code == status, user
        assert client_of(user).get(mine).status_code == status, user


def test_the_trainer_of_a_group_reaches_it_from_anywhere(players: Cast) -> None:
    row = group(trainer=players.other_coordinator)
    assert client_of(players.other_coordinator).get(row.get_absolute_url()).status_code == 200


def test_the_auditor_reads_and_changes_nothing(players: Cast) -> None:
    row = group()
    one = in_group(row)
    client = client_of(players.auditor)
    assert "wa.me" not in client.get(row.get_absolute_url()).content.decode()
    assert (
        str(one.token)
        not in client.get(reverse("learning:enrolment", args=[one.public_id])).content.decode()
    )
    for name in ("change_group", "close_group"):
        assert client.post(reverse(f"learning:{name}", args=[row.public_id])).status_code == 403


def test_a_meeting_is_marked_for_all_who_are_in(players: Cast) -> None:
    row = group()
    one, other = in_group(row, "Ana"), in_group(row, "Luz")
    url = reverse("learning:meeting", args=[row.public_id, "mirar"])
    client = client_of(players.lead)
    assert client.get(url).status_code == 200
    client.post(url, {"on": "2026-11-18", "came": [one.pk], "intention": uuid.uuid4()})
    marks = {m.enrolment_id: m.came for m in UnitAttendance.objects.all()}
    assert marks == {one.pk: True, other.pk: False}
    client.post(url, {"on": "2026-11-18", "came": [other.pk], "intention": uuid.uuid4()})
    assert UnitAttendance.objects.count() == 2


def test_a_review_accepts_and_goes_on_to_the_next(players: Cast) -> None:
    row = group()
    first, second = hand_in(in_group(row, "Ana")), hand_in(in_group(row, "Luz"))
    client = client_of(players.lead)
    page = client.get(first.get_absolute_url()).content.decode()
    assert "Se ve la marca de cada herramienta." in page
    reply = client.post(
        first.get_absolute_url(), {"accept": "1", "met": ["marca"], "intention": uuid.uuid4()}
    )
    assert reply["location"] == second.get_absolute_url()
    first.refresh_from_db()
    assert (first.state, first.met, first.reviewed_by) == ("accepted", ["marca"], players.lead)
    again = {"again": "1", "note": "", "intention": uuid.uuid4()}
    assert client.post(second.get_absolute_url(), again).status_code == 422
    again |= {"note": "Falta la marca.", "intention": uuid.uuid4()}
    assert client.post(second.get_absolute_url(), again)["location"] == reverse("learning:reviews")


def test_two_who_review_at_once_do_not_undo_each_other() -> None:
    made_task = hand_in(made.enrolment())
    tasks.review(actor=make.actor(), submission=made_task, is_accepted=True)
    with pytest.raises(Clash) as told:
        tasks.review(actor=make.actor(), submission=made_task, is_accepted=False, note="no")
    assert told.value.code == "learning.review.already"


def test_the_queue_shows_the_latest_of_each_task() -> None:
    row = made.enrolment()
    now = timezone.now()
    hand_in(row, at=now - timedelta(hours=2))
    latest = hand_in(row, at=now - timedelta(hours=1))
    waiting = queue.waiting(TaskSubmission.objects.all())
    assert list(waiting) == [latest]
    tasks.review(actor=make.actor(), submission=latest, is_accepted=True)
    assert not queue.waiting(TaskSubmission.objects.all())


def test_nobody_reviews_their_own_task(players: Cast) -> None:
    person = make.person("Tania")
    Person.objects.filter(pk=person.pk).update(account=players.lead)
    person.refresh_from_db()
    mine = hand_in(made.enrolment(person))
    assert client_of(players.lead).get(mine.get_absolute_url()).status_code == 404


def test_the_photograph_is_for_who_took_it_and_who_reviews(players: Cast) -> None:
    row = made.enrolment()
    photo = hand_in(row).photos.get()
    for user, status in ((players.lead, 200), (players.owner, 404), (None, 404)):
        assert client_of(user).get(photo.get_absolute_url()).status_code == status
    mine = client_of(None)
    mine.get(reverse("learning:enter", args=[row.token]))
    assert mine.get(photo.get_absolute_url()).status_code == 200


def test_a_finished_course_is_told_once_to_whoever_listens(monkeypatch: Any) -> None:
    heard: list[Enrolment] = []

    def hear(_actor: Actor, row: Enrolment) -> None:
        heard.append(row)

    monkeypatch.setattr(finishing, "COURSE_FINISHED", [hear])
    row = made.enrolment()
    whole(row)
    assert heard == []
    tasks.review(actor=make.actor(), submission=hand_in(row), is_accepted=True)
    hand_in(row)
    progress.finish_lesson(actor=make.actor(), enrolment=row, lesson="un-lugar")
    assert heard == [row]


def test_withdrawing_asks_why_and_coming_back_finishes_what_was_done(players: Cast) -> None:
    row = made.enrolment()
    url = reverse("learning:withdraw", args=[row.public_id])
    client = client_of(players.lead)
    assert client.post(url, {"reason": "", "intention": uuid.uuid4()}).status_code == 422
    client.post(url, {"reason": "viaje", "intention": uuid.uuid4()})
    row.refresh_from_db()
    assert (row.state, row.withdrawn_reason) == ("withdrawn", "viaje")
    whole(row)
    tasks.review(actor=make.actor(), submission=hand_in(row), is_accepted=True)
    act = {"act": "reopen", "intention": uuid.uuid4()}
    client.post(reverse("learning:act", args=[row.public_id]), act)
    row.refresh_from_db()
    assert row.state == "finished"


def test_erasing_a_person_forgets_words_answers_photographs_and_link() -> None:
    row = made.enrolment()
    whole(row)
    made_task = hand_in(row)
    name = made_task.photos.get().file.name
    storage = made_task.photos.get().file.storage
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=row.person)
    row.refresh_from_db()
    made_task.refresh_from_db()
    assert (row.token, made_task.text) == (None, "")
    assert [attempt.answers for attempt in row.attempts.all()] == [{}, {}]
    assert row.attempts.first() is not None
    assert not made_task.photos.exists()
    assert not storage.exists(name)


def test_merging_two_records_keeps_both_ways_and_the_furthest_goes_on() -> None:
    keep, absorb = make.person("Rosa"), make.person("Rosa")
    made.enrolment(keep)
    far = made.enrolment(absorb)
    progress.finish_lesson(actor=make.actor(), enrolment=far, lesson="que-sobra")
    user = make.user("Rosa")
    Person.objects.filter(pk=keep.pk).update(account=user)
    merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    assert Enrolment.objects.filter(person=keep).count() == 2
    page = client_of(user).get(reverse("learning:course_page", args=["orden"])).content.decode()
    assert "1 de 2 lecciones" in page


def test_the_story_of_a_person_and_of_a_firm_tells_courses(players: Cast) -> None:
    firm = make.enterprise("Taller Sol")
    row = made.enrolment(make.person("Ana"), enterprise=firm)
    whole(row)
    tasks.review(actor=make.actor(), submission=hand_in(row), is_accepted=True)
    told = [entry.what for entry in stories.of_person(row.person)]
    assert "Terminó un curso" in told
    assert "Se inscribió a un curso" in told
    assert "Terminó un curso" in [entry.what for entry in stories.of_enterprise(firm)]
    links = stories.links_of_person(players.trainer, row.person)
    assert "Inscribir a un curso" in [link.label for link in links]
    assert not [
        link for link in stories.links_of_person(players.auditor, row.person)
        if "curso" in link.label
    ]  # fmt: skip
