"""The screens of accounts, through the door: the right person, and who is not."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import make
from cast import PARTNER, Cast, cast, client_of
from digna.accounts import limits
from digna.accounts.card_secrets import CardSecrets
from digna.accounts.models import Card, User
from digna.accounts.services import cards
from digna.journal.models import Change, Line

pytestmark = pytest.mark.django_db
PASSWORD = "una-clave-larga-2026"
MEANT = {"intention": ""}  # what a browser sends at least: an empty body binds no form


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def office(people: Cast) -> Client:
    """The coordinator's browser."""
    return client_of(people.coordinator)


@pytest.fixture
def card(people: Cast) -> Card:
    secrets = CardSecrets("7QK2XM4D9TB0", "481516")
    return cards.issue_card(
        actor=make.actor(people.coordinator), user=people.trainer, secrets=secrets
    )


def text_of(response: Any) -> str:
    return str(response.content.decode())


def names_on(response: Any) -> list[str]:
    return [row.name for row in response.context["listing"].rows]


# --- the list


def test_the_list_is_searched_without_accents_and_filtered_by_chips(people: Cast) -> None:
    make.organisation("Cadepia", code="cadepia", is_partner=True)
    browser = client_of(people.lead)
    browser.post("/cuentas/nueva", {"name": "José Núñez", "role": "mentor", "partner": "cadepia"})
    assert names_on(browser.get("/cuentas/?q=jose+nunez")) == ["José Núñez"]
    assert names_on(browser.get("/cuentas/?rol=mentor")) == ["José Núñez", "Mario Peña"]
    assert names_on(browser.get("/cuentas/?rol=mentor&socio=cadepia")) == ["José Núñez"]
    assert names_on(browser.get("/cuentas/?estado=con-tarjeta")) == ["José Núñez"]
    chips = dict(browser.get("/cuentas/").context["listing"].groups)
    assert {chip.label: chip.count for chip in chips["Rol"]}["Mentor/a"] == 2
    assert {chip.label: chip.count for chip in chips["Estado"]}["abiertas"] == 9


def test_a_coordinator_lists_only_their_own_people(office: Client) -> None:
    assert names_on(office.get("/cuentas/")) == [
        "Carla Ortiz",
        "Mario Peña",
        "Olga Mamani",
        "Tania Quispe",
    ]


def test_who_sees_and_does_not_manage_is_offered_nothing_to_do(people: Cast) -> None:
    browser = client_of(people.auditor)
    page = text_of(browser.get(f"/cuentas/{people.trainer.public_id}"))
    assert "Tania Quispe" in page
    for word in ("Entregar tarjeta", "Dar un rol", "Corregir", "Cerrar la cuenta"):
        assert word not in page
    assert "Nueva cuenta" not in text_of(browser.get("/cuentas/"))


@pytest.mark.parametrize("path", ["/cuentas/", "member"])
def test_more_rows_cost_no_more_queries(people: Cast, path: str) -> None:
    browser = client_of(people.lead)
    url = f"/cuentas/{people.trainer.public_id}" if path == "member" else path
    browser.get(url)  # what is remembered from page to page is asked for once
    counts = []
    for _round in range(2):
        for number in range(10):
            made = make.user(f"Persona {number}", role="worker", partner=PARTNER)
            make.Membership.objects.create(
                user=people.trainer, role="worker", partner=f"p{made.pk}"
            )
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


# --- one account


def test_a_new_account_goes_on_to_its_card(office: Client, people: Cast) -> None:
    answer = office.post(
        "/cuentas/nueva",
        {"name": "Rosa Mamani", "role": "trainer", "partner": PARTNER, "with_card": "on"},
    )
    made = User.objects.get(name="Rosa Mamani")
    assert answer["location"] == f"/cuentas/{made.public_id}/tarjeta"
    sheet = office.post(answer["location"], MEANT)
    assert "no-store" in sheet.headers["Cache-Control"]
    code = re.search(r"<strong>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<", text_of(sheet))
    pin = re.search(r'id-card__pin">(\d{6})<', text_of(sheet))
    assert code is not None
    assert pin is not None
    entered = Client().post("/cuenta/tarjeta/", {"code": code[1], "pin": pin[1]})
    assert (entered.status_code, entered["location"]) == (302, "/")


