"""Screens: who enters, three taps, a mentor's own pairs alone, the same cost however many."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

import cast
import make
from cast import client_of
from digna.mentoring import tasks
from digna.mentoring.models import (
    Agreement,
    Application,
    Draft,
    Goal,
    MentoringSession,
    Outcome,
    Pair,
)
from digna.mentoring.services import drafts, meetings
from digna.registry.services import organisations
from mentoring import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> cast.Cast:
    return cast.cast()


def world(mentor_user: Any = None) -> dict[str, Any]:
    """A partner's cohort with a pair, an application, a draft."""
    partner = organisations.register_organisation(
        actor=make.actor(), name="CAINCO", code=cast.PARTNER, is_partner=True
    )
    cohort = made.cohort(partner=partner)
    mentor = made.mentor("Luz", capacity=2, partner=partner, user=mentor_user)
    pair = made.pair(made.application(cohort, "Ana"), mentor)
    meetings.log_session(actor=make.actor(), pair=pair, on=made.ago(3), channel="whatsapp")
    meetings.agree(
        actor=make.actor(), pair=pair, agreed_on=made.ago(50), by="mentor",
        how_often="cada semana", channel="whatsapp", aims="Precios",
    )  # fmt: skip
    waiting = made.application(cohort, "Eva")
    draft = drafts.ask_for_draft(actor=make.actor(), cohort=cohort, mode="optimal")
    tasks.draw_up.call(draft.pk)
    return {
        "cohort": cohort, "mentor": mentor, "pair": pair, "application": waiting,
        "draft": draft, "session": pair.sessions.get(),
    }  # fmt: skip


def pages(of: dict[str, Any]) -> dict[str, str]:
    cohort, pair = [of["cohort"].public_id], [of["pair"].public_id]
    application, mentor = [of["application"].public_id], [of["mentor"].public_id]
    named: dict[str, list[Any]] = {
        "cohorts": [], "open_cohort": [], "my_calendar": [], "mentors": [], "export_mentors": [],
        "cohort": cohort, "correct_cohort": cohort, "applications": cohort,
        "export_applications": cohort, "health": cohort,
        "export_health": cohort, "drafts": cohort, "outcomes": cohort, "export_outcomes": cohort,
        "application": application, "decide": application, "correct_application": application,
        "withdraw": application, "record_outcome": [*application, 6],
        "draft": [of["draft"].public_id],
        "alternatives": [of["draft"].public_id, *application],
        "mentor": mentor, "correct_mentor": mentor,
        "pair": pair, "decline": pair, "agreement": pair, "agreement_paper": pair,
        "pair_calendar": pair, "change": pair, "close": pair, "log": pair, "log_group": pair,
        "plan": pair, "session": [of["session"].public_id],
    }  # fmt: skip
    return {name: reverse(f"mentoring:{name}", args=args) for name, args in named.items()}


INSIDE = {"cohorts", "my_calendar"}
LISTS = {"mentors", "export_mentors"}
READS = {
    "cohort", "applications", "export_applications", "health", "export_health", "outcomes",
    "export_outcomes", "application", "mentor",
}  # fmt: skip
OF_PAIR = {"pair", "agreement_paper", "pair_calendar"}
LOGS = {"decline", "agreement", "close", "log", "log_group", "plan", "session"}
KEEPS = {
    "correct_cohort", "drafts", "decide", "correct_application", "withdraw", "record_outcome",
    "draft", "alternatives", "correct_mentor", "change",
}  # fmt: skip
EVERYTHING = INSIDE | LISTS | READS | OF_PAIR | LOGS | KEEPS | {"open_cohort"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", EVERYTHING),
        ("mel", EVERYTHING),
        ("coordinator", EVERYTHING),
        ("auditor", INSIDE | LISTS | READS | OF_PAIR),
        ("other_coordinator", INSIDE | LISTS | {"open_cohort"}),
        ("mentor", INSIDE | OF_PAIR | LOGS),
        ("trainer", set()),
        ("owner", set()),
    ],
)
def test_who_enters_where(people: cast.Cast, who: str, may: set[str]) -> None:
    client = client_of(getattr(people, who))
    for name, url in pages(world(people.mentor)).items():
        if name == "agreement_paper":
            continue  # drawn by a process of its own; asked below
        status = client.get(url).status_code
        assert (status == 200) == (name in may), (who, name, status)
        assert status in (200, 403, 404)


