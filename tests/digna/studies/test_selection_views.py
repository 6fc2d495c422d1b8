"""Screens of selections by HTTP: who gets in, what stays blind, what a phone can do alone."""

import io
import re
import uuid
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import make
from digna.studies.models import Decision, Outcome, Round, Score, Selection, Verdict, WeightVote
from digna.studies.services import decisions, evaluators, outcomes, selections
from digna.web import pdf
from studies import chosen

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Client:
    return chosen.signed_in(make.user("Elena", role="lead"))


def url(name: str, of: Selection, *more: Any, **named: Any) -> str:
    return reverse(f"studies:{name}", args=[of.public_id, *more], **named)


def decided() -> Selection:
    made = chosen.answered()
    outcomes.compute_outcome(actor=make.actor(), selection=made)
    decisions.take_decision(
        actor=make.actor(),
        selection=made,
        chosen=[made.candidates.get(name="café")],
        decided_on=made.held_on,
        signatories=["Elena Rocha, responsable"],
        justification="El gremio ya comprometió recursos propios.",
        dissent=[{"who": "Trabajadores", "text": "preferían turismo"}],
    )
    return made


READING = (
    "selection", "selection_sectors", "selection_criteria", "selection_people", "selection_rounds",
    "board", "selection_result", "selection_decision", "memo_word",
)  # fmt: skip
EDITING = ("change_selection", "add_criterion", "selection_cards")


def test_lead_and_analyst_edit_others_read_owners_and_strangers_see_nothing() -> None:
    made = decided()
    roles = {
        role: chosen.signed_in(make.user(role=role, **limits))
        for role, limits in {
            "lead": {}, "analyst": {}, "mel": {}, "auditor": {},
            "coordinator": {"partner": "cainco"}, "owner": {"partner": "cainco"}, "trainer": {},
        }.items()
    }  # fmt: skip
    other = chosen.signed_in(make.user(role="coordinator", programmes=["otro"]))
    for name in (*READING, *EDITING):
        page = url(name, made)
        for role, client in roles.items():
            may = role in {"lead", "analyst"} or (
                name in READING and role in {"mel", "auditor", "coordinator"}
            )
            assert client.get(page).status_code == (200 if may else 403), (role, name)
        assert other.get(page).status_code == (404 if name in READING else 403), name
        assert Client().get(page).status_code == 302, name
    listed = other.get(reverse("studies:selections"))
    assert "Sectores 2019" not in listed.content.decode()


def test_only_who_may_edit_sees_the_links_of_others() -> None:
    made = chosen.selection()
    token = made.evaluators.first().token
    for role, sees in (("lead", True), ("analyst", True), ("auditor", False), ("mel", False)):
        page = chosen.signed_in(make.user(role=role)).get(url("selection_people", made))
        assert (token in page.content.decode()) is sees, role


def test_a_selection_is_made_and_filled_on_screen(lead: Client) -> None:
    programme = chosen.programme()
    page = lead.post(
        reverse("studies:create_selection"),
        {"title": "Sectores", "question": "¿Cuáles?", "held_on": "2019-06-01", "seats": 2,
         "programmes": [programme.pk], "weighting": "points", "intention": str(uuid.uuid4())},
    )  # fmt: skip
    made = Selection.objects.get()
    assert page.status_code == 302
    assert lead.post(reverse("studies:create_selection"), {"title": ""}).status_code == 422
    lead.post(url("selection_sectors", made), {"names": "café\nquinua\n"})
    for name in ("Empleo", "Demanda"):
        lead.post(
            url("add_criterion", made),
            {"name": name, "direction": "max", "anchors": "\n".join(chosen.ANCHORS)},
        )
    bad = lead.post(url("add_criterion", made), {"name": "x", "direction": "max", "anchors": "a"})
    assert bad.status_code == 422
    lead.post(url("selection_people", made), {"name": "Rosa", "constituency": "workers",
                                              "phone": "71234567"})  # fmt: skip
    again = lead.post(url("selection_people", made), {"name": "Rosa", "constituency": "workers"})
    assert again.status_code == 422
    assert "wa.me/59171234567" in lead.get(url("selection_people", made)).content.decode()
    by = made.criteria.first()
    changed = {"name": "Empleo digno", "direction": "max", "anchors": "\n".join(chosen.ANCHORS)}
    assert lead.post(url("change_criterion", made, by.pk), changed).status_code == 302
    assert made.criteria.filter(name="Empleo digno").exists()
    answer = {"act": "open", "kind": "scores", "intention": str(uuid.uuid4())}
    for _twice in range(2):
        assert lead.post(url("turn_round", made), answer).status_code == 302
    assert Round.objects.count() == 1
    assert lead.post(url("remove_criterion", made, by.pk)).status_code == 422