def test_a_refusal_stands_beside_its_field(office: Client, people: Cast) -> None:
    answer = office.post(
        "/cuentas/nueva",
        {"name": "Rosa", "role": "trainer", "partner": PARTNER, "phone": "12"},
    )
    assert answer.status_code == 422
    assert "data-summary" in text_of(answer)
    assert "no parece un número" in text_of(answer)


@pytest.mark.parametrize(("role", "partner"), [("lead", PARTNER), ("trainer", "cadepia")])
def test_a_form_offers_and_takes_only_what_may_be_given(
    office: Client, role: str, partner: str
) -> None:
    page = text_of(office.get("/cuentas/nueva"))
    assert 'value="lead"' not in page
    assert 'value="cadepia"' not in page
    answer = office.post("/cuentas/nueva", {"name": "Rosa", "role": role, "partner": partner})
    assert answer.status_code == 422
    assert not User.objects.filter(name="Rosa").exists()


def test_contact_is_corrected(office: Client, people: Cast) -> None:
    url = f"/cuentas/{people.trainer.public_id}/corregir"
    assert "Tania Quispe" in text_of(office.get(url))
    office.post(url, {"name": "Tania Quispe Roca", "phone": "71234567", "email": ""})
    fresh = User.objects.get(pk=people.trainer.pk)
    assert (fresh.name, fresh.phone, fresh.email) == ("Tania Quispe Roca", "+59171234567", None)


def test_an_account_is_closed_after_asking_and_opened_again(office: Client, people: Cast) -> None:
    url = f"/cuentas/{people.trainer.public_id}"
    assert "Sus sesiones abiertas se cierran" in text_of(office.get(f"{url}/cerrar"))
    office.post(f"{url}/cerrar", MEANT)
    assert not User.objects.get(pk=people.trainer.pk).is_active
    assert "cerrada" in text_of(office.get(url))
    office.post(f"{url}/abrir")
    assert User.objects.get(pk=people.trainer.pk).is_active


def test_a_role_is_given_and_taken(office: Client, people: Cast) -> None:
    url = f"/cuentas/{people.trainer.public_id}"
    office.post(f"{url}/rol", {"role": "mentor", "partner": PARTNER})
    row = people.trainer.memberships.get(role="mentor")
    assert "Mentor/a" in text_of(office.get(f"{url}/rol/{row.pk}/terminar"))
    office.post(f"{url}/rol/{row.pk}/terminar", MEANT)
    row.refresh_from_db()
    assert row.ends_on is not None
    assert "Rol terminado" in text_of(office.get(url))


def test_a_partner_is_chosen_among_those_registered(people: Cast) -> None:
    browser = client_of(people.lead)
    given = {"name": "Nora Paz", "role": "coordinator", "partner": "nuevo-socio"}
    assert browser.post("/cuentas/nueva", given).status_code == 422
    make.organisation("Nuevo socio", code="nuevo-socio", is_partner=True)
    assert browser.post("/cuentas/nueva", given).status_code == 302
    assert User.objects.get(name="Nora Paz").memberships.get().partner == "nuevo-socio"


def test_days_and_moments_of_the_history_are_written_as_people_write_them(
    people: Cast, office: Client, card: Card
) -> None:
    page = text_of(office.get(f"/cuentas/{people.trainer.public_id}"))
    history = page[page.index('class="history"') :]
    assert re.search(r"<ins>\d{2}/\d{2}/\d{4} \d{2}:\d{2}</ins>", history)
    assert not re.search(r"<ins>\d{4}-\d{2}-\d{2}", history)