def test_a_stranger_signs_in_first() -> None:
    for url in pages(world()).values():
        assert client_of(None).get(url).status_code == 302


def test_a_mentor_sees_their_own_pairs_alone(people: cast.Cast) -> None:
    of = world(people.mentor)
    other = made.pair(made.application(of["cohort"], "Flor"), made.mentor("Sol"))
    client = client_of(people.mentor)
    page = client.get(reverse("mentoring:cohorts")).content.decode()
    assert str(of["pair"].application) in page
    assert str(other.application) not in page
    for name in ("pair", "log", "pair_calendar", "agreement"):
        url = reverse(f"mentoring:{name}", args=[other.public_id])
        assert client.get(url).status_code == 404
        assert client.post(url).status_code in (404, 405)


def sent(client: Client, name: str, args: list[Any], **values: Any) -> Any:
    return client.post(reverse(f"mentoring:{name}", args=args), values)


def test_a_session_takes_three_taps(people: cast.Cast) -> None:
    """The list (1: note a session), the channel (2), how it went (3): today and held by default."""
    of = world(people.mentor)
    client, key = client_of(people.mentor), of["pair"].public_id
    form = reverse("mentoring:log", args=[key])
    home = client.get(reverse("mentoring:cohorts")).content.decode()
    assert f'href="{form}"' in home
    page = client.get(form).content.decode()
    assert 'name="mood" value="4"' in page
    assert f'value="{made.today():%Y-%m-%d}"' in page
    reply = sent(client, "log", [key], on=made.today(), channel="phone", mood=4)
    row = MentoringSession.objects.get(on=made.today())
    assert (row.happened, row.channel, row.mentor_mood) == ("held", "phone", 4)
    assert reply.headers["Location"].endswith(f"#sesion-{row.pk}")


def test_a_no_show_has_no_mood_and_nothing_typed_is_lost(people: cast.Cast) -> None:
    of = world(people.mentor)
    client, key = client_of(people.mentor), of["pair"].public_id
    sent(
        client, "log", [key], on=made.today(), channel="whatsapp", happened="mentee_absent", mood=4
    )
    row = MentoringSession.objects.get(on=made.today())
    assert (row.happened, row.mentor_mood) == ("mentee_absent", None)
    refused = sent(
        client, "log", [key], on=made.ago(-3), channel="whatsapp", mood=4, agreed="Traer costos"
    )
    assert refused.status_code == 422
    assert "Traer costos" in refused.content.decode()


def test_the_coordinator_logs_without_saying_how_the_mentor_felt(people: cast.Cast) -> None:
    of = world(people.mentor)
    client = client_of(people.coordinator)
    sent(client, "log", [of["pair"].public_id], on=made.today(), channel="chat", mood=5)
    assert MentoringSession.objects.get(on=made.today()).mentor_mood is None


def test_the_same_tap_twice_is_one_session(people: cast.Cast) -> None:
    of = world(people.mentor)
    client, once = client_of(people.mentor), uuid.uuid4()
    for _again in range(2):
        sent(
            client, "log", [of["pair"].public_id], on=made.today(), channel="chat", mood=5,
            intention=once,
        )  # fmt: skip
    assert MentoringSession.objects.filter(on=made.today()).count() == 1


def test_the_list_of_pairs_opens_a_chat_and_leaves_as_a_workbook(people: cast.Cast) -> None:
    of = world(people.mentor)
    person = of["pair"].application.person
    type(person).objects.filter(pk=person.pk).update(phone="+59171234567")
    client = client_of(people.coordinator)
    page = client.get(reverse("mentoring:health", args=[of["cohort"].public_id]))
    assert "https://wa.me/59171234567?text=Hola%20Ana" in page.content.decode()
    url = reverse("mentoring:export_health", args=[of["cohort"].public_id])
    assert client.get(url).content[:2] == b"PK"
    csv = client.get(f"{url}?formato=csv").content.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("Emprende;Empresa;Acompaña;Estado")
    assert "Ana" in csv
    none = client.get(f"{url}?formato=csv&estado=por-responder").content.decode("utf-8-sig")
    assert len(none.splitlines()) == 1