def test_verdicts_leaving_and_links_on_screen(lead: Client) -> None:
    made = chosen.selection()
    cafe, veto = made.candidates.get(name="café"), made.criteria.get(is_knock_out=True)
    page = url("give_verdict", made, cafe.pk, veto.pk)
    assert lead.get(page).status_code == 200
    assert lead.post(page, {"outcome": "fails"}).status_code == 422
    assert (
        lead.post(page, {"outcome": "fails", "reason": "x", "evidence": "nada"}).status_code == 422
    )
    key = uuid.uuid4()
    given = {"outcome": "fails", "reason": "x", "evidence": f"https://x.example/{key}/"}
    assert lead.post(page, given).status_code == 302
    assert Verdict.objects.get().evidence == [str(key)]
    assert "queda fuera" in lead.get(url("selection_sectors", made)).content.decode()
    who = made.evaluators.first()
    lead.post(url("renew_link", made, who.pk), {})
    assert Client().get(reverse("studies:vote", args=[who.token])).status_code == 404
    who.refresh_from_db()
    leaving = url("note_leaving", made, who.pk)
    assert lead.get(leaving).status_code == 200
    lead.post(leaving, {"answers_stand": "no"})
    who.refresh_from_db()
    assert who.left_at is not None
    assert not who.answers_stand
    lead.post(url("note_return", made, who.pk), {})
    who.refresh_from_db()
    assert who.left_at is None


def test_a_phone_without_an_account_or_javascript_answers_and_resumes() -> None:
    made = chosen.selection()
    chosen.opened(made)
    chosen.opened(made, "weights")
    who, phone = made.evaluators.first(), Client()
    home = phone.get(reverse("studies:vote", args=[who.token]))
    assert "Lleva 0 de 12" in home.content.decode()
    cafe, by = made.candidates.get(name="café"), chosen.scored(made)[0]
    sector = reverse("studies:vote_sector", args=[who.token, cafe.pk])
    page = phone.get(sector)
    assert len(page.content) < 60_000
    give = reverse("studies:give_score", args=[who.token, cafe.pk, by.pk])
    nonce = str(uuid.uuid4())
    saved = phone.post(give, {"answer": "4", "confidence": "2", "intention": nonce})
    assert saved.status_code == 302
    assert saved["Location"].endswith(f"#c-{by.pk}")
    # the reply was lost on the way: the same page sends another answer
    phone.post(give, {"answer": "sin", "intention": nonce})
    assert Score.objects.get().score is None
    assert phone.post(give, {"confidence": "2"}).status_code == 422
    assert phone.post(give, {"answer": "9"}).status_code == 422
    fragment = phone.post(give, {"answer": "5"}, headers={"hx-request": "true"})
    assert "guardado" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    resumed = Client().get(sector).content.decode()
    assert re.search(r'value="5"\s+checked', resumed)
    weights = reverse("studies:vote_weights", args=[who.token])
    names = {f"w-{row.pk}": "25" for row in chosen.scored(made)}
    assert phone.post(weights, names).status_code == 302
    assert WeightVote.objects.filter(evaluator=who).count() == 4
    assert phone.post(weights, {f"w-{by.pk}": "mucho"}).status_code == 422
    assert "100" in phone.get(weights).content.decode()


