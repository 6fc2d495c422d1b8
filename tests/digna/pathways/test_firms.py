"""A firm's list: what the register answers, how far it is, undone, renewed, merged, forgotten."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

import make
from digna.errors import Refused
from digna.journal.models import Line
from digna.pathways.models import FirmAnswer, FirmPathway, StepPaper, StepProgress
from digna.pathways.selectors import checklist, following, known, medians, standing
from digna.pathways.selectors.library import shelf
from digna.pathways.services import exporting, firms, steps
from digna.registry.models import Enterprise
from digna.registry.models.people import Affiliation
from digna.registry.services import enterprises, erasure, merges, people
from pathways import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed() -> None:
    made.kits()


def page(row: FirmPathway, on: date | None = None) -> checklist.Checklist:
    return checklist.checklist(row, on or timezone.localdate())


def line(row: FirmPathway, step: str, on: date | None = None) -> checklist.Line:
    return next(one for one in page(row, on).lines if one.face.key == step)


def test_the_register_answers_what_it_knows_and_is_not_asked() -> None:
    firm = made.firm(place=make.place())
    found = known.of_firm(firm, shelf().library)
    values = {key: (one.value, one.is_from_register) for key, one in found.items()}
    assert values == {
        "form": ("srl", True),
        "has_workers": (True, True),
        "makes_food": (True, True),
        "municipality": ("bo-l-el-alto", True),
    } | ({"size": (firm.size_band, True)} if firm.size_band else {})


def test_a_firm_without_workers_known_is_asked_and_one_with_none_is_not() -> None:
    unknown = made.firm("A", numbers={"workers_women": Decimal(0)})
    none = made.firm("B", numbers={"workers_women": Decimal(0), "workers_men": Decimal(0)})
    library = shelf().library
    assert "has_workers" not in known.of_firm(unknown, library)
    assert known.of_firm(none, library)["has_workers"].value is False


def test_an_unregistered_form_and_a_place_that_is_no_municipality_are_asked() -> None:
    firm = made.firm(form="unregistered", sector="tourism")
    found = known.of_firm(firm, shelf().library)
    assert not {"form", "municipality", "makes_food"} & set(found)


def test_answers_are_dated_change_and_can_be_taken_back() -> None:
    firm = made.firm()
    say = firms.answer_questions
    assert say(actor=make.actor(), enterprise=firm, given={"regime": "general"}) == 1
    assert say(actor=make.actor(), enterprise=firm, given={"regime": "general"}) == 0
    assert say(actor=make.actor(), enterprise=firm, given={"regime": "rts"}) == 1
    library = shelf().library
    assert known.of_firm(firm, library)["regime"].value == "rts"
    assert say(actor=make.actor(), enterprise=firm, given={"regime": None}) == 1
    assert "regime" not in known.of_firm(firm, library)
    assert FirmAnswer.objects.count() == 3
    with pytest.raises(Refused) as refused:
        say(actor=make.actor(), enterprise=firm, given={"signo": "leo"})
    assert refused.value.code == "pathways.question.unknown"


def test_three_firms_have_three_lists() -> None:
    plans = {}
    for name, form, code in (
        ("A", "association", "export_grains"),
        ("B", "sole_trader", "formal_business"),
        ("C", "srl", "export_coffee"),
    ):
        row = made.pathway(code, made.firm(name, form))
        given = {"regime": "general"} | (made.COFFEE if code != "formal_business" else {})
        firms.answer_questions(actor=make.actor(), enterprise=row.enterprise, given=given)
        plans[name] = {one.face.key for one in page(row).lines if one.is_counted}
    assert "legal_personality_association" in plans["A"] - plans["B"] - plans["C"]
    assert "trade_licence" in plans["B"]
    assert {"public_deed", "coffee_certificate"} <= plans["C"]


def test_a_pathway_is_started_once_left_and_taken_up_again() -> None:
    row = made.pathway()
    assert row.kits == {"formal": "0.1.0", "export": "0.1.0", "tourism": "0.1.0"}
    assert made.pathway(of=row.enterprise).pk == row.pk
    firms.leave_pathway(actor=make.actor(), pathway=row, reason="cerró")
    assert following.along(FirmPathway.objects.filter(left_on=None), made.TODAY) == []
    again = made.pathway(of=row.enterprise)
    assert (again.pk, again.left_on, again.left_reason) == (row.pk, None, "")
    with pytest.raises(Refused) as refused:
        made.pathway("volar")
    assert refused.value.code == "pathways.pathway.unknown"


def test_progress_and_sums_say_n_of_n() -> None:
    row = made.pathway(of=made.firm(form="sole_trader"))
    firms.answer_questions(
        actor=make.actor(), enterprise=row.enterprise, given={"regime": "general"}
    )
    before = page(row).sums
    assert before.done == 0
    began = date(2026, 3, 1)
    made.done(
        row.enterprise, began_on=began, finished_on=began + timedelta(days=12), spent=Decimal(150)
    )
    made.done(row.enterprise, "e_invoicing", state="not_ours", reason="no emite")
    after = page(row).sums
    assert (after.done, after.steps) == (1, before.steps - 1)
    assert (after.spent, after.spent_count, after.days, after.days_count) == ("Bs 150", 1, 12, 1)


def test_what_is_not_done_before_warns_and_forbids_nothing() -> None:
    row = made.pathway("export_coffee")
    firms.answer_questions(actor=make.actor(), enterprise=row.enterprise, given=made.COFFEE)
    assert "Obtener la firma digital de quien representa" in line(row, "exporter_register").before
    made.done(row.enterprise, "exporter_register")
    made.done(row.enterprise, "digital_signature")
    made.done(row.enterprise, "tax_number_general")
    assert line(row, "exporter_register").before == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": "not_ours"}, "pathways.step.needs_reason"),
        ({"began_on": date(2999, 1, 1)}, "pathways.step.future"),
        ({"finished_on": date(2999, 1, 1)}, "pathways.step.future"),
        (
            {"began_on": date(2026, 2, 2), "finished_on": date(2026, 2, 1)},
            "pathways.step.days",
        ),
        (
            {"finished_on": date(2026, 2, 2), "expires_on": date(2026, 2, 1)},
            "pathways.step.days",
        ),
        ({"spent": Decimal(-1)}, "pathways.step.negative"),
        ({"step": "volar"}, "pathways.step.unknown"),
    ],
)
def test_what_cannot_be_recorded_is_refused_by_name(values: dict, code: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(Refused) as refused:
        made.done(made.firm(), **({"step": "trade_licence"} | values))
    assert refused.value.code == code
    assert not StepProgress.objects.exists()


def test_expiry_is_proposed_from_what_is_known_and_never_invented() -> None:
    firm = made.firm()
    day = date(2026, 2, 1)
    year = made.done(firm, "digital_signature", finished_on=day)
    assert year.expires_on == date(2027, 2, 1)
    assert made.done(firm, "trade_licence_update", finished_on=day).expires_on == date(2027, 2, 1)
    assert made.done(firm, "exporter_register", finished_on=day).expires_on is None
    own = made.done(
        firm, "digital_signature", finished_on=day, expires_on=date(2028, 2, 1), note="dos años"
    )
    assert own.expires_on == date(2028, 2, 1)
    assert made.done(firm, "digital_signature", state="doing").expires_on is None


def test_undo_goes_back_once_and_what_was_first_goes_altogether() -> None:
    firm = made.firm()
    row = made.done(firm, state="doing", began_on=date(2026, 2, 1), spent=Decimal("20.50"))
    made.done(firm, began_on=date(2026, 2, 1), spent=Decimal(130), number="77")
    row.refresh_from_db()
    assert (row.state, row.spent) == ("done", Decimal(130))
    steps.undo_step(actor=make.actor(), progress=row)
    row.refresh_from_db()
    assert (row.state, row.spent, row.number, row.finished_on) == (
        "doing", Decimal("20.50"), "", None,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        steps.undo_step(actor=make.actor(), progress=row)
    assert refused.value.code == "pathways.step.nothing_to_undo"
    fresh = made.done(firm, "e_invoicing", state="doing")
    assert steps.undo_step(actor=make.actor(), progress=fresh) is None
    assert not StepProgress.objects.filter(step="e_invoicing").exists()


def test_recording_the_same_again_changes_nothing() -> None:
    firm = made.firm()
    values = {"finished_on": date(2026, 2, 1), "spent": Decimal(130)}
    made.done(firm, **values)
    lines = Line.objects.count()
    made.done(firm, **values)
    assert Line.objects.count() == lines


def test_a_step_that_comes_back_has_a_turn_each() -> None:
    firm = made.firm()
    first = made.done(firm, "digital_signature", finished_on=date(2024, 2, 1), number="1")
    assert first.is_expired(made.TODAY)
    second = steps.renew_step(actor=make.actor(), progress=first)
    assert (second.turn, second.state) == (2, "doing")
    with pytest.raises(Refused) as refused:
        steps.renew_step(actor=make.actor(), progress=second)
    assert refused.value.code == "pathways.step.not_done"
    with pytest.raises(Refused) as refused:
        steps.renew_step(actor=make.actor(), progress=first)
    assert refused.value.code == "pathways.step.renewed_already"
    made.done(firm, "digital_signature", finished_on=date(2026, 2, 1), number="2")
    assert [row.number for row in checklist.turns(firm, "digital_signature")] == ["1"]
    assert following.lapsing_of(firm, made.TODAY) == []


def test_papers_are_kept_small_and_only_photos_or_pdf() -> None:
    firm = made.firm()
    row = made.done(firm, photo=made.photo())
    assert StepPaper.objects.get().is_photo
    paper = steps.add_paper(
        actor=make.actor(), progress=row, content=b"%PDF-1.4 x", is_photo=False, name="a.pdf"
    )
    assert paper.file.read().startswith(b"%PDF")
    with pytest.raises(Refused) as refused:
        steps.add_paper(
            actor=make.actor(), progress=row, content=b"MZ", is_photo=False, name="a.exe"
        )
    assert refused.value.code == "pathways.paper.kind"
    with pytest.raises(Refused) as refused:
        steps.undo_step(actor=make.actor(), progress=row)
    assert refused.value.code == "pathways.step.has_papers"
    for paper in StepPaper.objects.all():
        steps.remove_paper(actor=make.actor(), paper=paper)
    assert not StepPaper.objects.exists()


def test_too_many_papers_are_refused() -> None:
    row = made.done(made.firm())
    for number in range(steps.PAPERS_MOST):
        StepPaper.objects.create(
            enterprise=row.enterprise, step=row.step, file=f"x/{number}.pdf", is_photo=False
        )
    with pytest.raises(Refused) as refused:
        steps.add_paper(actor=make.actor(), progress=row, content=b"%PDF-", is_photo=False)
    assert refused.value.code == "pathways.paper.too_many"


def test_medians_are_told_from_three_firms_on_and_name_nobody() -> None:
    began = date(2026, 3, 1)
    for number, (days, spent) in enumerate(((10, 130), (12, 150), (30, 200)), start=1):
        firm = made.firm(f"Empresa {number}")
        end = began + timedelta(days=days)
        made.done(firm, began_on=began, finished_on=end, spent=Decimal(spent))
        told = medians.told(medians.of_steps(), "trade_licence")
        if number < 3:
            assert "mediana se dice desde 3" in told
            assert str(number) in told
    assert told == "Empresas del programa: mediana 12 días (n = 3), Bs 150 (n = 3)"
    assert "Empresa 1" not in told


def test_a_firm_counts_once_with_its_latest_turn_and_dollars_are_no_bolivianos() -> None:
    firm = made.firm()
    row = made.done(firm, "digital_signature", spent=Decimal(100))
    steps.renew_step(actor=make.actor(), progress=row)
    made.done(firm, "digital_signature", spent=Decimal(40), currency="USD")
    found = medians.of_steps()["digital_signature"]
    assert (found.firms, found.money.n) == (1, 0)


def test_papers_that_lapse_are_listed_with_a_text_to_remind() -> None:
    firm = made.firm(phone="+59171234567")
    made.done(firm, "digital_signature", finished_on=date(2025, 11, 1))
    made.done(firm, "organic_certificate", finished_on=date(2025, 12, 20))
    made.done(firm, "tourism_licence", finished_on=date(2026, 11, 1))
    found = following.lapsing_of(firm, made.TODAY)
    assert [(one.progress.step, one.is_over) for one in found] == [
        ("digital_signature", True), ("organic_certificate", False),
    ]  # fmt: skip
    assert found[0].whatsapp.startswith("https://wa.me/59171234567?text=")
    assert "venci%C3%B3" in found[0].whatsapp


def test_size_says_which_rule_decided() -> None:
    firm = made.firm()
    assert standing.size_of(firm) is None or standing.size_of(firm).rule  # type: ignore[union-attr]
    regimes = standing.regimes_of(firm, made.TODAY)
    assert regimes
    assert all(one.word != "no le corresponde" for one in regimes)


def test_two_records_of_one_firm_become_one_and_the_fuller_step_stays() -> None:
    keep, absorb = made.firm("Uno"), made.firm("Dos")
    for firm in (keep, absorb):
        made.pathway(of=firm)
    made.done(keep, state="doing")
    made.done(absorb, number="77", photo=made.photo())
    made.done(absorb, "e_invoicing")
    firms.answer_questions(actor=make.actor(), enterprise=absorb, given={"regime": "general"})
    merge = merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    mine = {row.step: row for row in StepProgress.objects.filter(enterprise=keep)}
    assert (mine["trade_licence"].state, mine["trade_licence"].number) == ("done", "77")
    assert "e_invoicing" in mine
    assert StepPaper.objects.filter(enterprise=keep).count() == 1
    assert FirmPathway.objects.filter(enterprise=keep).count() == 1
    assert known.of_firm(keep, shelf().library)["regime"].value == "general"
    merges.undo_merge(actor=make.actor(), merge=merge)
    assert StepProgress.objects.get(enterprise=keep, step="trade_licence").state == "doing"
    assert StepProgress.objects.filter(enterprise=absorb).count() == 2


def test_an_erased_owner_takes_their_name_and_papers_along() -> None:
    firm = made.firm()
    person = make.person("Rosa", "Mamani Quispe")
    people.affiliate(
        actor=make.actor(), person=person, enterprise=firm, role=Affiliation.Role.OWNER
    )
    made.done(firm, note="lo firmó Rosa Mamani", photo=made.photo())
    made.done(firm, "e_invoicing", note="lo hizo la contadora")
    plan = exporting.write_plan(
        actor=make.actor(), enterprise=firm, product="Café", risks="Depende de Rosa Mamani"
    )
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=person)
    notes = {row.step: row.note for row in StepProgress.objects.all()}
    assert notes == {"trade_licence": "—", "e_invoicing": "lo hizo la contadora"}
    assert not StepPaper.objects.exists()
    plan.refresh_from_db()
    assert plan.risks == "—"


def test_many_firms_cost_the_same_reads(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(3):
        row = made.pathway(of=made.firm(f"Empresa {number}"))
        made.done(row.enterprise)
    rows = following.with_firm(FirmPathway.objects.all())
    following.along(rows, made.TODAY)
    with django_assert_num_queries(6):
        assert len(following.along(rows.all(), made.TODAY)) == 3
    assert Enterprise.objects.count() == 3


def test_facts_learnt_later_change_the_list() -> None:
    row = made.pathway(of=made.firm(numbers={}))
    assert page(row).to_ask
    enterprises.record_facts(
        actor=make.actor(), enterprise=row.enterprise, on=date(2026, 1, 1),
        numbers={"workers_women": Decimal(3), "workers_men": Decimal(0)},
    )  # fmt: skip
    assert line(row, "employer_register").is_counted or line(row, "employer_register").face.why