def test_lists_cost_the_same_however_many(people: cast.Cast) -> None:
    of = world(people.mentor)
    client = client_of(people.lead)
    urls = [
        reverse("mentoring:health", args=[of["cohort"].public_id]),
        reverse("mentoring:applications", args=[of["cohort"].public_id]),
        reverse("mentoring:outcomes", args=[of["cohort"].public_id]),
        reverse("mentoring:mentors"),
        reverse("mentoring:cohorts"),
        reverse("mentoring:draft", args=[of["draft"].public_id]),
    ]

    def cost() -> list[int]:
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(url)
            found.append(len(asked))
        return found

    before = cost()
    for n in range(4):
        pair = made.pair(made.application(of["cohort"], f"N{n}"), made.mentor(f"M{n}"))
        meetings.log_session(actor=make.actor(), pair=pair, on=made.ago(2), channel="chat")
    assert cost() == before


def test_from_the_call_to_a_pair_by_hand(people: cast.Cast) -> None:
    client = client_of(people.lead)
    made.kit()
    programme = made.programme()
    told = {
        "title": "IMPULSA 2", "programme": programme.pk, "template": "one-to-one",
        "starts_on": made.ago(0), "ends_on": made.ago(-365), "call_opens_on": made.ago(1),
        "call_closes_on": made.ago(-9), "answer_days": 7, "silent_days": 21, "no_show_limit": 2,
    }  # fmt: skip
    refused = sent(client, "open_cohort", [], **told | {"ends_on": made.ago(9)})
    assert refused.status_code == 422
    assert "IMPULSA 2" in refused.content.decode()
    where = sent(client, "open_cohort", [], **told).headers["Location"]
    assert "/mentoria/postular/" in client.get(where).content.decode()

    person = make.person("Luz", sex="female")
    offer = {
        "capacity": 1, "languages": ["es"], "slots": ["sat-am"], "expertise": ["sales"],
        "is_available": "on",
    }  # fmt: skip
    profile = sent(client, "enlist", [person.public_id], **offer).headers["Location"]
    assert "0 de 1" in client.get(profile).content.decode()
    from digna.mentoring.models import Cohort

    cohort = Cohort.objects.get()
    one = made.application(cohort, "Ana", is_accepted=False, slots=["sat-am"])
    assert sent(client, "decide", [one.public_id], note="").status_code == 422
    sent(client, "decide", [one.public_id], note="", accept="1")
    reply = sent(client, "drafts", [cohort.public_id], mode="optimal")
    draft = Draft.objects.get()
    assert str(draft.public_id) in reply.headers["Location"]
    page = client.get(reply.headers["Location"]).content.decode()
    assert "Ventas y clientes" in page
    sent(client, "confirm_all", [draft.public_id])
    pair = Pair.objects.get()
    assert pair.state == Pair.State.ASKED
    sent(client, "accept", [pair.public_id])
    pair.refresh_from_db()
    assert pair.state == Pair.State.ACTIVE


def test_why_not_is_told_and_anybody_may_be_chosen(people: cast.Cast) -> None:
    of = world(people.mentor)
    far = made.mentor("Rita", languages=["qu"])
    client = client_of(people.coordinator)
    fresh = drafts.ask_for_draft(actor=make.actor(), cohort=of["cohort"], mode="suggested")
    tasks.draw_up.call(fresh.pk)
    key, one = fresh.public_id, of["application"].public_id
    page = client.get(reverse("mentoring:alternatives", args=[key, one])).content.decode()
    assert "No comparten idioma" in page
    sent(client, "replace", [key, one, far.public_id])
    proposal = fresh.proposals.get(mentor=far)
    assert proposal.is_by_hand
    sent(client, "decide_proposal", [proposal.pk])
    assert Pair.objects.filter(mentor=far, state="asked").exists()
    told = sent(client, "decide_proposal", [proposal.pk], follow=True)
    assert told.status_code == 302


def test_a_draft_under_way_is_asked_again_and_then_shown(people: cast.Cast) -> None:
    of = world()
    client, url = client_of(people.lead), reverse("mentoring:draft", args=[of["draft"].public_id])
    Draft.objects.update(state=Draft.State.WAITING)
    asked = client.get(url, headers={"hx-request": "true"})
    assert b"progress" in asked.content
    Draft.objects.update(state=Draft.State.READY)
    done = client.get(url, headers={"hx-request": "true"})
    assert done.headers["HX-Refresh"] == "true"


