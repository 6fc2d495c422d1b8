"""Selections by their services: what is kept, what is refused, what comes out."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import make
from digna.errors import Refused
from digna.journal.models import Change, Line
from digna.programmes.services import kits
from digna.registry.models import Sector
from digna.studies import gathering, sentences
from digna.studies.models import (
    Decision,
    Evaluator,
    Outcome,
    Round,
    Scheme,
    Score,
    Selection,
    WeightVote,
)
from digna.studies.selectors import results, spreads
from digna.studies.selectors import selections as selectors
from digna.studies.services import (
    criteria,
    decisions,
    evaluators,
    outcomes,
    rounds,
    selections,
    votes,
)
from studies import chosen

pytestmark = pytest.mark.django_db
WHY = "El gremio del café ya comprometió recursos propios para tres años."


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}")


def by_name(of: Selection, name: str) -> Any:
    return of.candidates.get(name=name)


def decide(of: Selection, *names: str, **values: Any) -> Decision:
    values.setdefault("signatories", ["Elena Rocha"])
    return decisions.take_decision(
        actor=values.pop("actor", make.actor()),
        selection=of,
        chosen=[by_name(of, name) for name in names],
        decided_on=values.pop("decided_on", date(2019, 7, 1)),
        **values,
    )


def test_the_published_schemes_come_with_an_anchor_for_every_score() -> None:
    kit = make.kit("studies")
    for _twice in range(2):
        kits.install_kit(actor=make.actor(), kit=kit)
    scheme = Scheme.objects.get(code="four-dimensions")
    assert not scheme.is_weight_confirmed
    made = chosen.selection(scheme=scheme)
    scored = made.criteria.filter(is_knock_out=False).exclude(name__startswith="Criterio")
    assert scored.count() == 14
    assert all(len(by.anchors) == 5 for by in scored)
    total = sum(by.default_weight for by in scored if by.default_weight)
    assert total.quantize(Decimal(1)) == 100
    assert made.criteria.filter(code="impact-on-environment", direction="min").exists()


def test_a_selection_belongs_to_a_programme() -> None:
    with refused("studies.selection.no_programme"):
        selections.create_selection(
            actor=make.actor(), title="x", question="y", programmes=[], held_on=date(2019, 1, 1)
        )


def test_the_long_list_takes_sectors_of_the_register_and_free_words_once() -> None:
    made = chosen.selection()
    sector = Sector.objects.create(code="tourism", name_es="Turismo", name_en="Tourism")
    selections.add_candidates(
        actor=make.actor(), selection=made, sectors=[sector], names=["  Madera ", "madera"]
    )
    assert list(made.candidates.values_list("name", flat=True)) == [
        "quinua", "turismo", "café", "Madera",
    ]  # fmt: skip


def test_what_is_being_scored_is_not_changed_under_peoples_hands() -> None:
    made = chosen.selection()
    by, sector = chosen.scored(made)[0], by_name(made, "café")
    chosen.opened(made)
    for change in (
        lambda: selections.add_candidates(actor=make.actor(), selection=made, names=["otro"]),
        lambda: selections.remove_candidate(actor=make.actor(), candidate=sector),
        lambda: criteria.change_criterion(actor=make.actor(), criterion=by, name="otro"),
        lambda: criteria.remove_criterion(actor=make.actor(), criterion=by),
    ):
        with refused("studies.selection.scoring_begun"):
            change()


def test_criteria_are_anchored_named_once_and_stay_once_weighed() -> None:
    made = chosen.selection()
    with refused("studies.criterion.anchors"):
        criteria.add_criterion(actor=make.actor(), selection=made, name="x", anchors=["uno"])
    with refused("studies.criterion.repeated"):
        criteria.add_criterion(
            actor=make.actor(), selection=made, name="Criterio 1", anchors=chosen.ANCHORS
        )
    chosen.opened(made, "weights")
    with refused("studies.criterion.weighed"):
        criteria.remove_criterion(actor=make.actor(), criterion=chosen.scored(made)[0])
    with refused("studies.selection.weighting_in_use"):
        selections.change_selection(actor=make.actor(), selection=made, weighting="ahp")


def test_a_knocked_out_sector_leaves_the_ranking_and_stays_on_record() -> None:
    made = chosen.selection()
    veto, cafe = made.criteria.get(is_knock_out=True), by_name(made, "café")
    give = {"actor": make.actor(), "candidate": cafe, "criterion": veto}
    with refused("studies.verdict.needs_reason"):
        selections.give_verdict(**give, outcome="fails")
    with refused("studies.verdict.not_knock_out"):
        selections.give_verdict(**give | {"criterion": chosen.scored(made)[0]}, outcome="passes")
    key = uuid.uuid4()
    verdict = selections.give_verdict(**give, outcome="fails", reason="Sin plan", evidence=[key])
    assert verdict.evidence == [str(key)]
    table = gathering.table_of(made)
    assert [c.name for c in table.candidates] == ["quinua", "turismo"]
    assert [c.name for c in table.knocked_out] == ["café"]
    one = chosen.opened(made)
    with refused("studies.score.knocked_out"):
        chosen.scores(one, made.evaluators.first(), {"café": (1,)})
    selections.give_verdict(**give, outcome="unknown")
    assert len(gathering.table_of(made).candidates) == 3


def test_people_are_invited_once_leave_and_come_back() -> None:
    made = chosen.selection()
    who = made.evaluators.first()
    with refused("studies.evaluator.repeated"):
        evaluators.invite_evaluator(
            actor=make.actor(), selection=made, name=" persona 1", constituency="workers"
        )
    token = who.token
    evaluators.renew_link(actor=make.actor(), evaluator=who)
    assert who.token != token
    one = chosen.opened(made)
    evaluators.note_leaving(actor=make.actor(), evaluator=who)
    with refused("studies.vote.left"):
        chosen.scores(one, who)
    evaluators.note_return(actor=make.actor(), evaluator=who)
    chosen.scores(one, who)
    assert Score.objects.filter(evaluator=who).count() == 12


def test_rounds_open_when_ready_one_at_a_time_and_close_once_somebody_answered() -> None:
    bare = chosen.selection(people=())
    with refused("studies.round.not_ready"):
        chosen.opened(bare)
    made = chosen.selection(title="otra")
    one = chosen.opened(made)
    with refused("studies.round.already_open"):
        chosen.opened(made)
    with refused("studies.round.nobody_answered"):
        chosen.close(one)
    with refused("studies.discussion.round_open"):
        rounds.note_discussion(actor=make.actor(), round=one, text="x")
    chosen.scores(one, made.evaluators.first())
    closed = chosen.close(one)
    assert len(closed.sha256) == 64
    with refused("studies.round.closed"):
        chosen.close(one)
    with refused("studies.discussion.empty"):
        rounds.note_discussion(actor=make.actor(), round=closed, text=" ")
    with refused("studies.vote.round_closed"):
        chosen.scores(one, made.evaluators.last())
    assert chosen.opened(made).number == 2


def test_pairs_are_asked_only_of_few_criteria() -> None:
    made = chosen.selection(weighting="ahp")
    for place in range(5, 11):
        criteria.add_criterion(
            actor=make.actor(), selection=made, name=f"Criterio {place}", anchors=chosen.ANCHORS
        )
    with refused("studies.round.too_many_pairs"):
        chosen.opened(made, "weights")


def test_answers_outside_the_scale_or_of_another_selection_are_refused() -> None:
    made, other = chosen.selection(), chosen.selection(title="otra")
    one, ones = chosen.opened(made), chosen.opened(made, "weights")
    who = made.evaluators.first()
    with refused("studies.score.out_of_scale"):
        chosen.scores(one, who, {"café": (6,)})
    with refused("studies.vote.not_yours"):
        chosen.scores(one, other.evaluators.first())
    with refused("studies.weight.out_of_scale"):
        chosen.weights(ones, who, (101,))
    with refused("studies.weight.out_of_scale"):
        votes.give_weights(
            actor=make.actor(), round=ones, evaluator=who,
            values={(chosen.scored(other)[0].pk, None): Decimal(5)},
        )  # fmt: skip


def test_an_answer_replaces_ones_own_and_no_evidence_is_no_number() -> None:
    made = chosen.selection()
    one, who = chosen.opened(made), made.evaluators.first()
    chosen.scores(one, who, {"café": (3, None)}, confidence=2)
    chosen.scores(one, who, {"café": (4,)}, confidence=3)
    found = Score.objects.filter(evaluator=who).order_by("criterion__order")
    assert [(row.score, row.confidence) for row in found] == [(4, 3), (None, None)]
    ones = chosen.opened(made, "weights")
    chosen.weights(ones, who, (40, 60))
    chosen.weights(ones, who, (None, 50))
    assert [row.value for row in WeightVote.objects.filter(evaluator=who)] == [50]


def test_an_answer_sent_twice_has_one_effect() -> None:
    made = chosen.selection()
    one, who = chosen.opened(made), made.evaluators.first()
    actor = make.actor(intention=uuid.uuid4())
    give = {"round": one, "evaluator": who, "candidate": by_name(made, "café"),
            "criterion": chosen.scored(made)[0]}  # fmt: skip
    first = votes.give_score(actor=actor, **give, score=2)
    votes.give_score(actor=make.actor(), **give, score=5)
    assert votes.give_score(actor=actor, **give, score=2).pk == first.pk
    assert Score.objects.get().score == 5
    assert Line.objects.filter(action="studies.score.given").count() == 2


def test_the_journal_says_that_somebody_answered_and_never_what() -> None:
    made = chosen.selection()
    one, ones = chosen.opened(made), chosen.opened(made, "weights")
    who = made.evaluators.first()
    chosen.scores(one, who, {"café": (5,)}, rationale="secreto")
    chosen.scores(one, who, {"café": (2,)}, rationale="secreto")
    chosen.weights(ones, who, (77,))
    told = Change.objects.filter(model__in=["studies.score", "studies.weightvote"])
    assert told.count() == 3
    for change in told:
        text = str(change.after)
        assert "secreto" not in text
        assert "77" not in str(change.after.get("value", ""))
        assert change.after.get("score", "•••") == "•••"
    assert who.token not in str(list(Change.objects.values_list("after", flat=True)))


def test_nobody_reads_an_open_round_not_even_by_the_selectors() -> None:
    made = chosen.selection()
    one = chosen.opened(made)
    chosen.scores(one, made.evaluators.first())
    table = gathering.table_of(made)
    with pytest.raises(ValueError, match="open round"):
        spreads.cells(one, table)
    with pytest.raises(ValueError, match="open round"):
        gathering.scores_in([one])
    assert gathering.inputs_of(made)["scores"] == [[[None] * 4] * 3] * 3
    with refused("studies.outcome.no_scores"):
        outcomes.compute_outcome(actor=make.actor(), selection=made)


def test_the_published_example_comes_out_as_published() -> None:
    made = chosen.answered()
    outcome = outcomes.compute_outcome(actor=make.actor(), selection=made)
    value = outcome.value
    assert value["ranking"]["scores"] == [3.8, 4.0, 3.6]
    assert value["ranking"]["ranks"] == [2, 1, 3]
    assert value["crossovers"][0]["crossover"] == 0.25
    assert value["smaa"]["first_by_weights"] == pytest.approx([31 / 72, 38 / 72, 3 / 72], abs=0.02)
    assert value["weights"]["counted"] == 3
    assert outcomes.compute_outcome(actor=make.actor(), selection=made).pk == outcome.pk
    assert Outcome.objects.count() == 1
    names = list(chosen.O7)
    assert "defendible" in sentences.verdict(value, names)


def test_a_cell_without_evidence_is_an_interval_and_leaves_the_place_open() -> None:
    made = chosen.selection()
    ones = chosen.opened(made, "weights")
    chosen.weights(ones, made.evaluators.first())
    chosen.close(ones)
    one = chosen.opened(made)
    for who in made.evaluators.all():
        chosen.scores(one, who, chosen.O7 | {"turismo": (None, 3, 3, 4)})
    chosen.close(one)
    outcome = outcomes.compute_outcome(actor=make.actor(), selection=made)
    found = {row.name: row for row in results.result(outcome).rows}
    assert found["turismo"].score is None
    assert (found["turismo"].lowest, found["turismo"].highest) == (2.4, 4.0)
    assert (found["turismo"].best, found["turismo"].worst) == (1, 3)
    assert results.result(outcome).missing == (("turismo", "Criterio 1"),)
    assert outcome.value["weights"]["counted"] == 1


def test_less_is_better_turns_a_score_over() -> None:
    made = chosen.selection()
    criteria.change_criterion(actor=make.actor(), criterion=chosen.scored(made)[0], direction="min")
    chosen.answered(made)
    value = outcomes.compute_outcome(actor=make.actor(), selection=made).value
    assert value["cells"]["means"][1][0] == 1.0


@pytest.mark.parametrize(
    ("weighting", "given", "share"),
    [("points", (40, 20, 20, 20), 0.4), ("swing", (100, 50, 50, 50), 0.4),
     ("ranking", (1, 2, 3, 4), 0.5208)],
)  # fmt: skip
def test_weights_are_given_in_the_way_of_the_selection(
    weighting: str, given: tuple[int, ...], share: float
) -> None:
    made = chosen.selection(weighting=weighting)
    ones = chosen.opened(made, "weights")
    first, second, _third = made.evaluators.all()
    chosen.weights(ones, first, given)
    chosen.weights(ones, second, given[:2])  # not whole: told, and not counted
    chosen.close(ones)
    one = chosen.opened(made)
    chosen.scores(one, first)
    chosen.close(one)
    weights = outcomes.compute_outcome(actor=make.actor(), selection=made).value["weights"]
    assert weights["shares"][0] == pytest.approx(share, abs=1e-4)
    assert (weights["counted"], weights["asked"]) == (1, 3)


def test_pairs_give_weights_and_tell_who_contradicts_themselves() -> None:
    made = chosen.selection(weighting="ahp")
    ones = chosen.opened(made, "weights")
    by = [row.pk for row in chosen.scored(made)]
    pairs = {(by[i], by[j]): Decimal(2) for i in range(4) for j in range(i + 1, 4)}
    votes.give_weights(
        actor=make.actor(), round=ones, evaluator=made.evaluators.first(), values=pairs
    )
    chosen.close(ones)
    one = chosen.opened(made)
    chosen.scores(one, made.evaluators.first())
    chosen.close(one)
    weights = outcomes.compute_outcome(actor=make.actor(), selection=made).value["weights"]
    assert weights["shares"] == sorted(weights["shares"], reverse=True)
    assert weights["consistency"][0] is not None
    assert weights["consistency"][1] is None


def test_in_a_second_round_who_is_silent_stands_by_the_first() -> None:
    made = chosen.answered()
    two = chosen.opened(made)
    first = made.evaluators.first()
    chosen.scores(two, first, {"quinua": (5, 5, 5, 5)})
    cafe = by_name(made, "café")
    kept = votes.keep_scores(actor=make.actor(), round=two, evaluator=first, candidate=cafe)
    assert kept == 4
    again = votes.keep_scores(actor=make.actor(), round=two, evaluator=first, candidate=cafe)
    assert again == 0
    two = chosen.close(two)
    table = gathering.table_of(made)
    found = spreads.cells(two, table)
    quinoa = next(
        c for c in found if c.candidate.name == "quinua" and c.criterion.name.endswith("2")
    )
    assert sorted(score for _seat, score in quinoa.votes) == [3, 3, 5]
    stop = spreads.stop_hint(two, table, found)
    assert (stop.carried, stop.w_before) == (2, 1.0)
    told = selectors.progress(two, table)
    assert (told.whole, told.begun, told.asked) == (0, 1, 3)


def test_whether_the_answers_of_who_left_count_is_said() -> None:
    made = chosen.answered()
    who = made.evaluators.last()
    evaluators.note_leaving(actor=make.actor(), evaluator=who)
    assert len(gathering.inputs_of(made)["scores"]) == 3
    evaluators.note_leaving(actor=make.actor(), evaluator=who, answers_stand=False)
    assert len(gathering.inputs_of(made)["scores"]) == 2


def test_a_decision_may_differ_from_the_rank_and_then_says_why() -> None:
    made = chosen.selection()
    with refused("studies.decision.no_outcome"):
        decide(made, "café")
    chosen.answered(made)
    outcomes.compute_outcome(actor=make.actor(), selection=made)
    with refused("studies.decision.nobody_chosen"):
        decide(made)
    with refused("studies.decision.unsigned"):
        decide(made, "turismo", signatories=[" "])
    with refused("studies.decision.must_say_why"):
        decide(made, "café", justification="porque sí")
    with refused("studies.decision.dissent"):
        decide(made, "turismo", dissent=[{"who": "Trabajadores", "text": ""}])
    actor = make.actor(intention=uuid.uuid4())
    decision = decide(
        made, "café", actor=actor, justification=WHY,
        dissent=[{"who": "Trabajadores", "text": "prefieren turismo"}],
    )  # fmt: skip
    assert decision.differs
    assert decide(made, "café", actor=actor, justification=WHY).pk == decision.pk
    with refused("studies.selection.decided"):
        decide(made, "turismo")


def test_a_decision_that_follows_the_rank_needs_no_reason() -> None:
    made = chosen.answered()
    outcomes.compute_outcome(actor=make.actor(), selection=made)
    assert not decide(made, "turismo").differs


def test_a_decision_stands_on_a_fresh_result_and_on_sectors_in_the_race() -> None:
    made = chosen.answered()
    outcomes.compute_outcome(actor=make.actor(), selection=made)
    two = chosen.opened(made)
    with refused("studies.decision.round_open"):
        decide(made, "turismo")
    chosen.scores(two, made.evaluators.first(), {"turismo": (1, 1, 1, 1)})
    chosen.close(two)
    with refused("studies.decision.stale"):
        decide(made, "turismo")
    veto = made.criteria.get(is_knock_out=True)
    selections.give_verdict(
        actor=make.actor(),
        candidate=by_name(made, "café"),
        criterion=veto,
        outcome="fails",
        reason="x",
    )
    outcomes.compute_outcome(actor=make.actor(), selection=made)
    with refused("studies.decision.knocked_out"):
        decide(made, "café", justification=WHY)
    for name in ("quinua", "turismo"):
        if name != "quinua":
            selections.give_verdict(
                actor=make.actor(), candidate=by_name(made, name), criterion=veto,
                outcome="fails", reason="x",
            )  # fmt: skip
    with refused("studies.outcome.too_few"):
        outcomes.compute_outcome(actor=make.actor(), selection=made)


def test_once_decided_everything_is_frozen_and_a_new_version_starts_without_answers() -> None:
    made = chosen.answered()
    outcomes.compute_outcome(actor=make.actor(), selection=made)
    decide(made, "turismo")
    who = made.evaluators.first()
    for change in (
        lambda: selections.change_selection(actor=make.actor(), selection=made, title="x"),
        lambda: selections.change_candidate(
            actor=make.actor(), candidate=by_name(made, "café"), description="x"
        ),
        lambda: chosen.opened(made),
        lambda: evaluators.renew_link(actor=make.actor(), evaluator=who),
        lambda: outcomes.compute_outcome(actor=make.actor(), selection=made),
        lambda: rounds.note_discussion(actor=make.actor(), round=Round.objects.first(), text="x"),
    ):
        with refused("studies.selection.decided"):
            change()
    new = selections.start_again(actor=make.actor(), selection=made)
    assert (new.version, new.previous, new.candidates.count()) == (2, made, 3)
    assert not new.rounds.exists()
    assert not set(new.evaluators.values_list("token")) & set(made.evaluators.values_list("token"))
    with refused("studies.selection.has_version"):
        selections.start_again(actor=make.actor(), selection=made)


def test_two_selections_are_compared_by_name() -> None:
    one, two = (
        chosen.answered(),
        chosen.answered(chosen.selection(title="2020", names=["café", "cacao"])),
    )
    found = [
        results.result(outcomes.compute_outcome(actor=make.actor(), selection=s))
        for s in (one, two)
    ]
    sectors, weights = results.compare(found[0], found[1], ({"turismo"}, {"café"}))
    by = {row.name: row for row in sectors}
    assert by["quinua"].after is None
    assert by["cacao"].before is None
    assert by["turismo"].was_chosen
    assert by["café"].is_chosen
    assert weights[0][1:] == (40.0, 40.0)


def test_who_evaluates_is_told_apart_by_state_and_never_by_answer() -> None:
    made = chosen.selection()
    one = chosen.opened(made)
    first = made.evaluators.first()
    chosen.scores(one, first)
    told = selectors.progress(one, gathering.table_of(made))
    assert [row.state for row in told.people] == ["completo", "sin respuesta", "sin respuesta"]
    assert told.by_seat == [("gobierno", 1, 1), ("empleadores", 0, 1), ("trabajadores", 0, 1)]
    assert Evaluator.journal_hidden == ("token", "phone")