def test_limits_by_department_are_offered_when_a_room_offers_them(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = {limits.DEPARTMENT: lambda: [("BO-L", "La Paz"), ("BO-B", "Beni")]}
    monkeypatch.setattr(limits, "_offers", offered)
    browser = client_of(people.lead)
    url = f"/cuentas/{people.trainer.public_id}"
    page = text_of(browser.get(f"{url}/rol"))
    assert page.index("Beni") < page.index("La Paz")
    browser.post(f"{url}/rol", {"role": "mel", "partner": "", "departments": ["BO-L"]})
    assert people.trainer.memberships.get(role="mel").departments == ["BO-L"]
    assert "La Paz" in text_of(browser.get(url))


def test_a_pin_is_reset_and_shown_once(office: Client, people: Cast, card: Card) -> None:
    url = f"/cuentas/{people.trainer.public_id}/tarjeta/{card.pk}/pin"
    assert "se muestra una sola vez" in text_of(office.get(url))
    pin = re.search(r'id-card__pin">(\d{6})<', text_of(office.post(url, MEANT)))
    assert pin is not None
    wrong = Client().post("/cuenta/tarjeta/", {"code": "7QK2XM4D9TB0", "pin": "481516"})
    assert wrong.status_code == 422 or pin[1] == "481516"
    right = Client().post("/cuenta/tarjeta/", {"code": "7QK2XM4D9TB0", "pin": pin[1]})
    assert right.status_code == 302


def test_a_form_sent_twice_shows_no_pin_that_is_not_the_card_s(
    office: Client, people: Cast
) -> None:
    url = f"/cuentas/{people.trainer.public_id}/tarjeta"
    intention = "5b0f8c9e-0f3b-4a53-9f0e-2d1b3c4d5e6f"
    assert office.post(url, {"intention": intention}).status_code == 200
    again = office.post(url, {"intention": intention})
    assert again.status_code == 422
    assert "id-card__pin" not in text_of(again)
    assert Card.objects.count() == 1


def test_a_card_is_revoked_once(office: Client, people: Cast, card: Card) -> None:
    url = f"/cuentas/{people.trainer.public_id}/tarjeta/{card.pk}/anular"
    assert office.post(url, MEANT).status_code == 302
    assert office.post(url, MEANT).status_code == 404


def test_a_link_lets_one_choose_a_password_once(office: Client, people: Cast) -> None:
    page = text_of(office.post(f"/cuentas/{people.trainer.public_id}/contrasena", MEANT))
    found = re.search(r'data-copy="http://testserver(/[^"]+)"', page)
    assert found is not None
    assert found[1] not in str([c.after for c in Change.objects.all()])
    visitor = Client()
    form = visitor.get(found[1])["location"]
    visitor.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(pk=people.trainer.pk).check_password(PASSWORD)
    assert "accounts.password.changed" in set(Line.objects.values_list("action", flat=True))
    assert "password1" not in text_of(Client().get(found[1], follow=True))


def test_sessions_are_seen_and_closed_from_the_page(office: Client, people: Cast) -> None:
    User.objects.filter(pk=people.trainer.pk).update(phone="+59171234567")
    people.trainer.refresh_from_db()
    people.trainer.set_password(PASSWORD)
    people.trainer.save()
    phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 12) Chrome/120"})
    phone.post("/cuenta/login/", {"login": "71234567", "password": PASSWORD})
    url = f"/cuentas/{people.trainer.public_id}"
    page = text_of(office.get(url))
    assert "Chrome en Android" in page
    number = re.search(r'name="session" value="(\d+)"', page)
    assert number is not None
    office.post(f"{url}/sesiones", {"session": number[1]})
    assert phone.get("/cuenta/").status_code == 302
    assert "No está abierta en ningún equipo" in text_of(office.get(url))


@pytest.mark.parametrize(
    "path",
    ["", "/corregir", "/cerrar", "/abrir", "/rol", "/tarjeta", "/contrasena", "/sesiones"],
)
@pytest.mark.parametrize("part", ["other_coordinator", "trainer", "stranger"])
def test_no_screen_of_somebody_else_s_account(people: Cast, path: str, part: str) -> None:
    browser = client_of(getattr(people, part))
    lines = Line.objects.count()
    url = f"/cuentas/{people.mentor.public_id}{path}"
    for answer in (browser.get(url), browser.post(url, {"name": "X", "role": "mentor"})):
        assert answer.status_code in (302, 403, 404, 405)
        assert "Mario" not in text_of(answer)
        if answer.status_code == 302:
            assert answer["location"].startswith("/cuenta/login/")
    assert Line.objects.count() == lines


# --- many at once