def test_pairs_are_answered_on_the_phone() -> None:
    made = chosen.selection(weighting="ahp")
    chosen.opened(made, "weights")
    who = made.evaluators.first()
    a, b, *_rest = chosen.scored(made)
    weights = reverse("studies:vote_weights", args=[who.token])
    Client().post(weights, {f"p-{a.pk}-{b.pk}": "1/3"})
    page = Client().get(weights).content.decode()
    assert re.search(r'value="1/3"\s+selected', page)


def test_before_closing_no_address_gives_an_answer_away(lead: Client) -> None:
    made = chosen.selection()
    one, ones = chosen.opened(made), chosen.opened(made, "weights")
    first, second, _third = made.evaluators.all()
    chosen.scores(one, first, rationale="esto-no-se-ve")
    chosen.weights(ones, first, (37, 21, 21, 21))
    pages = [url(name, made) for name in READING if name != "memo_word"]
    pages += [url("export_selection", made, slug) + f"?formato={form}"
              for slug in ("pesos", "puntajes", "resultado")
              for form in ("csv", "xlsx")]  # fmt: skip
    pages += [reverse("studies:vote", args=[second.token]),
              reverse("studies:vote_weights", args=[second.token])]  # fmt: skip
    pages += [reverse("studies:vote_sector", args=[second.token, c.pk])
              for c in made.candidates.all()]  # fmt: skip
    for page in pages:
        reply = lead.get(page)
        assert reply.status_code == 200, page
        assert b"esto-no-se-ve" not in reply.content, page
        assert b'value="37"' not in reply.content, page
        assert (
            b"checked" not in reply.content
            or "votar" in page
            or "personas" in page
            or (
                "evaluar" in page
                and b'type="radio" name="answer"' in reply.content
                and b" checked" not in reply.content
            )
        ), page
    export = lead.get(url("export_selection", made, "puntajes")).content.decode("utf-8-sig")
    assert len(export.strip().splitlines()) == 1
    for kind in ("scores", "weights"):
        assert lead.get(url("selection_round", made, kind, 1)).status_code == 404
    assert lead.get(url("memo_pdf", made)).status_code == 404


def test_after_closing_the_spread_is_shown_to_whoever_may_read(lead: Client) -> None:
    made = chosen.selection()
    one = chosen.opened(made)
    first, second, _third = made.evaluators.all()
    chosen.scores(one, first, {"café": (1,)}, rationale="visto en feria")
    chosen.scores(one, second, {"café": (5,)})
    form = {"act": "close", "kind": "scores", "intention": str(uuid.uuid4())}
    assert lead.post(url("turn_round", made), form).status_code == 302
    assert Outcome.objects.count() == 1
    page = url("selection_round", made, "scores", 1)
    body = lead.get(page).content.decode()
    assert "visto en feria" in body
    assert "sin evidencia" in body
    assert lead.post(page, {"text": "Se acordó mirar ferias"}).status_code == 302
    assert lead.post(page, {"text": ""}).status_code == 422
    auditor = chosen.signed_in(make.user(role="auditor"))
    assert "Se acordó mirar ferias" in auditor.get(page).content.decode()
    assert auditor.post(page, {"text": "x"}).status_code == 404
    chosen.weights(chosen.opened(made, "weights"), first)
    lead.post(url("turn_round", made), {"act": "close", "kind": "weights"})
    assert "40,0" in lead.get(url("selection_round", made, "weights", 1)).content.decode()
    late = reverse("studies:vote_sector", args=[first.token, made.candidates.first().pk])
    assert Client().get(late).status_code == 422


def test_the_wall_counts_and_names_nobody_beside_an_answer(lead: Client) -> None:
    made = chosen.selection()
    one = chosen.opened(made)
    chosen.scores(one, made.evaluators.first())
    board = url("board", made)
    body = lead.get(board).content.decode()
    assert re.search(r"<strong>1</strong>\s+de 3", body)
    assert "Persona 1" not in body
    fragment = lead.get(board, headers={"hx-request": "true"}).content.decode()
    assert 'id="state"' in fragment
    assert "<html" not in fragment
    lead.post(url("turn_round", made), {"act": "close", "kind": "scores", "back": "board"})
    assert "turismo" in lead.get(board).content.decode()


