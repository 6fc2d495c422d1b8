"""The ladder: each rung refuses by name what is missing, experts sign, certificates follow."""

import uuid
from datetime import date, timedelta

import pytest

import make
from digna.errors import DomainError, NotAllowed, Refused
from digna.journal import actor as journal_actor
from digna.registry.services import erasure
from digna.trainers import access, ladder, selectors
from digna.trainers.models import Step
from digna.trainers.services import evidence, rules, ways
from trainers import made

pytestmark = pytest.mark.django_db


def refusal(code: str, of: made.Way) -> str:
    with pytest.raises(DomainError) as refused:
        ways.climb(actor=make.actor(), way=of)
    assert refused.value.code == code
    return str(refused.value.message)


def test_each_rung_says_what_is_missing() -> None:
    way = made.way()
    assert "horas de formación de formadores aceptadas (0 de 24)" in refusal("trainers.lacks", way)
    made.shown(way, "tot", hours=24)
    ways.climb(actor=make.actor(), way=way)
    assert "condujo el taller" in refusal("trainers.lacks", way)
    for task in ladder.TASKS:
        made.shown(way, task)
    ways.climb(actor=make.actor(), way=way)
    assert "recomendación" in refusal("trainers.lacks", way)
    made.shown(way, "recommendation")
    ways.climb(actor=make.actor(), way=way)
    ways.climb(actor=make.actor(), way=way)
    assert way.rung == "certified"
    assert "ciclos dictados (0 de 3)" in refusal("trainers.lacks", way)
    for n in range(3):
        made.delivered(way.trainer, on=made.START + timedelta(days=n), independence="high")
    ways.climb(actor=make.actor(), way=way)
    assert "experta" in refusal("trainers.at_the_top", way)
    assert [s.after for s in Step.objects.all()] == list(ladder.RUNGS[1:])


def test_evidence_that_was_not_accepted_does_not_count() -> None:
    way = made.way()
    evidence.add(actor=make.actor(), way=way, kind="tot", on=made.START, hours=40)
    assert "0 de 24" in refusal("trainers.lacks", way)


def test_certification_issues_a_certificate_for_the_term_of_the_rule() -> None:
    way = made.at("certified", made.way(), on=date(2021, 3, 31))
    assert way.certificate is not None
    assert way.certificate.kind == "trainer"
    assert way.valid_until == way.certificate.valid_until == date(2023, 3, 31)


def test_the_expert_certificate_replaces_the_former() -> None:
    way = made.at("certified", made.way())
    first = way.certificate
    assert first is not None
    made.at("expert", way)
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert way.certificate is not None
    assert way.certificate.level == "experta/o"


def test_only_an_expert_of_the_module_signs_and_not_for_themselves() -> None:
    user, own = made.expert("m1")
    other = made.way(made.trainer("Otra"))
    made.shown(other, "tot", hours=30)
    assert access.may_sign(user, other)
    assert not access.may_sign(user, own)
    assert not access.may_sign(user, made.way(made.trainer("Tercera"), "m2"))
    ways.climb(actor=make.actor(user), way=other)
    with pytest.raises(NotAllowed):
        ways.step_down(actor=make.actor(user), way=own, reason="x")


def test_a_trainer_may_not_accept_evidence() -> None:
    user = make.user("Lidia", role="trainer")
    way = made.way(made.trainer("Ana"))
    piece = evidence.add(actor=make.actor(user), way=way, kind="report", on=made.START, note="x")
    with pytest.raises(NotAllowed):
        evidence.accept(actor=make.actor(user), evidence=piece)


def test_evidence_is_refused_with_a_sentence() -> None:
    way = made.way()
    tomorrow = date.today() + timedelta(days=2)  # noqa: DTZ011 — any day to come
    for values, code in (
        ({"kind": "tot", "on": made.START}, "trainers.evidence.hours"),
        ({"kind": "report", "on": tomorrow, "note": "x"}, "trainers.evidence.future"),
        ({"kind": "report", "on": made.START}, "trainers.evidence.empty"),
    ):
        with pytest.raises(Refused) as refused:
            evidence.add(actor=make.actor(), way=way, **values)  # type: ignore[arg-type]
        assert refused.value.code == code


def test_returning_wants_a_comment_and_a_judged_piece_stays() -> None:
    way = made.way()
    piece = evidence.add(actor=make.actor(), way=way, kind="report", on=made.START, note="x")
    with pytest.raises(Refused) as refused:
        evidence.send_back(actor=make.actor(), evidence=piece, comment=" ")
    assert refused.value.code == "trainers.evidence.needs_comment"
    evidence.send_back(actor=make.actor(), evidence=piece, comment="faltan fotos")
    with pytest.raises(Refused) as refused:
        evidence.remove(actor=make.actor(), evidence=piece)
    assert refused.value.code == "trainers.evidence.judged"


