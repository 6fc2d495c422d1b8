"""Visits: recorded whole, in order, corrected, removed; the report; sales; buyers; modules."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

import make
from digna.errors import Clash, Refused
from digna.improvement.models import Project
from digna.training.models import CycleFirm, Module, NextStep, Visit
from digna.training.selectors import lists
from digna.training.selectors import reports as report_selectors
from digna.training.services import (
    buyers,
    catalogue,
    cycles,
    pipeline,
    reports,
    visits,
    workshops,
)
from digna.training.services.visits import Agreed, NewProject
from training import made
from training.made import Held

pytestmark = pytest.mark.django_db


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def firm(held: Held) -> CycleFirm:
    return made.bring(made.firm(), "plan_approved", held)


def record(firm: CycleFirm, **values: object) -> Visit:
    by = values.pop("by", make.actor())
    return visits.record_visit(actor=by, firm=firm, seen=made.seen(firm, **values))


def test_a_visit_is_recorded_whole_and_is_a_step(firm: CycleFirm) -> None:
    visit = record(
        firm,
        findings=" Orden a medias ",
        agreed=[Agreed("Pintar las líneas", "Rosa", date(2021, 3, 20))],
        project=NewProject("5S en secado", "5s", photo=picture()),
        photos=[picture()],
        next_on=date(2021, 3, 22),
        minutes=120,
    )
    assert (firm.state, firm.next_visit_on) == ("visit1", date(2021, 3, 22))
    assert (visit.number, visit.findings, visit.photos.count()) == (1, "Orden a medias", 1)
    assert visit.presences.count() == 2
    project = Project.objects.get(enterprise=firm.enterprise)
    assert (project.title, project.photos.count()) == ("5S en secado", 1)
    step = NextStep.objects.get()
    second = record(firm, on=date(2021, 3, 22), closed=[step], finished=[project])
    step.refresh_from_db()
    project.refresh_from_db()
    assert (step.done_in, project.status, second.number) == (second, "done", 2)


def test_the_form_is_filled_from_the_last_visit(firm: CycleFirm) -> None:
    record(firm, agreed=[Agreed("Pintar las líneas")], mode="virtual")
    client = made.signed_in(make.user("Elena", role="lead"))
    page = client.get(reverse("training:new_visit", args=[firm.public_id])).content.decode()
    assert "Pintar las líneas" in page
    assert page.count("checked") >= 2 + 1 + 1  # those who were there, the mode, the length


def test_a_visit_sent_by_the_form_and_again(firm: CycleFirm) -> None:
    client = made.signed_in(make.user("Elena", role="lead"))
    url = reverse("training:new_visit", args=[firm.public_id])
    sent = {
        "on": "2021-03-08", "mode": "on_site", "minutes": "90", "ahead": "21",
        "present": [row.pk for row in firm.participants.all()],
        "project_title": "Ordenar el almacén", "project_area": "5s", "step_what": "Rotular",
        "intention": str(uuid.uuid4()),
    }  # fmt: skip
    for _again in range(2):
        assert client.post(url, sent).status_code == 302
    visit = firm.visits.get()
    assert (visit.minutes, visit.next_on) == (90, date(2021, 3, 29))
    assert Project.objects.get().title == "Ordenar el almacén"


def test_what_was_typed_stays_when_a_visit_is_refused(firm: CycleFirm) -> None:
    client = made.signed_in(make.user("Elena", role="lead"))
    url = reverse("training:new_visit", args=[firm.public_id])
    answer = client.post(url, {"on": "2021-03-08", "mode": "on_site", "findings": "Mucho polvo"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mucho polvo" in page
    assert reverse("training:participants", args=[firm.public_id]) in page


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"on": date(2090, 1, 1)}, "training.visit.future"),
        ({"minutes": 0}, "training.visit.minutes"),
        ({"next_on": made.DAY}, "training.visit.next_before"),
        ({"present": []}, "training.visit.nobody"),
        ({"on": date(2021, 2, 1)}, "training.guard.before_last"),
    ],
)
def test_visits_refused(firm: CycleFirm, values: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        record(firm, **values)
    assert caught.value.code == code
    assert not firm.visits.exists()


def test_a_visit_before_the_plan_is_refused_with_the_way_there(held: Held) -> None:
    firm = made.bring(made.firm(), "workshop_attended", held)
    with pytest.raises(Refused) as caught:
        record(firm)
    assert caught.value.code == "training.guard.out_of_order"
    assert caught.value.details["url"] == reverse("training:firm", args=[firm.public_id])


def test_visits_go_in_the_order_of_their_days(firm: CycleFirm) -> None:
    first = record(firm, on=date(2021, 3, 10))
    with pytest.raises(Refused, match="order"):
        record(firm, on=date(2021, 3, 9))
    record(firm, on=date(2021, 3, 20))
    with pytest.raises(Refused, match="order"):
        visits.correct_visit(actor=make.actor(), visit=first, on=date(2021, 3, 21))
    visits.correct_visit(actor=make.actor(), visit=first, on=date(2021, 3, 11), findings="Bien")
    assert firm.moves.get(after="visit1").on == date(2021, 3, 11)


def test_only_the_last_visit_is_removed_and_only_with_a_reason(firm: CycleFirm) -> None:
    first, second = record(firm), record(firm)
    with pytest.raises(Refused, match="needs_reason"):
        visits.remove_visit(actor=make.actor(), visit=second)
    why = make.actor(reason="de otra empresa")
    with pytest.raises(Refused, match="not_last"):
        visits.remove_visit(actor=why, visit=first)
    visits.remove_visit(actor=why, visit=second)
    firm.refresh_from_db()
    assert (firm.state, firm.visits.count()) == ("visit1", 1)


def test_a_visit_with_steps_after_it_stays(held: Held) -> None:
    firm = made.bring(made.firm(), "endline_done", held)
    last = firm.visits.order_by("-number")[0]
    with pytest.raises(Refused, match="steps_stand"):
        visits.remove_visit(actor=make.actor(reason="error"), visit=last)


def test_more_visits_than_the_module_has_are_kept_and_are_no_step(held: Held) -> None:
    firm = made.bring(made.firm(), "endline_done", held)
    record(firm)
    assert (firm.state, firm.visits.count()) == ("endline_done", 4)


def test_a_report_shows_only_what_is_out_of_the_ordinary_and_is_decided(firm: CycleFirm) -> None:
    record(firm, on=date(2021, 3, 2), agreed=[Agreed("Pintar", due_on=date(2021, 3, 5))])
    record(firm, on=date(2021, 6, 2))
    found = report_selectors.of(firm, date(2021, 6, 3))
    told = " ".join(one.what for one in found.exceptions)
    assert "92 días" in told
    assert "venció" in told
    assert "Pintar" in found.texts["advice"]
    writer, reader = make.user("Tania", role="trainer"), make.user("Elena", role="lead")
    texts = dict.fromkeys(reports.WRITTEN, "") | {"changes": "Más orden"}
    made_report = reports.write_report(actor=make.actor(writer), firm=firm, base_version=0, **texts)
    with pytest.raises(Clash):
        reports.write_report(actor=make.actor(reader), firm=firm, base_version=0, **texts)
    with pytest.raises(Refused, match="not_sent"):
        reports.approve_report(actor=make.actor(reader), report=made_report)
    reports.send_report(actor=make.actor(writer), report=made_report)
    with pytest.raises(Refused, match="locked"):
        reports.write_report(actor=make.actor(writer), firm=firm, base_version=9, **texts)
    with pytest.raises(Refused, match="needs_comment"):
        reports.return_report(actor=make.actor(reader), report=made_report, comment=" ")
    reports.return_report(actor=make.actor(reader), report=made_report, comment="¿Cuánto?")
    reports.send_report(actor=make.actor(writer), report=made_report)
    with pytest.raises(Refused, match="own"):
        reports.approve_report(actor=make.actor(writer), report=made_report)
    reports.approve_report(actor=make.actor(reader), report=made_report)
    with pytest.raises(Refused, match="needs_reason"):
        reports.reopen_report(actor=make.actor(reader), report=made_report)
    reports.reopen_report(actor=make.actor(reader, reason="falta un dato"), report=made_report)
    assert (made_report.state, made_report.comments.count()) == ("draft", 1)


def test_an_empty_report_is_not_sent(firm: CycleFirm) -> None:
    texts = dict.fromkeys(reports.WRITTEN, "")
    report = reports.write_report(actor=make.actor(), firm=firm, base_version=0, **texts)
    with pytest.raises(Refused, match="empty"):
        reports.send_report(actor=make.actor(), report=report)


def test_a_changed_module_is_a_new_version_and_a_cycle_keeps_its_own() -> None:
    cycle = made.cycle()
    module = made.module()
    newer = catalogue.revise_module(actor=make.actor(), module=module, visits=4)
    cycle.refresh_from_db()
    assert (newer.version, cycle.module.version, cycle.module.visits) == (2, 1, 3)
    with pytest.raises(Refused, match="not_current"):
        catalogue.revise_module(actor=make.actor(), module=cycle.module, visits=5)
    with pytest.raises(Refused, match="no_change"):
        catalogue.revise_module(actor=make.actor(), module=newer, visits=4)
    with pytest.raises(Refused, match="no_mode"):
        catalogue.revise_module(actor=make.actor(), module=newer, delivery_modes=[])
    with pytest.raises(Refused, match="module_fixed"):
        cycles.change_cycle(actor=make.actor(), cycle=cycle, module=newer)
    catalogue.retire_module(actor=make.actor(), module=newer)
    with pytest.raises(Refused, match="module_retired"):
        made.cycle()
    catalogue.reinstate_module(actor=make.actor(), module=newer)
    before = Module.objects.count()
    made.modules()
    assert Module.objects.count() == before


def test_the_same_kit_twice_makes_no_version() -> None:

    made.modules()
    entries = make.kit("score").plain("modules")["modules"]
    again = catalogue.load_modules(actor=make.actor(), kit="score", entries=entries)
    assert (again, Module.objects.filter(version__gt=1).count()) == (0, 0)


def test_cycles_and_firms_refused() -> None:
    cycle = made.cycle()
    firm = made.firm(cycle)
    enrol = {"actor": make.actor(), "on": made.DAY}
    with pytest.raises(Refused, match="twice"):
        cycles.enrol_firm(cycle=cycle, enterprise=firm.enterprise, **enrol)
    for _n in range(4):
        made.firm(cycle)
    with pytest.raises(Refused, match="full"):
        made.firm(cycle)
    with pytest.raises(Refused, match=r"cycle\.mode"):
        made.cycle(mode="self_paced")
    with pytest.raises(Refused, match="dates"):
        made.cycle(ends_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="needs_reason"):
        cycles.cancel_cycle(actor=make.actor(), cycle=cycle)
    cycles.cancel_cycle(actor=make.actor(reason="x"), cycle=cycle)
    with pytest.raises(Refused, match="cycle_cancelled"):
        made.firm(cycle)


def test_workshops_follow_the_modules_sessions_and_marks_do_not_clash_unseen(held: Held) -> None:
    from datetime import time

    cycle = made.cycle()
    plan = {"actor": make.actor(), "cycle": cycle, "first_on": made.DAY, "at": time(9)}
    assert workshops.plan_from_module(every_days=7, **plan) == 4
    assert list(cycle.workshops.all())[1].starts_at.day == 8
    with pytest.raises(Refused, match="planned_already"):
        workshops.plan_from_module(every_days=7, **plan)
    firm = made.firm(cycle)
    one, other = made.people(firm)
    at = cycle.workshops.first()
    mark = workshops.Mark
    say = {"actor": make.actor(), "workshop": at}
    workshops.record_attendance(marks=[mark(firm, one, "manager", True)], base_version=0, **say)
    workshops.record_attendance(marks=[mark(firm, other, "worker", True)], base_version=0, **say)
    with pytest.raises(Clash):
        workshops.record_attendance(
            marks=[mark(firm, one, "manager", False)], base_version=0, **say
        )
    with pytest.raises(Refused, match="too_long"):
        workshops.record_attendance(
            marks=[mark(firm, one, "manager", True, 999)], base_version=9, **say
        )
    with pytest.raises(Refused, match="was_held"):
        workshops.cancel_workshop(actor=make.actor(reason="x"), workshop=at)
    with pytest.raises(Refused, match="other_firm"):
        workshops.add_participant(
            actor=make.actor(), firm=made.firm(cycle), person=one, role="worker"
        )


def test_sales_go_from_contact_to_cycle_and_ask_for_what_each_stage_says() -> None:
    made.modules()
    enterprise = make.enterprise("Qhana")
    enterprise.size_band = "small"
    enterprise.save()
    row = pipeline.open_opportunity(actor=make.actor(), enterprise=enterprise, on=made.DAY)
    with pytest.raises(Refused, match="open_already"):
        pipeline.open_opportunity(actor=make.actor(), enterprise=enterprise, on=made.DAY)

    def move(stage: str, **values: object) -> None:
        pipeline.move_opportunity(
            actor=make.actor(), opportunity=row, stage=stage, on=made.DAY, **values
        )

    with pytest.raises(Refused, match="no_diagnosis"):
        move("offer")
    with pytest.raises(Refused, match=r"intake\.number"):
        pipeline.record_intake(
            actor=make.actor(), opportunity=row, on=made.DAY, answers={"waste": "mucho"}
        )
    intake = pipeline.record_intake(
        actor=make.actor(), opportunity=row, on=made.DAY,
        answers={"waste": "1.000", "rework": "5"},
    )  # fmt: skip
    row.refresh_from_db()
    assert row.stage == "diagnosed"
    assert (intake.estimate["low"], intake.estimate["high"]) == ("1200", "3600")
    assert intake.estimate["left_out"] == ["rework"]
    assert intake.advice
    with pytest.raises(Refused, match="no_price"):
        move("offer")
    with pytest.raises(Refused, match="subsidy"):
        move("offer", price_offered=Decimal(100), subsidy=Decimal(200))
    row.refresh_from_db()
    move("offer", price_offered=Decimal(3000), subsidy=Decimal(1000), module=made.module())
    assert row.firm_pays == Decimal(2000)
    with pytest.raises(Refused, match="not_accepted"):
        move("signed")
    move("signed", price_accepted=Decimal(1800))
    with pytest.raises(Refused, match="not_paid"):
        move("paid")
    with pytest.raises(Refused, match="other_module"):
        pipeline.enrol_from(
            actor=make.actor(), opportunity=row, cycle=made.cycle("basics"), on=made.DAY
        )
    firm = pipeline.enrol_from(actor=make.actor(), opportunity=row, cycle=made.cycle(), on=made.DAY)
    assert firm.enterprise == enterprise
    with pytest.raises(Refused, match="enrolled_already"):
        pipeline.enrol_from(actor=make.actor(), opportunity=row, cycle=firm.cycle, on=made.DAY)
    move("paid", paid=Decimal(1800))
    lose = {"actor": make.actor(), "opportunity": row, "on": made.DAY}
    with pytest.raises(Refused, match="lost_reason"):
        pipeline.lose_opportunity(reason="", **lose)
    with pytest.raises(Refused, match="paid_already"):
        pipeline.lose_opportunity(reason="price", **lose)


def test_a_diagnosis_without_numbers_gives_no_number() -> None:
    made.modules()
    row = pipeline.open_opportunity(actor=make.actor(), enterprise=make.enterprise(), on=made.DAY)
    intake = pipeline.record_intake(actor=make.actor(), opportunity=row, on=made.DAY, answers={})
    assert (intake.estimate["low"], intake.estimate["high"]) == (None, None)


def test_a_buyer_sees_totals_of_five_and_names_only_by_consent(held: Held) -> None:
    buyer = buyers.create_buyer_programme(
        actor=make.actor(), buyer=make.organisation("Gran Tienda"), name="Proveedores",
        starts_on=made.DAY,
    )  # fmt: skip
    cycle = made.cycle(buyer_programme=buyer)
    firms = [made.firm(cycle) for _n in range(4)]
    assert lists.buyer_page(buyer).certified is None
    firms.append(made.firm(cycle))
    page = lists.buyer_page(buyer)
    assert (page.suppliers, page.certified, page.named) == (5, 0, ())
    say = {"actor": make.actor(), "programme": buyer, "on": made.DAY}
    with pytest.raises(Refused, match="not_inside"):
        buyers.record_consent(enterprise=make.enterprise(), is_given=True, said_by="R", **say)
    with pytest.raises(Refused, match="who"):
        buyers.record_consent(enterprise=firms[0].enterprise, is_given=True, said_by="", **say)
    buyers.record_consent(enterprise=firms[0].enterprise, is_given=True, said_by="R", **say)
    assert lists.buyer_page(buyer).named == (firms[0],)
    buyers.record_consent(enterprise=firms[0].enterprise, is_given=False, said_by="R", **say)
    assert lists.buyer_page(buyer).named == ()


def test_what_is_late_is_chased_and_what_is_paused_is_not(firm: CycleFirm) -> None:
    lead = make.user("Elena", role="lead")
    record(firm, next_on=date(2021, 3, 20))
    (late,) = lists.chase(lead, date(2021, 3, 25))
    assert late.kind == "visita"
    firm.is_paused = True
    firm.save()
    assert lists.chase(lead, date(2021, 3, 25)) == []


def test_year_after_is_chased_when_its_time_comes(held: Held) -> None:
    firm = made.bring(made.firm(), "certificate_issued", held)
    lead = make.user("Elena", role="lead")
    assert firm.year_after_due is not None
    kinds = [one.kind for one in lists.chase(lead, firm.year_after_due - timedelta(days=10))]
    assert kinds == ["al-ano"]
