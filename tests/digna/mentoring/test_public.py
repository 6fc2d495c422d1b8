"""Without an account: apply, choose, tell a mood, agree; and what a link does not show."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import make
from digna.mentoring.models import Application, Cohort
from digna.mentoring.services import meetings
from digna.registry.models import Consent, ConsentText, Person
from mentoring import made

pytestmark = pytest.mark.django_db

TOLD = {
    "given_names": "Ana", "surnames": "Quispe", "phone": "71234567", "sex": "female",
    "business": "Café de Ana", "needs": ["sales", "costs"], "languages": ["es", "ay"],
    "slots": ["sat-am", "mon-eve"], "hours_a_month": "4", "care": "yes", "needs_childcare": "yes",
    "constraints_note": "Solo de noche", "motivation": "Vender todo el año",
    "accepts_conduct": "on", "stage": "young", "wants_sex": "female",
}  # fmt: skip


def applied(cohort: Cohort, client: Client | None = None, **values: Any) -> Any:
    url = reverse("mentoring:apply", args=[cohort.token])
    return (client or Client()).post(url, TOLD | values)


def test_somebody_applies_without_an_account_and_gets_a_page_of_her_own() -> None:
    reply = applied(made.cohort())
    row = Application.objects.get()
    assert reply.headers["Location"] == reverse("mentoring:mine", args=[row.token])
    assert (row.care, row.needs_childcare, row.hours_a_month) == ("yes", True, 4)
    assert (row.needs, row.languages, row.wants_sex) == (["sales", "costs"], ["es", "ay"], "female")
    assert (row.person.phone, row.conduct_version) == ("+59171234567", "1")
    page = Client().get(reply.headers["Location"]).content.decode()
    assert "Tenemos su postulación" in page


def test_the_form_asks_for_consent_word_for_word_and_keeps_what_was_typed() -> None:
    text = ConsentText.objects.create(
        purpose="taking_part", version="1", language="es", title="Participar", text="Acepto que…",
        is_required=True,
    )  # fmt: skip
    refused = applied(made.cohort())
    assert refused.status_code == 422
    assert "Café de Ana" in refused.content.decode()
    assert Person.objects.count() == 0
    applied(Cohort.objects.get(), **{f"consent_{text.pk}": "on"})
    assert Consent.objects.get().is_given


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"accepts_conduct": ""}, "código de conducta"),
        ({"needs": ["sales", "costs", "people", "digital"]}, "hasta tres"),
        ({"phone": "123"}, "celular"),
        ({"slots": []}, "obligatorio"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(values: dict[str, Any], said: str) -> None:
    reply = applied(made.cohort(), **values)
    assert reply.status_code == 422
    assert said in reply.content.decode()
    assert not Application.objects.exists()


def test_a_closed_call_takes_nobody() -> None:
    cohort = made.cohort(call_closes_on=made.ago(1))
    page = Client().get(reverse("mentoring:apply", args=[cohort.token])).content.decode()
    assert "Se puede postular del" in page
    assert applied(cohort).status_code == 422
    assert not Application.objects.exists()


def test_the_same_person_twice_is_one_application_and_shows_no_page_once_accepted() -> None:
    cohort = made.cohort()
    applied(cohort)
    applied(cohort, business="Café y té")
    row = Application.objects.get()
    assert row.business == "Café y té"
    Application.objects.update(state="accepted")
    again = applied(cohort)
    assert again.status_code == 200
    assert "Ya tenemos su postulación" in again.content.decode()
    assert str(row.token) not in again.content.decode()


def test_a_wrong_link_says_so() -> None:
    for name in ("apply", "mine", "rank"):
        assert Client().get(reverse(f"mentoring:{name}", args=["nada"])).status_code == 404


def test_she_chooses_mentors_by_first_name_alone() -> None:
    row = made.application(made.cohort())
    assert row.token
    mentor = made.mentor("Luz Clara", headline="15 años en café")
    url = reverse("mentoring:rank", args=[row.token])
    page = Client().get(url).content.decode()
    assert "15 años en café" in page
    assert mentor.person.surnames not in page
    assert "Clara" not in page
    Client().post(url, {"first": str(mentor.public_id)})
    row.refresh_from_db()
    assert row.ranking == [str(mentor.public_id)]
    twice = Client().post(url, {"first": str(mentor.public_id), "second": str(mentor.public_id)})
    assert twice.status_code == 422


def test_she_tells_her_mood_and_agrees_from_her_own_page() -> None:
    pair = made.pair()
    session = meetings.log_session(
        actor=make.actor(), pair=pair, on=made.ago(1), channel="whatsapp", mood=5
    )
    meetings.agree(
        actor=make.actor(), pair=pair, agreed_on=made.ago(50), by="mentor",
        how_often="cada semana", channel="whatsapp", aims="Precios",
    )  # fmt: skip
    token = pair.application.token
    page = Client().get(reverse("mentoring:mine", args=[token])).content.decode()
    assert "¿Cómo salió de la sesión" in page
    Client().post(reverse("mentoring:tell_mood", args=[token]), {"session": session.pk, "mood": 3})
    session.refresh_from_db()
    assert (session.mentee_mood, session.mentor_mood) == (3, 5)
    Client().post(reverse("mentoring:mine_agreement", args=[token]))
    pair.agreement.refresh_from_db()
    assert pair.agreement.mentee_accepted_at is not None
    assert reverse("mentoring:rank", args=[token]) not in page


def test_another_ones_session_cannot_be_told_of() -> None:
    pair = made.pair()
    session = meetings.log_session(
        actor=make.actor(), pair=pair, on=made.ago(1), channel="whatsapp"
    )
    other = made.application(pair.cohort, "Eva")
    Client().post(
        reverse("mentoring:tell_mood", args=[other.token]), {"session": session.pk, "mood": 1}
    )
    session.refresh_from_db()
    assert session.mentee_mood is None
