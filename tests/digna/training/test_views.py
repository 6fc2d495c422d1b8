"""Every door: the right person, another partner, the owner, the auditor and the stranger."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

import make
from cast import Cast, cast, client_of
from digna.registry.models import Affiliation, Organisation
from digna.training import facts, urls
from digna.training.models import CycleFirm
from digna.training.services import buyers, pipeline, visits
from training import made
from training.made import Held
from training.test_visits import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def partner() -> Organisation:
    return Organisation.objects.create(code="cainco", name="Cámara", is_partner=True)


@pytest.fixture
def firm(held: Held, partner: Organisation, people: Cast) -> CycleFirm:
    enterprise = make.enterprise("Tostaduría Illimani", partner=partner)
    owner = make.person("Olga")
    owner.account = people.owner
    owner.save()
    Affiliation.objects.create(person=owner, enterprise=enterprise, role="owner")
    return made.bring(made.firm(made.cycle(partner=partner), enterprise=enterprise), "visit1", held)


def pages(firm: CycleFirm, partner: Organisation) -> dict[str, str]:
    """Every page opened by GET that belongs to one partner."""
    cycle, own = [firm.cycle.public_id], [firm.public_id]
    visit = firm.visits.get()
    row = pipeline.open_opportunity(
        actor=make.actor(), enterprise=make.enterprise(partner=partner), on=made.DAY,
        partner=partner,
    )  # fmt: skip
    workshop = [firm.cycle.workshops.get().pk]
    groups = (
        (cycle, "cycle change_cycle cancel_cycle enrol_firm export_firms cycle_calendar "
                "cycle_workshops plan_workshops create_workshop"),
        (own, "firm admit drop close pause resume waive undo participants team plan plan_visit "
              "new_visit report report_paper reopen_report"),
        (workshop, "workshop change_workshop cancel_workshop"),
        ([visit.public_id], "correct_visit remove_visit add_photo"),
        ([row.public_id], "opportunity diagnose offer_paper lose enrol_from"),
    )  # fmt: skip
    names = {name: args for args, told in groups for name in told.split()}
    found = {name: reverse(f"training:{name}", args=args) for name, args in names.items()}
    found["measure"] = reverse("training:measure", args=[firm.public_id, "endline"])
    return found


GENERAL = (
    "overview", "export_cycles", "chase", "export_chase", "modules", "pipeline",
    "export_pipeline", "buyer_programmes", "my_calendar",
)  # fmt: skip
READ = {
    "cycle", "export_firms", "cycle_calendar", "cycle_workshops", "firm", "report",
    "report_paper", "workshop", "opportunity", "offer_paper",
}  # fmt: skip


def wanted(name: str, part: str) -> set[int]:
    """What a person's part may meet on a page of one partner."""
    if part in ("lead", "mel", "coordinator"):
        return {200, 302}
    if part == "auditor":
        return {200} if name in READ else {403}
    if part == "owner":
        return {200} if name == "firm" else {403, 404}
    return {"trainer": {200, 302, 403}, "stranger": {302}}.get(part, {403, 404})


def test_each_page_for_each_person(firm: CycleFirm, partner: Organisation, people: Cast) -> None:
    for name, url in pages(firm, partner).items():
        for part, user in people.everybody():
            status = client_of(user).get(url).status_code
            assert status in wanted(name, part), (name, part, status)
            if part == "stranger":
                assert "login" in client_of(None).get(url)["Location"]


def test_general_pages_open_to_insiders_only(people: Cast) -> None:
    for name in GENERAL:
        url = reverse(f"training:{name}")
        for part, user in people.everybody():
            status = client_of(user).get(url).status_code
            if part in ("lead", "mel", "coordinator", "other_coordinator", "trainer", "auditor"):
                assert status == 200, (name, part)
            elif part == "stranger":
                assert status == 302, (name, part)
            else:
                assert status == (200 if name == "buyer_programmes" else 403), (name, part)


def test_another_partner_sees_nothing_of_it_in_lists(firm: CycleFirm, people: Cast) -> None:
    client = client_of(people.other_coordinator)
    for name in ("overview", "chase", "pipeline"):
        assert "Illimani" not in client.get(reverse(f"training:{name}")).content.decode()


def test_acts_are_refused_to_who_may_only_read(firm: CycleFirm, people: Cast) -> None:
    at = firm.cycle.workshops.get().pk
    posts = [
        reverse("training:advance", args=[firm.public_id, "visit2"]),
        reverse("training:record_attendance", args=[at]),
        reverse("training:decide_report", args=[firm.public_id, "enviar"]),
        reverse("training:reinstate_cycle", args=[firm.cycle.public_id]),
    ]
    for url in posts:
        assert client_of(people.auditor).post(url).status_code == 403
        assert client_of(people.owner).post(url).status_code == 403
        assert client_of(people.other_coordinator).post(url).status_code == 404
        assert client_of(None).post(url).status_code == 302


def test_only_the_lead_edits_the_catalogue(people: Cast) -> None:
    made.modules()
    url = reverse("training:edit_module", args=["m1"])
    assert client_of(people.lead).get(url).status_code == 200
    assert client_of(people.mel).get(url).status_code == 403
    page = reverse("training:module_version", args=["m1", 1])
    assert client_of(people.auditor).get(page).status_code == 200
    offer = reverse("training:offer_module", args=["m1"])
    assert client_of(people.lead).post(offer).status_code == 302
    assert made.module().is_retired


