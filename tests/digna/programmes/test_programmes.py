"""Programmes on screen and by service: dates in order, money with its currency, limits kept."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import make
from digna.errors import Refused
from digna.programmes.models import Activity, Programme
from digna.programmes.services import activities
from digna.programmes.services import programmes as services
from digna.registry.models import Place, Sector

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def founded(code: str = "bdyp", **values: Any) -> Programme:
    return services.found_programme(
        actor=make.actor(),
        code=code,
        name=values.pop("name", "Programa"),
        starts_on=date(2019, 10, 1),
        ends_on=date(2021, 12, 31),
        **values,
    )


def signed_in(role: str, **limits: object) -> Client:
    client = Client()
    client.force_login(make.user(role=role, **limits), backend=BACKEND)
    return client


def refusal_of(call: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_a_code_names_one_programme_for_ever() -> None:
    founded("bdyp")
    assert refusal_of(lambda: founded("bdyp")) == "programmes.code_taken"


def test_no_end_before_its_beginning() -> None:
    programme = founded()
    change = lambda **values: services.change_programme(  # noqa: E731
        actor=make.actor(), programme=programme, **values
    )
    assert refusal_of(lambda: change(ends_on=date(2018, 1, 1))) == "programmes.dates_reversed"
    phase = {"code": "f1", "name": "F1", "starts_on": date(2018, 1, 1), "ends_on": date(2020, 1, 1)}
    assert (
        refusal_of(lambda: services.add_phase(actor=make.actor(), programme=programme, **phase))
        == "programmes.phase_outside"
    )


def test_money_always_has_its_currency() -> None:
    programme, funder = founded(), make.organisation("Cooperación")
    add = lambda **values: services.add_funder(  # noqa: E731
        actor=make.actor(), programme=programme, organisation=funder, **values
    )
    assert refusal_of(lambda: add(amount=Decimal(5))) == "programmes.amount_needs_currency"
    add(amount=Decimal(5), currency="CHF")
    assert refusal_of(add) == "programmes.funder_twice"


def test_an_activity_takes_its_parts_from_its_own_programme() -> None:
    ours, theirs = founded("uno"), founded("dos")
    services.adopt_areas(
        actor=make.actor(),
        programme=theirs,
        areas=[
            {"code": "knowledge", "order": 1, "name_es": "Conocimiento", "name_en": "Knowledge"}
        ],
    )
    code = refusal_of(
        lambda: activities.plan_activity(
            actor=make.actor(),
            programme=ours,
            kind="diagnostic",
            title="Diagnóstico",
            starts_on=date(2020, 1, 1),
            area=theirs.areas.get(),
        )
    )
    assert code == "programmes.not_its_own"


def test_adopting_areas_twice_changes_nothing() -> None:
    programme = founded()
    area = {"code": "knowledge", "order": 1, "name_es": "Conocimiento", "name_en": "Knowledge"}
    for _ in range(2):
        services.adopt_areas(actor=make.actor(), programme=programme, areas=[area])
    assert programme.areas.count() == 1


def test_a_lead_founds_a_programme_and_plans_an_activity_on_screen() -> None:
    Sector.objects.create(code="coffee", name_es="Café")
    Place.objects.create(code="BO-L", kind="department", name="La Paz", iso="BO-L")
    client = signed_in("lead")
    answer = client.post(
        reverse("programmes:new_programme"),
        {"name": "Nuevo", "code": "nuevo", "starts_on": "2026-01-01", "ends_on": "2027-12-31"},
    )
    assert answer.status_code == 302
    answer = client.post(
        reverse("programmes:plan_activity", args=["nuevo"]),
        {
            "title": "Estudio rápido",
            "kind": "market_assessment",
            "starts_on": "2026-02-01",
            "status": "planned",
            "sectors": ["coffee"],
            "departments": ["BO-L"],
            "budget_amount": "12.000",
            "budget_currency": "BOB",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    activity = Activity.objects.get()
    assert activity.budget_amount == Decimal(12000)
    page = client.get(reverse("programmes:activity", args=[activity.pk])).content.decode()
    assert "Café" in page
    assert "Bs 12.000,00" in page


def test_bad_input_keeps_what_was_typed() -> None:
    answer = signed_in("lead").post(
        reverse("programmes:new_programme"),
        {"name": "Nuevo", "code": "nuevo", "starts_on": "2026-01-01", "ends_on": "2025-01-01"},
    )
    page = answer.content.decode()
    assert "El fin está antes del inicio" in page
    assert 'value="Nuevo"' in page


def test_a_member_limited_to_one_programme_sees_no_other() -> None:
    founded("uno", name="Uno"), founded("dos", name="Dos")
    client = signed_in("mel", programmes=["uno"])
    assert client.get(reverse("programmes:programme", args=["uno"])).status_code == 200
    assert client.get(reverse("programmes:programme", args=["dos"])).status_code == 404
    assert "Dos" not in client.get(reverse("programmes:programmes")).content.decode()


def test_a_trainer_reads_and_does_not_change() -> None:
    founded("uno")
    client = signed_in("trainer")
    assert client.get(reverse("programmes:programme", args=["uno"])).status_code == 200
    assert client.get(reverse("programmes:change_programme", args=["uno"])).status_code == 403


def test_the_synthetic_programme_says_so_on_every_page() -> None:
    founded("demo", is_synthetic=True)
    for name in ("today", "programmes:programmes", "registry:people", "events:processes"):
        assert "Datos sintéticos" in signed_in("lead").get(reverse(name)).content.decode()
