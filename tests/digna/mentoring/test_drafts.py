"""Drafts: what went in is kept, every two people are explained, people decide."""

import pytest

import make
from digna.errors import Clash, Refused
from digna.mentoring import tasks
from digna.mentoring.models import Application, Cohort, Draft, Mentor, Pair, Proposal
from digna.mentoring.selectors import lists
from digna.mentoring.services import applications, drafts
from digna.mentoring.services import pairs as pairing
from mentoring import made

pytestmark = pytest.mark.django_db


def drawn(cohort: Cohort, mode: str = "optimal") -> Draft:
    draft = drafts.ask_for_draft(actor=make.actor(), cohort=cohort, mode=mode)
    tasks.draw_up.call(draft.pk)
    draft.refresh_from_db()
    return draft


def world() -> tuple[Cohort, dict[str, Application], dict[str, Mentor]]:
    """Ana wants costs, Eva sales; Luz has both, Sol sales; Rita speaks Quechua alone."""
    cohort = made.cohort()
    people = {
        "Ana": made.application(cohort, "Ana", needs=["costs"]),
        "Eva": made.application(cohort, "Eva", needs=["sales"]),
        "Rita": made.application(cohort, "Rita", languages=["qu"]),
    }
    mentors = {
        "Luz": made.mentor("Luz", expertise=["costs", "sales"]),
        "Sol": made.mentor("Sol", expertise=["sales"]),
    }
    return cohort, people, mentors


def named(draft: Draft) -> dict[str, str]:
    rows = draft.proposals.select_related("application__person", "mentor__person")
    return {r.application.person.given_names: r.mentor.person.given_names for r in rows}


def test_the_whole_pool_is_matched_and_who_is_left_over_is_told_why() -> None:
    cohort, people, _mentors = world()
    draft = drawn(cohort)
    assert draft.state == Draft.State.READY
    assert named(draft) == {"Ana": "Luz", "Eva": "Sol"}
    lines = {line.application.person.given_names: line for line in lists.draft_lines(draft)}
    assert lines["Rita"].chosen is None
    assert "sin idioma en común" in lines["Rita"].why_none
    assert "Costos y precios" in lines["Ana"].proposals[0].reasons_es
    assert "Costs and prices" in lines["Ana"].proposals[0].reasons_en
    assert people["Ana"].state == Application.State.ACCEPTED


def test_every_pair_and_every_non_pair_is_explained_in_both_languages() -> None:
    cohort, people, mentors = world()
    draft = drawn(cohort)
    for one in people.values():
        for other in mentors.values():
            said = drafts.said_of(draft, one, other)
            assert said["es"].endswith(".")
            assert said["en"].endswith(".")
            assert (said["score"] is None) == (not said["possible"])
    said = drafts.said_of(draft, people["Eva"], mentors["Luz"])
    assert "quien emprende quedó con" in said["es"]
    assert "No comparten idioma" in drafts.said_of(draft, people["Rita"], mentors["Luz"])["es"]


def test_a_pool_too_large_to_keep_it_all_is_explained_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("digna.mentoring.drawing.EXPLAINED", 0)
    cohort, people, mentors = world()
    draft = drawn(cohort)
    assert draft.result["pairs"] == {}
    assert "No comparten idioma" in drafts.said_of(draft, people["Rita"], mentors["Luz"])["es"]
    other = made.mentor("Nueva")
    assert drafts.said_of(draft, people["Ana"], other)["possible"] is None


def test_the_inputs_are_a_snapshot() -> None:
    cohort, _people, mentors = world()
    draft = drawn(cohort)
    Mentor.objects.filter(pk=mentors["Luz"].pk).update(expertise=[])
    draft.refresh_from_db()
    kept = {one["name"]: one["expertise"] for one in draft.inputs["mentors"]}
    assert ["costs", "sales"] in kept.values()
    assert draft.inputs["weights"]["needs"] == 0.4
    assert draft.version


def test_a_suggested_list_has_the_best_few_and_confirming_one_sets_aside_the_rest() -> None:
    cohort, people, _mentors = world()
    draft = drawn(cohort, "suggested")
    hers = list(draft.proposals.filter(application=people["Ana"]))
    assert [p.place for p in hers] == [1, 2]
    pair = drafts.confirm(actor=make.actor(), proposal=hers[1])
    assert pair.mentor == hers[1].mentor
    states = {p.place: p.decision for p in draft.proposals.filter(application=people["Ana"])}
    assert states == {1: Proposal.Decision.SET_ASIDE, 2: Proposal.Decision.CONFIRMED}


def test_what_people_chose_for_themselves_comes_first() -> None:
    cohort, people, mentors = world()
    applications.rank_mentors(
        actor=make.actor(), application=people["Ana"], mentors=[mentors["Sol"]]
    )
    assert named(drawn(cohort, "chosen"))["Ana"] == "Sol"