def test_a_buyers_viewer_sees_the_page_and_cannot_change_it(partner: Organisation) -> None:
    viewer = make.user("Vera", role="mentor")
    row = buyers.create_buyer_programme(
        actor=make.actor(), buyer=partner, name="P", starts_on=made.DAY, partner=partner,
        viewers=[viewer],
    )  # fmt: skip
    url = reverse("training:buyer_programme", args=[row.public_id])
    assert client_of(viewer).get(url).status_code == 200
    assert client_of(make.user("Otra", role="mentor")).get(url).status_code == 404
    change = reverse("training:change_buyer_programme", args=[row.public_id])
    assert client_of(viewer).get(change).status_code == 403
    assert client_of(make.user("Elena", role="lead")).get(change).status_code == 200


def test_a_photo_is_seen_by_its_owner_and_not_by_another(firm: CycleFirm, people: Cast) -> None:
    photo = visits.add_photo(actor=make.actor(), visit=firm.visits.get(), content=picture())
    url = reverse("training:photo", args=[photo.pk])
    assert client_of(people.owner).get(url).status_code == 200
    assert client_of(people.other_coordinator).get(url).status_code == 404
    assert client_of(make.user("Otro", role="owner")).get(url).status_code == 404


def test_papers_are_pdf_in_both_languages(firm: CycleFirm, partner: Organisation) -> None:
    client = made.signed_in(make.user("Elena", role="lead"))
    urls_of = pages(firm, partner)
    for language in ("es-bo", "en"):
        client.cookies["idioma"] = language
        for name in ("report_paper", "offer_paper"):
            answer = client.get(urls_of[name])
            assert answer.content.startswith(b"%PDF"), name


def test_attendance_is_sent_by_the_grid(firm: CycleFirm) -> None:
    client = made.signed_in(make.user("Elena", role="lead"))
    at = firm.cycle.workshops.get()
    seat = at.attendances.first()
    sent = {
        "version": "1",
        f"seen-{seat.person_id}": "present:",
        f"mark-{seat.person_id}": "absent",
    }
    others = at.attendances.exclude(pk=seat.pk)
    sent |= {f"seen-{r.person_id}": "present:" for r in others}
    sent |= {f"mark-{r.person_id}": "present" for r in others}
    answer = client.post(reverse("training:record_attendance", args=[at.pk]), sent)
    assert answer.status_code == 302
    seat.refresh_from_db()
    assert seat.is_present is False


def test_a_new_person_of_the_firm_is_registered_and_seated_once(firm: CycleFirm) -> None:
    client = made.signed_in(make.user("Elena", role="lead"))
    url = reverse("training:participants", args=[firm.public_id])
    sent = {
        "given_names": "Inés", "surnames": "Choque", "sex": "female", "role": "worker",
        "intention": "3f0c5a52-7f0b-4a3f-9e6a-0d1c2b3a4f5e",
    }  # fmt: skip
    before = firm.participants.count()
    for _again in range(2):
        assert client.post(url, sent).status_code == 302
    assert firm.participants.count() == before + 1
    assert Affiliation.objects.filter(person__given_names="Inés").count() == 1


def test_calendars_hold_workshops_and_next_visits(firm: CycleFirm) -> None:
    firm.next_visit_on = date(2021, 4, 1)
    firm.save()
    client = made.signed_in(make.user("Elena", role="lead"))
    content = client.get(reverse("training:cycle_calendar", args=[firm.cycle.public_id])).content
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert len(events) == 2


def test_lists_cost_the_same_at_ten_and_twenty() -> None:
    client = made.signed_in(make.user("Elena", role="lead"))

    def cost(name: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(f"training:{name}")).status_code == 200
        return len(queries)

    def fill(count: int) -> None:
        for _n in range(count):
            firm = made.firm(made.cycle())
            pipeline.open_opportunity(actor=make.actor(), enterprise=firm.enterprise, on=made.DAY)

    fill(10)
    few = {name: cost(name) for name in ("overview", "pipeline", "chase")}
    fill(10)
    assert {name: cost(name) for name in few} == few
    assert max(few.values()) <= 25, few


def test_a_cycles_page_costs_the_same_however_many_firms() -> None:
    client = made.signed_in(make.user("Elena", role="lead"))
    cycle = made.cycle("covid", mode="virtual")
    counts = []
    for _round in range(2):
        for _n in range(8):
            made.firm(cycle)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("training:cycle", args=[cycle.public_id]))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def test_facts_have_the_shape_they_say(firm: CycleFirm) -> None:
    for reader in (facts.attendance_facts, facts.visit_facts, facts.cycle_firm_facts):
        schema, rows = reader(None)
        found = [dict(zip(schema.columns, row, strict=True)) for row in rows]
        assert found, schema.name
        assert set(schema.dimensions) <= set(schema.columns)
    (way,) = found
    assert (way["state"], way["module"], way["size_band"]) == ("visit1", "m1", "small")
    assert way["baseline_on"] == made.DAY
    occasions = facts.programmes_of_occasions()
    assert occasions[firm.public_id] == (made.programme().pk,)


def test_every_address_has_a_name_that_its_view_bears() -> None:
    for pattern in urls.urlpatterns:
        assert re.fullmatch(r"[a-z_]+", str(pattern.name))