def test_the_pairs_page_keeps_goals_notes_and_follow_up(people: cast.Cast) -> None:
    of = world(people.mentor)
    key = of["pair"].public_id
    client = client_of(people.mentor)
    sent(client, "set_goal", [key], **{"goal-what": "Vender más", "goal-due_on": ""})
    goal = Goal.objects.get()
    sent(client, "settle_goal", [key, goal.pk], state="reached")
    goal.refresh_from_db()
    assert goal.state == "reached"
    assert sent(client, "set_goal", [key], **{"goal-what": ""}).status_code == 422
    assert sent(client, "follow_up", [key]).status_code == 403
    coordinator = client_of(people.coordinator)
    sent(coordinator, "follow_up", [key], **{"follow-on": made.today(), "follow-what": "Llamé"})
    assert "Llamé" in coordinator.get(reverse("mentoring:pair", args=[key])).content.decode()


def test_a_mentor_cannot_accept_for_the_mentee(people: cast.Cast) -> None:
    of = world(people.mentor)
    key = of["pair"].public_id
    assert sent(client_of(people.mentor), "accept_agreement", [key], mentee="1").status_code == 404
    assert Agreement.objects.get().mentee_accepted_at is None
    sent(client_of(people.coordinator), "accept_agreement", [key], mentee="1")
    assert Agreement.objects.get().mentee_accepted_at is not None


def test_a_change_of_pair_asks_no_blame(people: cast.Cast) -> None:
    of = world(people.mentor)
    key = of["pair"].public_id
    client = client_of(people.coordinator)
    page = client.get(reverse("mentoring:change", args=[key])).content.decode()
    assert "no es culpa de nadie" in page
    sent(client, "change", [key], on=made.today(), ending="schedule", note="")
    of["pair"].refresh_from_db()
    assert of["pair"].state == Pair.State.CHANGED
    assert sent(client_of(people.mentor), "change", [key]).status_code == 403


def test_a_measurement_may_leave_questions_open(people: cast.Cast) -> None:
    of = world()
    application: Application = of["pair"].application
    client = client_of(people.coordinator)
    told = {"on": made.today(), "method": "declared", "sales": "0", "practice-knows_cost": "no"}
    sent(client, "record_outcome", [application.public_id, 0], **told)
    row = Outcome.objects.get()
    assert (row.sales, row.jobs_women, row.practices) == (0, None, {"knows_cost": False})
    empty = {"on": made.today(), "method": "declared"}
    assert sent(client, "record_outcome", [application.public_id, 6], **empty).status_code == 422
    page = client.get(reverse("mentoring:outcomes", args=[of["cohort"].public_id]))
    assert "1 de 1 (100 %)" in page.content.decode().replace("\xa0", " ")
    assert (
        client.get(reverse("mentoring:record_outcome", args=[application.public_id, 7])).status_code
        == 404
    )


def test_sessions_go_to_a_calendar_with_a_uid_that_stays(people: cast.Cast) -> None:
    of = world(people.mentor)
    row = meetings.plan_session(actor=make.actor(), pair=of["pair"], on=made.ago(-2))
    client = client_of(people.mentor)
    for url in (
        reverse("mentoring:my_calendar"),
        reverse("mentoring:pair_calendar", args=[of["pair"].public_id]),
    ):
        text = client.get(url).content.decode()
        assert f"UID:{row.public_id}@digna" in text
        assert text.count("BEGIN:VEVENT") == 2


def test_the_pages_are_in_english_too(people: cast.Cast) -> None:
    of = world(people.mentor)
    client = client_of(people.lead)
    client.cookies["idioma"] = "en"
    for name, expected in (("health", "Pairs"), ("applications", "Applications")):
        url = reverse(f"mentoring:{name}", args=[of["cohort"].public_id])
        assert expected in client.get(url).content.decode()
    with translation.override("en"):
        assert str(Pair.State.ASKED.label) == "waiting for an answer"


def test_stories_of_person_and_firm_tell_of_mentoring(people: cast.Cast) -> None:
    of = world(people.mentor)
    client = client_of(people.lead)
    person = of["pair"].application.person
    page = client.get(reverse("registry:person", args=[person.public_id])).content.decode()
    assert "Mentoría con" in page
    assert "Hacer mentor/a" in page
    mentor = of["mentor"].person
    page = client.get(reverse("registry:person", args=[mentor.public_id])).content.decode()
    assert "Como mentor/a" in page


def test_a_mentors_first_page_says_whom_to_answer(people: cast.Cast) -> None:
    of = world(people.mentor)
    made.asked(of["application"], of["mentor"])
    page = client_of(people.mentor).get("/").content.decode()
    assert "espera su respuesta" in page
    assert "Anotar una sesión con" in page