@pytest.mark.parametrize(
    ("count", "code"),
    [(4, "mentoring.application.ranked_many"), (2, "mentoring.application.ranked_twice")],
)
def test_a_ranking_has_up_to_three_different_people(count: int, code: str) -> None:
    application = made.application(made.cohort())
    chosen = [made.mentor(f"M{n}") for n in range(count)] if count > 3 else [made.mentor()] * 2
    with pytest.raises(Refused) as told:
        applications.rank_mentors(actor=make.actor(), application=application, mentors=chosen)
    assert told.value.code == code


def test_groups_share_a_slot() -> None:
    cohort = made.cohort(template="group")
    for name in ("Ana", "Eva", "Flor"):
        made.application(cohort, name, slots=["sat-am"])
    made.application(cohort, "Gabi", slots=["mon-eve"])
    made.mentor("Luz", capacity=5)
    draft = drawn(cohort, "groups")
    assert set(named(draft)) == {"Ana", "Eva", "Flor"}
    assert draft.result["groups"][0]["slot"] == "sat-am"


def test_a_coordinator_puts_somebody_elsewhere_and_confirms() -> None:
    cohort, people, mentors = world()
    draft = drawn(cohort)
    made_by_hand = drafts.replace(
        actor=make.actor(), draft=draft, application=people["Ana"], mentor=mentors["Sol"]
    )
    assert made_by_hand.is_by_hand
    pair = drafts.confirm(actor=make.actor(), proposal=made_by_hand)
    assert (pair.mentor, pair.state) == (mentors["Sol"], Pair.State.ASKED)
    with pytest.raises(Refused) as told:
        drafts.confirm(actor=make.actor(), proposal=made_by_hand)
    assert told.value.code == "mentoring.proposal.confirmed"
    with pytest.raises(Refused):
        drafts.replace(
            actor=make.actor(), draft=draft, application=people["Ana"], mentor=mentors["Luz"]
        )
    eva = draft.proposals.get(application=people["Eva"])
    with pytest.raises(Clash) as full:
        drafts.confirm(actor=make.actor(), proposal=eva)
    assert full.value.code == "mentoring.mentor.full"
    drafts.set_aside(actor=make.actor(), proposal=eva)
    back = drafts.replace(
        actor=make.actor(), draft=draft, application=people["Eva"], mentor=mentors["Luz"]
    )
    assert back.decision == Proposal.Decision.PENDING


def test_a_closed_draft_takes_no_decisions() -> None:
    cohort, _people, _mentors = world()
    draft = drafts.close_draft(actor=make.actor(), draft=drawn(cohort))
    proposal = draft.proposals.select_related("draft").first()
    assert proposal is not None
    with pytest.raises(Refused) as told:
        drafts.confirm(actor=make.actor(), proposal=proposal)
    assert told.value.code == "mentoring.draft.not_open"


def test_without_people_or_mentors_no_draft_is_made() -> None:
    cohort = made.cohort()
    with pytest.raises(Refused) as nobody:
        drafts.ask_for_draft(actor=make.actor(), cohort=cohort, mode="optimal")
    assert nobody.value.code == "mentoring.draft.nobody"
    made.application(cohort)
    with pytest.raises(Refused) as no_mentors:
        drafts.ask_for_draft(actor=make.actor(), cohort=cohort, mode="optimal")
    assert no_mentors.value.code == "mentoring.draft.no_mentors"


def test_who_works_for_the_same_body_is_a_conflict_of_interest() -> None:
    body = make.organisation("Cooperativa")
    cohort = made.cohort()
    person = make.person("Ana", sex="female")
    from digna.registry.services import people

    people.affiliate(actor=make.actor(), person=person, organisation=body, role="representative")
    one = made.application(cohort, person=person)
    other = made.mentor("Luz", organisations=[body])
    draft = drawn(cohort)
    assert "conflicto de interés" in drafts.said_of(draft, one, other)["es"]
    assert not draft.proposals.exists()


def test_after_a_change_the_next_pair_knows_the_one_before() -> None:
    cohort, _people, _mentors = world()
    draft = drawn(cohort)
    first = drafts.confirm(actor=make.actor(), proposal=draft.proposals.first())  # type: ignore[arg-type]
    pairing.accept(actor=make.actor(), pair=first)
    pairing.change(actor=make.actor(), pair=first, ending="fit")
    again = drawn(cohort)
    proposal = again.proposals.get(application=first.application)
    assert drafts.confirm(actor=make.actor(), proposal=proposal).follows == first


def test_a_drawing_that_breaks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    cohort, _people, _mentors = world()
    draft = drafts.ask_for_draft(actor=make.actor(), cohort=cohort, mode="optimal")

    def broken(*_args: object) -> None:
        raise ValueError("rota")

    monkeypatch.setattr("digna.mentoring.drawing.draw", broken)
    with pytest.raises(ValueError, match="rota"):
        tasks.draw_up.call(draft.pk)
    draft.refresh_from_db()
    assert draft.state == Draft.State.FAILED