def test_a_list_is_read_shown_made_and_printed(office: Client) -> None:
    given = {"role": "worker", "partner": PARTNER, "lines": "Rosa Mamani\nJuan Choque\t71234567"}
    preview = office.post("/cuentas/lista", given)
    assert preview.status_code == 200
    assert "2 personas recibirán cuenta y tarjeta" in text_of(preview)
    assert not User.objects.filter(name="Rosa Mamani").exists()
    made = office.post("/cuentas/lista", {**given, "create": "1"})
    pairs = re.findall(
        r"<strong>([0-9A-Z-]{14})</strong>.*?id-card__pin\">(\d{6})<", text_of(made), re.DOTALL
    )
    assert len(pairs) == 2
    assert text_of(made).count("id-card__qr") == 2
    assert "no-store" in made.headers["Cache-Control"]
    for code, pin in pairs:
        assert Client().post("/cuenta/tarjeta/", {"code": code, "pin": pin}).status_code == 302
    assert all(pin not in str([c.after for c in Change.objects.all()]) for _code, pin in pairs)


def test_a_wrong_list_says_everything_at_once_and_makes_nobody(
    office: Client, people: Cast
) -> None:
    User.objects.filter(pk=people.owner.pk).update(phone="+59171234567")
    lines = "Rosa Mamani\nJuan,71234567\nAna,12345678901\nRosa Mamani"
    given = {"role": "worker", "partner": PARTNER, "lines": lines, "create": "1"}
    answer = office.post("/cuentas/lista", given)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "ese celular ya es de otra cuenta" in page
    assert "revise el celular" in page
    assert "está repetida en la lista" in page
    assert not User.objects.filter(name="Juan").exists()


def test_an_unreadable_file_is_said_beside_the_field(office: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("lista.xlsx", b"no es una planilla")
    answer = office.post("/cuentas/lista", {"role": "worker", "partner": PARTNER, "file": file})
    assert answer.status_code == 422
    assert "No pudimos leer el archivo" in text_of(answer)


# --- one's own account


def test_one_changes_the_own_name_and_language(people: Cast) -> None:
    mine = client_of(people.owner)
    assert "Empresaria/o" in text_of(mine.get("/cuenta/"))
    answer = mine.post("/cuenta/", {"name": "Olga Mamani Roca", "language": "en"})
    assert answer.cookies["idioma"].value == "en"
    fresh = User.objects.get(pk=people.owner.pk)
    assert (fresh.name, fresh.language) == ("Olga Mamani Roca", "en")
    assert 'lang="en"' in text_of(mine.get("/cuenta/"))


def test_a_second_step_is_activated_and_then_asked_for(people: Cast) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
    from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters

    people.owner.set_password(PASSWORD)
    people.owner.save()
    mine, email = Client(), str(people.owner.email)
    mine.post("/cuenta/login/", {"login": email, "password": PASSWORD})
    mine.post("/cuenta/reauthenticate/", {"password": PASSWORD})
    page = text_of(mine.get("/cuenta/2fa/totp/activate/"))
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    assert "Lea este cuadro" in page
    code = format_hotp_value(hotp_value(secret[1], next(counters())))
    assert mine.post("/cuenta/2fa/totp/activate/", {"code": code}).status_code == 302
    again = Client()
    asked = again.post("/cuenta/login/", {"login": email, "password": PASSWORD}, follow=True)
    assert "Segundo paso" in text_of(asked)
    assert again.get("/cuenta/").status_code == 302


def test_a_card_does_not_go_round_the_second_step(people: Cast, card: Card) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(people.trainer, generate_totp_secret())
    browser = Client()
    browser.post("/cuenta/tarjeta/", {"code": "7QK2XM4D9TB0", "pin": "481516"})
    assert browser.get("/cuenta/").status_code == 302


@pytest.mark.parametrize("path", ["/cuenta/password/change/", "/cuenta/reauthenticate/"])
def test_the_pages_of_the_password_speak_as_we_do(people: Cast, path: str) -> None:
    people.owner.set_password(PASSWORD)
    people.owner.save()
    page = text_of(client_of(people.owner).get(path))
    assert "Cambiar la contraseña" in page or "Confirme que es usted" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    "path", ["/cuenta/2fa/", "/cuenta/2fa/webauthn/", "/cuenta/sessions/", "/cuenta/"]
)
def test_the_pages_of_one_s_own_security_render(people: Cast, path: str) -> None:
    answer = client_of(people.owner).get(path)
    assert answer.status_code == 200
    assert text_of(answer).count("<h1") == 1
