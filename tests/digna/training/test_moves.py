"""A firm's way: every guard refuses with its sentence and its link; nothing is out of order."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

import make
from digna.certificates.models import Certificate
from digna.errors import Refused
from digna.training import outcomes, states
from digna.training.models import CycleFirm, Move
from digna.training.services import cycles, moves, visits
from digna.training.states import Lack
from training import made
from training.made import Held

pytestmark = pytest.mark.django_db


def refused(firm: CycleFirm, to: str, on: date = made.DAY) -> Refused:
    with pytest.raises(Refused) as caught:
        moves.advance(actor=make.actor(), firm=firm, to=to, on=on)
    return caught.value


def codes(problem: Refused) -> list[str]:
    return [lack.code for lack in problem.details["missing"]]


def test_the_whole_way_ends_with_a_certificate_and_a_task_for_next_year(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "certificate_issued", held)
    assert firm.endline_on == made.DAY
    assert firm.year_after_due == date(2022, 3, 1)
    certificate = Certificate.objects.get(reference=firm.public_id)
    assert certificate.enterprise == firm.enterprise
    held.enough.add("year_after")
    moves.advance(actor=make.actor(), firm=firm, to="year_after_done", on=date(2022, 3, 1))
    assert firm.year_after_on == date(2022, 3, 1)
    assert firm.moves.count() == len(states.path(3)) - 1


def test_no_workshop_without_a_baseline(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "agreement_signed", held)
    held.enough.clear()
    problem = refused(firm, "baseline_done")
    assert problem.code == "training.guard.no_baseline"
    assert "Falta la línea base" in str(problem.message)
    assert problem.details["url"] == reverse("training:measure", args=[firm.public_id, "baseline"])
    held.enough.add("baseline")
    moves.advance(actor=make.actor(), firm=firm, to="baseline_done", on=made.DAY)
    made.attended(firm)
    held.enough.clear()
    assert codes(refused(firm, "workshop_attended")) == ["no_baseline"]


def test_what_the_baseline_lacks_is_told_in_its_own_words(
    monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    firm = made.firm()
    made.bring(firm, "agreement_signed", held)
    lack = Lack("baseline_incomplete", "baseline", (), "/medicion/1", "Faltan 3 prácticas.")
    monkeypatch.setattr(outcomes, "held", lambda *_a: outcomes.Held(None, False, (lack,)))
    problem = refused(firm, "baseline_done")
    assert (str(problem.message), problem.details["url"]) == ("Faltan 3 prácticas.", "/medicion/1")


@pytest.mark.parametrize(
    ("roles", "missing"),
    [
        (("worker",), ["no_manager_present"]),
        (("owner",), ["no_worker_present"]),
        (("owner", "union_rep"), []),
    ],
)
def test_a_workshop_needs_who_manages_and_who_works(
    held: Held, roles: tuple[str, ...], missing: list[str]
) -> None:
    firm = made.firm()
    made.bring(firm, "baseline_done", held)
    at = made.attended(firm, roles)
    if not missing:
        moves.advance(actor=make.actor(), firm=firm, to="workshop_attended", on=made.DAY)
        return
    problem = refused(firm, "workshop_attended")
    assert codes(problem) == missing
    url = reverse("training:cycle_workshops", args=[at.cycle.public_id])
    assert problem.details["missing"][0].url == url


def test_below_two_and_two_is_warned_and_does_not_stop() -> None:
    facts = states.Facts("baseline_done", made.DAY, 3, roles_present=("owner", "worker"))
    (warning,) = states.warnings(facts, "workshop_attended")
    assert warning.code == "below_two_and_two"
    four = states.Facts("x", made.DAY, 3, roles_present=("owner", "manager", "worker", "union_rep"))
    assert states.warnings(four, "workshop_attended") == ()


def test_a_later_module_needs_the_first_one_completed_by_the_same_firm(held: Held) -> None:
    enterprise = make.enterprise("Illimani")
    second = made.firm(made.cycle("m2"), enterprise=enterprise)
    problem = refused(second, "eligible")
    assert problem.code == "training.guard.prerequisite"
    assert "Módulo 1" in str(problem.message)
    assert problem.details["url"] == reverse("registry:enterprise", args=[enterprise.public_id])
    made.bring(made.firm(enterprise=make.enterprise("Otra")), "certificate_issued", held)
    assert refused(second, "eligible").code == "training.guard.prerequisite"
    made.bring(made.firm(made.cycle("basics"), enterprise=enterprise), "certificate_issued", held)
    moves.advance(actor=make.actor(), firm=second, to="eligible", on=made.DAY)


@pytest.mark.parametrize("code", ["m1", "basics", "hoco", "covid", "mejora-continua"])
def test_exempt_modules_ask_for_nothing_before(code: str) -> None:
    firm = made.firm(made.cycle(code, mode=made.module(code).delivery_modes[0]))
    moves.advance(actor=make.actor(), firm=firm, to="eligible", on=made.DAY)


def test_another_size_is_admitted_only_in_writing() -> None:
    firm = made.firm(size="micro")
    problem = refused(firm, "eligible")
    assert problem.code == "training.guard.size_outside"
    assert "micro" in str(problem.message)
    assert problem.details["url"] == reverse("training:admit", args=[firm.public_id])
    with pytest.raises(Refused, match="needs_reason"):
        moves.admit(actor=make.actor(), firm=firm, on=made.DAY)
    moves.admit(actor=make.actor(reason="Crece rápido"), firm=firm, on=made.DAY)
    assert (firm.state, firm.override_reason) == ("eligible", "Crece rápido")


def test_an_unknown_size_is_asked_for() -> None:
    problem = refused(made.firm(size=""), "eligible")
    assert problem.code == "training.guard.size_unknown"


def test_team_and_plan_are_asked_for_with_their_links(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "workshop_attended", held)
    problem = refused(firm, "eit_formed")
    assert codes(problem) == ["team_without_manager", "team_without_worker"]
    assert problem.details["url"] == reverse("training:team", args=[firm.public_id])
    made.step(firm, "eit_formed", made.DAY)
    problem = refused(firm, "plan_approved")
    assert codes(problem) == ["no_plan"]
    assert problem.details["url"] == reverse("training:plan", args=[firm.public_id])
    with pytest.raises(Refused, match=r"training\.plan\.empty"):
        moves.approve_plan(actor=make.actor(), firm=firm, plan=" ", approved_by="x", on=made.DAY)


def test_a_visit_that_was_not_made_is_no_step(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "plan_approved", held)
    problem = refused(firm, "visit1")
    assert codes(problem) == ["no_visit"]
    assert problem.details["url"] == reverse("training:new_visit", args=[firm.public_id])


def test_no_certificate_without_endline_or_a_written_waiver(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "visit3", held)
    held.enough.discard("endline")
    problem = refused(firm, "endline_done")
    assert problem.code == "training.guard.no_endline"
    assert problem.details["url"] == reverse("training:measure", args=[firm.public_id, "endline"])
    assert refused(firm, "certificate_issued").code == "training.guard.out_of_order"
    with pytest.raises(Refused, match="needs_reason"):
        moves.waive_endline(actor=make.actor(), firm=firm)
    lead = make.user("Elena", role="lead")
    moves.waive_endline(actor=make.actor(lead, reason="La fábrica se incendió"), firm=firm)
    moves.issue_certificate(actor=make.actor(), firm=firm, on=made.DAY)
    assert (firm.state, firm.waived_by) == ("certificate_issued", lead)
    assert firm.year_after_due == date(2022, 3, 1)


def test_a_waiver_is_not_written_before_the_last_visit(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "visit2", held)
    with pytest.raises(Refused, match=r"training\.waiver\.too_soon"):
        moves.waive_endline(actor=make.actor(reason="apuro"), firm=firm)


def test_the_look_back_waits_ten_months(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "certificate_issued", held)
    held.enough.add("year_after")
    problem = refused(firm, "year_after_done", made.DAY + timedelta(days=200))
    assert problem.code == "training.guard.year_after_too_soon"
    held.enough.clear()
    problem = refused(firm, "year_after_done", made.DAY + timedelta(days=360))
    assert problem.code == "training.guard.no_year_after"


@pytest.mark.parametrize("at", ["lead", "agreement_signed", "workshop_attended", "visit1"])
def test_no_state_is_reached_out_of_order_by_its_address(held: Held, at: str) -> None:
    firm = made.firm()
    made.bring(firm, at, held)
    client = made.signed_in(make.user("Elena", role="lead"))
    follows = states.next_of(at, 3)
    for to in (*states.path(3), "nonsense"):
        if to == follows:
            continue
        url = reverse("training:advance", args=[firm.public_id, to])
        answer = client.post(url, {"on": "2021-03-01", "intention": str(uuid.uuid4())})
        assert answer.status_code == 422, (at, to)
        firm.refresh_from_db()
        assert firm.state == at


def test_days_are_held_in_order_and_never_to_come(held: Held) -> None:
    firm = made.firm()
    assert refused(firm, "eligible", date(2090, 1, 1)).code == "training.guard.future"
    early = refused(firm, "eligible", date(2021, 2, 1))
    assert early.code == "training.guard.before_last"
    assert "01/02/2021" in str(early.message)


def test_a_paused_firm_or_cancelled_cycle_stands_still() -> None:
    firm = made.firm()
    with pytest.raises(Refused, match="needs_reason"):
        moves.pause(actor=make.actor(), firm=firm)
    moves.pause(actor=make.actor(reason="cosecha"), firm=firm)
    problem = refused(firm, "eligible")
    assert problem.code == "training.guard.paused"
    assert problem.details["url"] == reverse("training:resume", args=[firm.public_id])
    with pytest.raises(Refused, match="cannot_pause"):
        moves.pause(actor=make.actor(reason="otra"), firm=firm)
    moves.resume(actor=make.actor(), firm=firm)
    cycles.cancel_cycle(actor=make.actor(reason="sin fondos"), cycle=firm.cycle)
    assert refused(firm, "eligible").code == "training.guard.cycle_cancelled"
    cycles.reinstate_cycle(actor=make.actor(), cycle=firm.cycle)
    moves.advance(actor=make.actor(), firm=firm, to="eligible", on=made.DAY)


def test_leaving_and_closing_ask_why_and_can_be_undone(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "eligible", held)
    with pytest.raises(Refused, match="drop_reason"):
        moves.drop(actor=make.actor(), firm=firm, reason="", on=made.DAY)
    moves.drop(actor=make.actor(), firm=firm, reason="time", on=made.DAY)
    assert refused(firm, "agreement_signed").code == "training.guard.out_of_order"
    moves.undo_last(actor=make.actor(reason="volvió"), firm=firm)
    assert (firm.state, firm.drop_reason) == ("eligible", "")
    with pytest.raises(Refused, match="needs_reason"):
        moves.close_without_data(actor=make.actor(), firm=firm, on=made.DAY)
    moves.close_without_data(actor=make.actor(reason="cerró"), firm=firm, on=made.DAY)
    assert firm.state == "closed_no_data"


def test_undoing_the_certificate_revokes_it_and_doing_it_again_issues_another(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "certificate_issued", held)
    with pytest.raises(Refused, match="needs_reason"):
        moves.undo_last(actor=make.actor(), firm=firm)
    moves.undo_last(actor=make.actor(reason="faltaba la firma"), firm=firm)
    assert firm.state == "endline_done"
    assert not Certificate.objects.filter(reference=firm.public_id, revoked_at=None).exists()
    moves.issue_certificate(actor=make.actor(), firm=firm, on=made.DAY)
    assert Certificate.objects.filter(reference=firm.public_id).count() == 2


def test_undoing_goes_back_to_the_beginning_and_no_further() -> None:
    firm = made.firm()
    with pytest.raises(Refused, match="nothing_to_undo"):
        moves.undo_last(actor=make.actor(reason="x"), firm=firm)


def test_a_visits_step_falls_only_with_its_visit(held: Held) -> None:
    firm = made.firm()
    made.bring(firm, "visit1", held)
    with pytest.raises(Refused, match="visit_stands"):
        moves.undo_last(actor=make.actor(reason="x"), firm=firm)
    visits.remove_visit(actor=make.actor(reason="era otra empresa"), visit=firm.visits.get())
    firm.refresh_from_db()
    assert firm.state == "plan_approved"


def test_the_same_intention_takes_one_step_only(held: Held) -> None:
    firm = made.firm()
    intention = uuid.uuid4()
    for _again in range(2):
        who = make.actor(intention=intention)
        moves.advance(actor=who, firm=firm, to="eligible", on=made.DAY)
    assert Move.objects.filter(firm=firm).count() == 1


def test_the_page_shows_every_lack_as_a_link(held: Held) -> None:
    firm = made.firm(size="micro")
    client = made.signed_in(make.user("Elena", role="lead"))
    page = client.get(reverse("training:firm", args=[firm.public_id])).content.decode()
    assert reverse("training:admit", args=[firm.public_id]) in page
    url = reverse("training:advance", args=[firm.public_id, "eligible"])
    answer = client.post(url, {"on": "2021-03-01"})
    assert answer.status_code == 422
    assert re.search(r"training\.guard\.size_outside", answer.content.decode())