def test_a_decision_is_refused_without_its_reason_and_then_frozen(lead: Client) -> None:
    made = chosen.answered()
    lead.post(url("compute_outcome", made), {})
    page = url("selection_decision", made)
    form = {"chosen": [made.candidates.get(name="café").pk], "decided_on": "2019-07-01",
            "signatories": "Elena", "dissent": "Trabajadores: preferían turismo"}  # fmt: skip
    assert lead.post(page, form).status_code == 422
    assert (
        lead.post(page, form | {"justification": "Recursos ya comprometidos."}).status_code == 302
    )
    assert Decision.objects.get().dissent == [{"who": "Trabajadores", "text": "preferían turismo"}]
    assert "Registrar la decisión" not in lead.get(page).content.decode()
    assert lead.post(url("start_again", made), {}).status_code == 302
    assert Selection.objects.count() == 2


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_memo_is_a_paper_in_both_languages(
    lead: Client, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"es": "Memoria de decisión", "en": "Decision memo"}[language]
    made = decided()
    paper = url("memo_pdf", made) + f"?idioma={language}"
    assert lead.get(paper).content.startswith(b"%PDF")
    monkeypatch.setattr(pdf, "draw", lambda html: html.encode())
    text = lead.get(paper).content.decode()
    key = Outcome.objects.get().inputs_sha256
    for part in (words, "Elena Rocha", "preferían turismo", "gremio", key):
        assert part in text, part
    file = lead.get(url("memo_word", made) + f"?idioma={language}")
    document = docx.Document(io.BytesIO(file.content))
    said = "\n".join(p.text for p in document.paragraphs)
    cells = "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)
    assert words in said
    assert "preferían turismo" in said
    assert key in cells


def test_tables_leave_without_names(lead: Client) -> None:
    made = decided()
    for slug, lines in (("pesos", 13), ("puntajes", 37), ("resultado", 4)):
        body = lead.get(url("export_selection", made, slug)).content.decode("utf-8-sig")
        assert len(body.strip().splitlines()) == lines, slug
        assert "Persona 1" not in body
        assert lead.get(url("export_selection", made, slug) + "?formato=xlsx").content[:2] == b"PK"
    assert lead.get(url("export_selection", made, "otra")).status_code == 404


def test_two_selections_side_by_side(lead: Client) -> None:
    one = decided()
    two = chosen.answered(chosen.selection(title="Sectores 2020", names=["café", "cacao"]))
    page = lead.get(url("compare_selections", one, two.public_id)).content.decode()
    assert "falta el suyo" in page
    outcomes.compute_outcome(actor=make.actor(), selection=two)
    page = lead.get(url("compare_selections", one, two.public_id)).content.decode()
    assert "no estaba" in page
    assert "cacao" in page


def test_the_list_costs_the_same_at_ten_and_at_twenty(lead: Client) -> None:
    def cost(many: int) -> int:
        while Selection.objects.count() < many:
            selections.create_selection(
                actor=make.actor(), title=f"S{Selection.objects.count()}", question="¿?",
                programmes=[chosen.programme()], held_on=chosen.date(2019, 1, 1),
            )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert lead.get(reverse("studies:selections")).status_code == 200
        return len(queries)

    lead.get(reverse("studies:selections"))
    assert cost(10) == cost(20) <= 25


def test_a_room_votes_and_only_wrong_links_are_counted() -> None:
    made = chosen.selection()
    evaluators.note_leaving(actor=make.actor(), evaluator=made.evaluators.last())
    gone = Client().get(reverse("studies:vote", args=[made.evaluators.last().token]))
    assert "ya no participa" in gone.content.decode()
    for _ in range(150):
        assert Client().get(reverse("studies:vote", args=["nadie"])).status_code == 404
    assert Client().get(reverse("studies:vote", args=["nadie"])).status_code == 429
    assert (
        Client().get(reverse("studies:vote", args=[made.evaluators.first().token])).status_code
        == 200
    )
