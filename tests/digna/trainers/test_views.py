"""Screens: who enters, an expert's desk from afar, the same cost however many."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import cast
import make
from cast import client_of
from digna.registry.services import organisations
from digna.trainers import facts, selectors
from digna.trainers.models import Evidence, LadderRule, Way
from digna.trainers.services import evidence, ways
from trainers import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> cast.Cast:
    return cast.cast()


def kept_by_partner() -> Way:
    partner = organisations.register_organisation(
        actor=make.actor(), name="CAINCO", code=cast.PARTNER, is_partner=True
    )
    return made.way(made.trainer("Lidia", partner=partner))


def pages(way: Way) -> dict[str, str]:
    piece = evidence.add(actor=make.actor(), way=way, kind="report", on=made.START, note="x")
    one, this = [way.trainer.public_id], [way.public_id]
    named = {
        "trainers": [], "export_trainers": [], "figures": [], "to_sign": [], "rules": [],
        "trainer": one, "correct": one, "begin_way": one, "stop": one, "add_evidence": this,
        "climb": this, "renew": this, "step_down": this, "judge": [piece.pk],
        "enlist": [way.trainer.person.public_id],
    }  # fmt: skip
    return {name: reverse(f"trainers:{name}", args=args) for name, args in named.items()}


OPEN = {"trainers", "export_trainers", "figures", "to_sign"}
OF_ONE = {"trainer", "judge"}
SIGNING = {"climb", "renew", "step_down"}
KEEPING = {"correct", "begin_way", "stop", "add_evidence"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", OPEN | OF_ONE | KEEPING | SIGNING | {"rules", "enlist"}),
        ("mel", OPEN | OF_ONE | KEEPING | {"enlist"}),
        ("coordinator", OPEN | OF_ONE | KEEPING),
        ("trainer", OPEN | OF_ONE),
        ("auditor", OPEN | OF_ONE),
        ("other_coordinator", OPEN),
        ("owner", set()),
        ("mentor", set()),
    ],
)
def test_who_enters_where(people: cast.Cast, who: str, may: set[str]) -> None:
    client = client_of(getattr(people, who))
    for name, url in pages(kept_by_partner()).items():
        status = client.get(url).status_code
        assert (status == 200) == (name in may), (who, name, status)
        assert status in (200, 403, 404)


def test_a_stranger_signs_in_first() -> None:
    for url in pages(kept_by_partner()).values():
        assert client_of(None).get(url).status_code == 302


def test_an_expert_of_another_partner_signs_from_afar() -> None:
    user, _own = made.expert()
    way = kept_by_partner()
    piece = evidence.add(actor=make.actor(), way=way, kind="tot", on=made.START, hours=30)
    client = client_of(user)
    desk = client.get(reverse("trainers:to_sign")).content.decode()
    url = reverse("trainers:judge", args=[piece.pk])
    assert url in desk
    assert client.post(url, {"return": "1", "comment": ""}).status_code == 422
    client.post(url, {"accept": "1", "comment": "bien", "intention": uuid.uuid4()})
    piece.refresh_from_db()
    assert piece.state == Evidence.State.ACCEPTED
    client.post(reverse("trainers:climb", args=[way.public_id]), {"reason": ""})
    way.refresh_from_db()
    assert way.rung == "trained"


def test_a_refused_step_stays_on_the_page_and_says_why(people: cast.Cast) -> None:
    way = kept_by_partner()
    url = reverse("trainers:climb", args=[way.public_id])
    answer = client_of(people.lead).post(url, {"reason": ""})
    assert answer.status_code == 422
    assert "horas de formación de formadores" in answer.content.decode()


def test_who_is_no_expert_cannot_sign_by_address(people: cast.Cast) -> None:
    way = kept_by_partner()
    made.shown(way, "tot", hours=30)
    client = client_of(people.coordinator)
    assert (
        client.post(reverse("trainers:climb", args=[way.public_id]), {"reason": "x"}).status_code
        == 403
    )
    way.refresh_from_db()
    assert way.rung == "candidate"


def test_a_trainer_adds_to_their_own_portfolio_and_takes_back(people: cast.Cast) -> None:
    way = made.way(made.trainer("Tania", user=people.trainer))
    client, url = client_of(people.trainer), reverse("trainers:add_evidence", args=[way.public_id])
    file = SimpleUploadedFile("lista.pdf", b"%PDF-1.4 firma")
    facts_of = {"kind": "workshop", "on": "2021-02-03", "note": "Taller en El Alto", "file": file}
    assert client.post(url, facts_of).status_code == 302
    piece = Evidence.objects.get()
    download = client.get(reverse("trainers:evidence_file", args=[piece.pk]))
    assert b"".join(download.streaming_content) == b"%PDF-1.4 firma"  # type: ignore[attr-defined]
    assert (
        client_of(people.other_coordinator)
        .get(reverse("trainers:evidence_file", args=[piece.pk]))
        .status_code
        == 404
    )
    client.post(reverse("trainers:remove_evidence", args=[piece.pk]))
    assert not Evidence.objects.exists()


def test_from_a_persons_page_to_the_first_rung(people: cast.Cast) -> None:
    person, client = make.person("Lidia"), client_of(people.lead)
    made.module("m1")
    page = client.get(reverse("registry:person", args=[person.public_id])).content.decode()
    url = reverse("trainers:enlist", args=[person.public_id])
    assert url in page
    answer = client.post(url, {"since": "2021-01-01"})
    answer = client.post(answer.headers["Location"], {"module_code": "m1"})
    assert "candidata" in client.get(answer.headers["Location"]).content.decode()


def test_stopping_is_counted_with_its_reason(people: cast.Cast) -> None:
    way, client = kept_by_partner(), client_of(people.lead)
    stop = {"on": "2021-05-01", "reason": "pay", "note": "otro trabajo mejor"}
    client.post(reverse("trainers:stop", args=[way.trainer.public_id]), stop)
    assert "no conviene" in client.get(reverse("trainers:figures")).content.decode().lower()
    client.post(reverse("trainers:come_back", args=[way.trainer.public_id]))
    way.trainer.refresh_from_db()
    assert way.trainer.stopped_on is None


def test_a_rule_is_changed_by_a_new_version(people: cast.Cast) -> None:
    client, url = client_of(people.lead), reverse("trainers:rules")
    values = {
        "tot_hours": 16, "valid_months": 12, "active_months": 12, "warn_days": 30,
        "expert_cycles": 2, "expert_independent": 1,
    }  # fmt: skip
    assert client.post(url, values | {"tot_hours": 0}).status_code == 422
    client.post(f"{url}?modulo=m1", values)
    assert LadderRule.objects.get().module_code == "m1"
    assert 'value="16"' in client.get(url, {"modulo": "m1"}).content.decode()


def test_the_list_costs_the_same_and_is_filtered(people: cast.Cast) -> None:
    client, url = client_of(people.lead), reverse("trainers:trainers")
    costs = []
    for _n in range(2):
        for _m in range(10):
            way = made.way(made.trainer("Ana"))
            made.delivered(way.trainer, on=date(2021, 5, 1))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 25
    made.at("certified", made.way(made.trainer("Única")))
    page = client.get(url, {"escalon": "certified"}).content.decode()
    assert "Única" in page
    assert "Ana" not in page
    text = client.get(reverse("trainers:export_trainers"), {"escalon": "certified"})
    assert "Única" in text.content.decode("utf-8-sig")


def test_standings_by_day() -> None:
    way = made.at("certified", made.way(), on=date(2021, 1, 1))
    made.delivered(way.trainer, on=date(2021, 1, 1))
    trainer = way.trainer
    told = {
        day: selectors.standings([trainer], day)[trainer.pk][0].code
        for day in (date(2021, 2, 1), date(2021, 11, 1), date(2022, 3, 1), date(2023, 2, 1))
    }
    assert list(told.values()) == ["active", "lapsing", "idle", "lapsed"]
    assert selectors.active_by_partner(date(2021, 2, 1)) == {}


def test_facts_are_one_row_a_module_and_programme() -> None:
    way = made.at("certified", made.way())
    made.delivered(way.trainer, on=date(2021, 6, 1))
    schema, rows = facts.trainer_facts()
    (row,) = rows
    told = dict(zip(schema.columns, row, strict=True))
    assert told["is_certified"] is True
    assert told["programme_id"] is not None
    ways.stop(actor=make.actor(), trainer=way.trainer, reason="pay", on=date(2021, 7, 1))
    (row,) = facts.trainer_facts()[1]
    assert dict(zip(schema.columns, row, strict=True))["is_active"] is False


def test_deliveries_are_one_row_a_trainer_cycle_and_programme() -> None:
    trainer = made.trainer()
    made.delivered(trainer, on=date(2021, 6, 1))
    schema, rows = facts.delivery_facts()
    (row,) = rows
    told = dict(zip(schema.columns, row, strict=True))
    assert (told["person_id"], told["delivered_on"]) == (trainer.person_id, date(2021, 6, 1))
    assert list(facts.delivery_facts(programme_id=0)[1]) == []