def test_renewal_wants_a_recent_cycle() -> None:
    way = made.at("certified", made.way())
    with pytest.raises(Refused) as refused:
        ways.renew(actor=make.actor(), way=way, on=date(2022, 6, 1))
    assert refused.value.code == "trainers.not_active"
    made.delivered(way.trainer, on=date(2022, 5, 1))
    ways.renew(actor=make.actor(), way=way, on=date(2022, 6, 1))
    assert way.valid_until == date(2024, 6, 1)
    with pytest.raises(Refused) as refused:
        ways.renew(actor=make.actor(), way=made.way(made.trainer("Nueva")))
    assert refused.value.code == "trainers.not_certified"


def test_stepping_down_revokes_the_certificate() -> None:
    way = made.at("certified", made.way())
    row = way.certificate
    assert row is not None
    with pytest.raises(Refused) as refused:
        ways.step_down(actor=make.actor(), way=way, reason="")
    assert refused.value.code == "trainers.needs_reason"
    ways.step_down(actor=make.actor(), way=way, reason="copió el informe")
    row.refresh_from_db()
    assert (way.rung, way.valid_until, row.revoked_reason) == (
        "recommended", None, "copió el informe",
    )  # fmt: skip
    fresh = made.way(made.trainer("Nueva"))
    with pytest.raises(Refused) as refused:
        ways.step_down(actor=make.actor(), way=fresh, reason="x")
    assert refused.value.code == "trainers.at_the_bottom"


def test_who_stopped_does_not_climb_until_they_return() -> None:
    way = made.way()
    made.shown(way, "tot", hours=30)
    with pytest.raises(Refused) as refused:
        ways.stop(actor=make.actor(), trainer=way.trainer, reason="pay", on=date(2020, 1, 1))
    assert refused.value.code == "trainers.stopped_before_start"
    ways.stop(actor=make.actor(), trainer=way.trainer, reason="pay", on=date(2021, 6, 1))
    refusal("trainers.has_stopped", way)
    ways.come_back(actor=make.actor(), trainer=way.trainer)
    ways.climb(actor=make.actor(), way=way)


def test_no_rung_before_the_one_below() -> None:
    way = made.way()
    made.shown(way, "tot", hours=30)
    with pytest.raises(Refused) as refused:
        ways.climb(actor=make.actor(), way=way, on=date(2020, 12, 31))
    assert refused.value.code == "trainers.step_before_last"


def test_a_module_outside_the_catalogue_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        ways.begin_way(actor=make.actor(), trainer=made.trainer(), module_code="no")
    assert refused.value.code == "trainers.no_such_module"


def test_the_same_person_and_module_are_enlisted_once() -> None:
    person = make.person("Lidia")
    first = made.trainer(person=person)
    assert made.trainer(person=person) == first
    assert made.way(first) == made.way(first)


def test_the_same_intention_climbs_once() -> None:
    way = made.way()
    made.shown(way, "tot", hours=30)
    for _n in range(2):
        act = journal_actor.system(intention=uuid.UUID(int=9))
        ways.climb(actor=act, way=way)
    way.refresh_from_db()
    assert way.rung == "trained"


def test_a_new_rule_does_not_change_what_was_granted() -> None:
    way = made.at("certified", made.way())
    until = way.valid_until
    rule = rules.change_rule(actor=make.actor(), valid_months=6)
    assert rules.change_rule(actor=make.actor(), valid_months=6) == rule
    way.refresh_from_db()
    assert way.valid_until == until
    later = made.at("certified", made.way(made.trainer("Nueva")))
    assert later.valid_until == ladder.months_after(made.START, 6)
    rules.change_rule(actor=make.actor(), module_code="m1", valid_months=36)
    assert selectors.rule_of("m1").valid_months == 36
    assert selectors.rule_of("m2").valid_months == 6


def test_a_variant_counts_for_its_module() -> None:
    way = made.way()
    made.module("m1-virtual", variant_of="m1")
    made.delivered(way.trainer, "m1-virtual")
    assert selectors.deliveries(way) == [made.START]


def test_the_published_attrition_of_myanmar() -> None:
    """Of those trained, 55 % were certified and 32 % still active (SCORE Myanmar, mid-term)."""
    rungs = ["certified"] * 55 + ["trained"] * 45 + ["candidate"] * 10
    states = ["active"] * 32 + ["idle"] * 23 + ["climbing"] * 55
    found = ladder.cohort(rungs, states)
    assert (found.certified, found.active, found.trained) == (55, 32, 100)


def test_an_erased_person_leaves_an_empty_portfolio_and_a_counted_rung() -> None:
    way = made.way()
    made.shown(way, "report", note="Rosa Mamani lo hizo")
    erasure.erase_person(actor=journal_actor.system(reason="lo pidió"), person=way.trainer.person)
    assert [piece.note for piece in way.evidence.all()] == [""]
