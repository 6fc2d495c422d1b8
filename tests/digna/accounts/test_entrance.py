"""Signing in: by card, by e-mail, by phone; what failing does; sessions that end when told."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

import make
from cast import Cast, cast, client_of
from digna.accounts import card_secrets, entrance
from digna.accounts.card_secrets import CardSecrets
from digna.accounts.models import Card, User
from digna.accounts.services import cards, members, sessions
from digna.errors import Refused
from digna.journal.actor import Actor
from digna.journal.models import Line

pytestmark = pytest.mark.django_db

SECRETS = CardSecrets("7QK2XM4D9TB0", "481516")
PASSWORD = "una-clave-larga-2026"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def card(people: Cast) -> Card:
    act = make.actor(people.coordinator)
    return cards.issue_card(actor=act, user=people.trainer, secrets=SECRETS)


def enter(pin: str = SECRETS.pin, code: str = SECRETS.code, **values: Any) -> User:
    return entrance.by_card(actor=Actor(device="test", **values), code=code, pin=pin)


def refusal_of(pin: str, **values: Any) -> str:
    with pytest.raises(Refused) as refusal:
        enter(pin, **values)
    return refusal.value.code


def actions() -> list[str]:
    return list(Line.objects.order_by("id").values_list("action", flat=True))


# --- by card


def test_a_card_and_its_pin_say_who_it_is(people: Cast, card: Card) -> None:
    assert enter() == people.trainer
    assert enter(code="7qk2-xm4d-9tbo") == people.trainer
    line = Line.objects.all()[0]
    assert (line.action, line.actor) == ("accounts.card.signed_in", people.trainer)


def test_an_unknown_card_and_a_wrong_pin_sound_the_same(card: Card) -> None:
    assert refusal_of("000000") == "accounts.card_refused"
    assert refusal_of(SECRETS.pin, code="ZZZZZZZZZZZZ") == "accounts.card_refused"


def test_a_failure_is_counted_and_journalled_without_secrets(card: Card) -> None:
    refusal_of("000000")
    card.refresh_from_db()
    assert card.failed_count == 1
    assert actions()[-1] == "accounts.sign_in.failed"
    assert "000000" not in str([c.after for c in Line.objects.all()[0].changes.all()])


def test_five_failures_put_the_card_in_pause_for_a_quarter_of_an_hour(card: Card) -> None:
    now = timezone.now()
    codes = [refusal_of("000000", at=now) for _ in range(5)]
    assert codes == ["accounts.card_refused"] * 4 + ["accounts.card_locked"]
    assert refusal_of(SECRETS.pin, at=now + timedelta(minutes=14)) == "accounts.card_locked"
    assert enter(at=now + timedelta(minutes=15)) is not None
    card.refresh_from_db()
    assert (card.failed_count, card.locked_until) == (0, None)


def test_twenty_failures_end_the_card(card: Card) -> None:
    now = timezone.now()
    for turn in range(20):
        refusal_of("000000", at=now + timedelta(minutes=16 * turn))
    card.refresh_from_db()
    assert card.revoked_at is not None
    assert refusal_of(SECRETS.pin, at=now + timedelta(days=9)) == "accounts.card_refused"


def test_a_right_pin_forgets_the_failures_before_it(card: Card) -> None:
    for _ in range(4):
        refusal_of("000000")
    enter()
    for _ in range(4):
        assert refusal_of("000000") == "accounts.card_refused"


def test_a_closed_account_is_not_entered_by_card(people: Cast, card: Card) -> None:
    members.deactivate(actor=make.actor(people.coordinator), user=people.trainer)
    assert refusal_of(SECRETS.pin) == "accounts.card_refused"


def test_a_revoked_card_opens_nothing(people: Cast, card: Card) -> None:
    cards.revoke_card(actor=make.actor(people.coordinator), card=card)
    assert refusal_of(SECRETS.pin) == "accounts.card_refused"


def test_the_qr_leads_to_the_pin_and_the_pin_leads_in(client: Client, card: Card) -> None:
    scanned = client.get(f"/cuenta/tarjeta/{SECRETS.code}")
    assert (scanned.status_code, scanned["location"]) == (302, "/cuenta/tarjeta/")
    page = client.get("/cuenta/tarjeta/").content.decode()
    assert "escriba su PIN" in page
    assert SECRETS.pin not in page
    wrong = client.post("/cuenta/tarjeta/", {"pin": "000000"})
    assert wrong.status_code == 422
    assert "no son correctos" in wrong.content.decode()
    entered = client.post("/cuenta/tarjeta/", {"pin": SECRETS.pin})
    assert (entered.status_code, entered["location"]) == (302, "/")
    assert client.get("/").context["user"].name == "Tania Quispe"
    assert UserSession.objects.get().user.name == "Tania Quispe"
    assert actions().count("accounts.card.signed_in") == 1
    assert "accounts.user.signed_in" not in actions()


def test_a_code_can_be_typed_and_one_comes_out_where_one_wanted(client: Client, card: Card) -> None:
    answer = client.post(
        "/cuenta/tarjeta/",
        {"code": "7qk2 xm4d 9tbo", "pin": SECRETS.pin, "next": "/personas/"},
    )
    assert answer["location"] == "/personas/"


def test_the_way_on_stays_in_the_house(client: Client, card: Card) -> None:
    answer = client.post(
        "/cuenta/tarjeta/",
        {"code": SECRETS.code, "pin": SECRETS.pin, "next": "https://elsewhere.example/"},
    )
    assert answer["location"] == "/"


def test_the_next_person_on_a_shared_phone_can_say_it_is_not_their_card(
    client: Client, card: Card
) -> None:
    client.get(f"/cuenta/tarjeta/{SECRETS.code}")
    assert 'type="text" name="code"' in client.get("/cuenta/tarjeta/?otra=1").content.decode()


# --- by password


def with_password(user: User, **values: Any) -> User:
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD), **values)
    return User.objects.get(pk=user.pk)


def sign_in(client: Client, login: str, password: str = PASSWORD) -> Any:
    return client.post("/cuenta/login/", {"login": login, "password": password})


@pytest.mark.parametrize(
    "login", ["rosa@casa.bo", " ROSA@casa.bo", "+59171234567", "71234567", "712-34 567"]
)
def test_one_signs_in_by_e_mail_or_by_phone_however_it_is_written(
    client: Client, people: Cast, login: str
) -> None:
    with_password(people.trainer, email="rosa@casa.bo", phone="+59171234567")
    assert sign_in(client, login).status_code == 302
    assert client.get("/").context["user"] == people.trainer
    line = Line.objects.all()[0]
    assert (line.action, line.actor) == ("accounts.user.signed_in", people.trainer)
    assert line.changes.get().after == {"methods": ["password"]}


def test_a_wrong_password_is_journalled_without_what_was_typed(
    client: Client, people: Cast
) -> None:
    user = with_password(people.trainer)
    assert sign_in(client, str(user.email), "equivocada-1").status_code == 200
    line = Line.objects.all()[0]
    assert (line.action, line.changes.get().object_id) == (
        "accounts.sign_in.failed",
        str(user.pk),
    )
    assert "equivocada" not in str([c.after for c in line.changes.all()])


@pytest.mark.parametrize("by", ["email", "phone"])
def test_six_failures_lock_this_account_and_no_other(client: Client, people: Cast, by: str) -> None:
    user = with_password(people.trainer, phone="+59171234567")
    other = with_password(people.mentor, phone="+59171234568")
    for turn in range(6):
        written = str(user.email) if by == "email" else ("71234567", "+591 71234567")[turn % 2]
        answer = sign_in(client, written, f"equivocada-{turn}")
    assert answer.status_code == 429
    assert "15 minutos" in answer.content.decode()
    assert sign_in(client, str(getattr(user, by))).status_code == 429
    assert sign_in(Client(), str(getattr(other, by))).status_code == 302


def test_a_closed_account_is_not_entered_by_password(client: Client, people: Cast) -> None:
    with_password(people.trainer, is_active=False)
    sign_in(client, str(people.trainer.email))
    assert not client.get("/estilo").context["user"].is_authenticated


def test_the_own_password_is_changed_through_the_journal(client: Client, people: Cast) -> None:
    user = with_password(people.trainer, must_change_password=True)
    sign_in(client, str(user.email))
    first = client.get("/personas/")
    assert (first.status_code, first["location"]) == (
        302,
        "/cuenta/password/change/?next=/personas/",
    )
    new = "otra-clave-larga-2027"
    answer = client.post(
        "/cuenta/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302
    assert client.get("/personas/").status_code == 200
    assert "accounts.password.changed" in actions()
    fresh = User.objects.get(pk=user.pk)
    assert fresh.check_password(new)
    assert not fresh.must_change_password


@pytest.mark.parametrize("by", ["email", "phone"])
def test_the_password_is_asked_again_before_what_is_grave(
    client: Client, people: Cast, by: str
) -> None:
    """An account with an e-mail only, or a phone only, can prove itself a second time."""
    values = {"email": None, "phone": "+59171234567"} if by == "phone" else {}
    user = with_password(people.trainer, **values)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/cuenta/2fa/totp/activate/")["location"].startswith("/cuenta/reauthenticate")
    answer = client.post("/cuenta/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302
    assert client.get("/cuenta/2fa/totp/activate/").status_code == 200
    assert client.get("/cuenta/2fa/webauthn/add/").status_code == 200


def test_passwords_are_hashed_with_argon2id_where_people_work() -> None:
    from digna.config.settings import base

    assert base.PASSWORD_HASHERS[0] == "digna.accounts.hashers.SmallServerArgon2"
    from digna.accounts.hashers import SmallServerArgon2

    hashed = SmallServerArgon2().encode(PASSWORD, "una-sal-de-prueba")
    assert hashed.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


# --- sessions


def test_ending_a_session_signs_that_device_out_and_no_other(people: Cast) -> None:
    with_password(people.trainer)
    office, phone = Client(), Client()
    for device in (office, phone):
        sign_in(device, str(people.trainer.email))
    assert UserSession.objects.count() == 2
    lost = UserSession.objects.get(session_key=phone.session.session_key)
    ended = sessions.end_sessions(
        actor=make.actor(people.coordinator), user=people.trainer, session=lost.pk
    )
    assert ended == 1
    assert phone.get("/personas/").status_code == 302
    assert office.get("/personas/").status_code == 200


@pytest.mark.parametrize("act", ["deactivate", "reset_pin", "revoke_card"])
def test_taking_the_means_of_entry_away_ends_what_is_open(
    people: Cast, card: Card, client: Client, act: str
) -> None:
    client.post("/cuenta/tarjeta/", {"code": SECRETS.code, "pin": SECRETS.pin})
    assert client.get("/personas/").status_code == 200
    by = make.actor(people.coordinator)
    card.refresh_from_db()
    if act == "deactivate":
        members.deactivate(actor=by, user=people.trainer)
    elif act == "reset_pin":
        cards.reset_pin(actor=by, card=card, pin=card_secrets.new_pin())
    else:
        cards.revoke_card(actor=by, card=card)
    assert client.get("/personas/")["location"].startswith("/cuenta/login/")


def test_a_coordinator_ends_no_session_of_another_partner(people: Cast) -> None:
    from digna.errors import NotAllowed

    with pytest.raises(NotAllowed):
        sessions.end_sessions(actor=make.actor(people.other_coordinator), user=people.trainer)


def test_own_contact_is_not_changed_past_the_journal(people: Cast) -> None:
    mine = client_of(people.trainer)
    for path in ("email/", "phone/change/", "phone/verify/"):
        assert (
            mine.post(f"/cuenta/{path}", {"email": "x@x.bo", "phone": "+59170000000"})["location"]
            == "/cuenta/"
        )
    assert User.objects.get(pk=people.trainer.pk).email == people.trainer.email
