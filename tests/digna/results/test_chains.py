"""Results chains: what services keep and refuse, what pages show and to whom."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import cast
import make
import make_chains
import make_results
from digna.errors import Refused
from digna.journal.models import Line
from digna.programmes.models import Programme
from digna.results.models import (
    ChainArrow,
    ChainBox,
    ChainReview,
    Indicator,
    ResultsChain,
    ResultType,
)
from digna.results.selectors import chains as shown
from digna.results.services import chain_parts, chains
from digna_engines.systems import reviewing

pytestmark = pytest.mark.django_db
PAGE = "/resultados/bdp/cadenas/"


@pytest.fixture
def programme() -> Programme:
    return make_results.programme()


@pytest.fixture
def people() -> cast.Cast:
    return cast.cast()


def boxes_of(chain: ResultsChain) -> list[ChainBox]:
    return list(ChainBox.objects.standing().filter(chain=chain))


def arrows_of(chain: ResultsChain) -> list[ChainArrow]:
    return list(ChainArrow.objects.standing().filter(chain=chain))


def test_arrows_that_loop_repeat_or_go_back_are_refused_in_a_sentence(programme: Programme) -> None:
    chain = make_chains.chain(programme)
    train = make_chains.box(chain, "activity", "Formar")
    visit = make_chains.box(chain, "activity", "Visitar")
    learn = make_chains.box(chain, "output", "Aprenden")
    make_chains.arrow(train, visit)
    make_chains.arrow(visit, learn)
    for source, target, says in (
        (visit, train, "Formar → Visitar → Formar"),
        (learn, train, "va hacia atrás"),
        (train, visit, "está dos veces"),
        (train, train, "sí misma"),
    ):
        with pytest.raises(Refused, match=says) as refused:
            make_chains.arrow(source, target)
        assert refused.value.code == "results.arrow.refused"
    assert len(arrows_of(chain)) == 2


def test_a_box_does_not_move_to_where_an_arrow_would_go_back(programme: Programme) -> None:
    chain = make_chains.whole(programme)
    first = boxes_of(chain)[0]
    with pytest.raises(Refused) as refused:
        chain_parts.change_box(actor=make.actor(), box=first, level="impact")
    assert refused.value.code == "results.box.level"
    first.refresh_from_db()
    assert first.level == "activity"


def test_what_is_taken_out_comes_back_with_its_arrows(programme: Programme) -> None:
    chain = make_chains.whole(programme)
    middle = boxes_of(chain)[2]
    chain_parts.remove_part(actor=make.actor(), part=middle)
    assert (len(boxes_of(chain)), len(arrows_of(chain))) == (4, 2)
    assert shown.removed_parts(chain) == (middle,)
    chain_parts.restore_part(actor=make.actor(), part=middle)
    assert (len(boxes_of(chain)), len(arrows_of(chain))) == (5, 4)
    assert shown.removed_parts(chain) == ()


def test_an_arrow_that_would_close_a_loop_by_now_does_not_come_back(programme: Programme) -> None:
    chain = make_chains.chain(programme)
    one, other = (make_chains.box(chain, "activity", says) for says in ("Uno", "Otro"))
    arrow = make_chains.arrow(one, other)
    chain_parts.remove_part(actor=make.actor(), part=arrow)
    make_chains.arrow(other, one)
    arrow.refresh_from_db()
    with pytest.raises(Refused) as refused:
        chain_parts.restore_part(actor=make.actor(), part=arrow)
    assert refused.value.code == "results.arrow.refused"
    assert len(arrows_of(chain)) == 1


def test_a_change_is_said_once_and_measured_by_its_own_programme(programme: Programme) -> None:
    chain = make_chains.whole(programme)
    with pytest.raises(Refused) as refused:
        make_chains.box(chain, "output", "café: OUTPUT")
    assert refused.value.code == "results.box.said_twice"
    other = make_results.programme(code="otro", name="Otro")
    foreign = Indicator(programme=other, code="x", name_es="X", declaration={}, is_reported=True)
    make_results.add(actor=make.actor(), rows=[foreign])
    with pytest.raises(Refused) as refused:
        chain_parts.change_box(actor=make.actor(), box=boxes_of(chain)[1], indicators=[foreign])
    assert refused.value.code == "results.box.other_programme"


def test_a_broken_assumption_says_how_it_is_known(programme: Programme) -> None:
    part = boxes_of(make_chains.whole(programme))[1]
    with pytest.raises(Refused) as refused:
        chain_parts.note_assumption(
            actor=make.actor(), part=part, text_es="Hay tiempo", state="broken"
        )
    assert refused.value.code == "results.assumption.no_evidence"


def test_a_version_is_kept_and_what_came_after_is_told(programme: Programme) -> None:
    chain = make_chains.whole(programme)
    version = chains.save_version(actor=make.actor(), chain=chain)
    with pytest.raises(Refused) as refused:
        chains.save_version(actor=make.actor(), chain=chain)
    assert refused.value.code == "results.chain.same"
    first, last = boxes_of(chain)[0], boxes_of(chain)[-1]
    chain_parts.change_box(actor=make.actor(), box=first, statement_es="Formar en planta")
    chain_parts.remove_part(actor=make.actor(), part=last)
    make_chains.box(chain, "impact", "Ganan más")
    from digna.results.selectors import chain_parts as compared

    page = compared.version_page(version, chain)
    assert [one.what for one in page.added] == ["Ganan más"]
    assert [one.says for one in page.altered] == [
        (("Qué cambia", "Café: activity", "Formar en planta"),)
    ]
    assert [one.what for one in page.gone] == [
        "Café: impact", "Café: enterprise → Café: impact"
    ]  # fmt: skip
    assert chains.save_version(actor=make.actor(), chain=chain).number == 2


def test_a_review_is_not_of_a_day_to_come(programme: Programme) -> None:
    chain = make_chains.chain(programme)
    who = make.actor()
    for on, next_on, code in (
        (date(2999, 1, 1), None, "results.chain.review_ahead"),
        (date(2021, 1, 1), date(2021, 1, 1), "results.chain.review_order"),
    ):
        with pytest.raises(Refused) as refused:
            chains.review_chain(actor=who, chain=chain, on=on, changed="Nada", next_on=next_on)
        assert refused.value.code == code
    assert not ChainReview.objects.exists()


def test_findings_name_the_part_the_assumption_and_what_nobody_measures(
    programme: Programme,
) -> None:
    chain = make_chains.whole(programme)
    part = boxes_of(chain)[1]
    chain_parts.note_assumption(
        actor=make.actor(), part=part, text_es="Hay agua", state="broken", evidence="Sequía"
    )
    page = shown.chain_page(make.user(role="lead"), chain, date(2021, 6, 1))
    assert (page.findings[0].kind, page.findings[0].where) == ("error", "Café: output")
    assert page.findings[0].sentence == "Un supuesto está roto. «Hay agua»"
    told = [finding.sentence for finding in page.findings]
    assert told.count("No tiene indicador.") == 4
    assert told.count("No tiene evidencia.") == 4
    assert "Nadie la revisó todavía." in told
    assert (page.with_indicator, page.needing) == (0, 4)


def test_the_earliest_level_of_an_indicator_is_what_it_claims(programme: Programme) -> None:
    make_results.adopted(programme)
    chain = make_chains.whole(programme)
    row = Indicator.objects.get(programme=programme, code="constituents_trained")
    assert shown.level_of(row) is None
    late, early = boxes_of(chain)[4], boxes_of(chain)[2]
    chain_parts.change_box(actor=make.actor(), box=late, indicators=[row])
    assert shown.level_of(row) == ResultType.IMPACT
    chain_parts.change_box(actor=make.actor(), box=early, indicators=[row])
    assert shown.level_of(row) == ResultType.OUTCOME
    chains.archive_chain(actor=make.actor(), chain=chain)
    assert shown.levels_of(programme) == {}


def test_the_newest_figure_stands_in_the_box_with_its_parts(programme: Programme) -> None:
    make_results.adopted(programme)
    make_results.published(programme)
    make_results.computed(programme)
    chain = make_chains.whole(programme)
    rows = {row.code: row for row in Indicator.objects.filter(programme=programme)}
    chosen = [rows["constituents_trained"], rows["constituents_trained_women"]]
    chain_parts.change_box(actor=make.actor(), box=boxes_of(chain)[1], indicators=chosen)
    page = shown.chain_page(make.user(role="lead"), chain, date(2021, 12, 31))
    texts = [figure.text for figure in page.levels[1][1][0].figures]
    assert texts == ["263 personas · a la fecha", "158 de 263 (60 %) · a la fecha"]
    assert page.picture is not None
    drawn = [text.words for box in page.picture.boxes for text in box.texts]
    assert "263 personas · a la fecha" in drawn


def test_the_examples_of_the_kit_are_sound_and_measured_by_what_kits_bring(
    programme: Programme,
) -> None:
    known = {
        entry["code"]
        for code in ("bolivia", "score", "reactivate", "rounds", "impulsa", "formal", "learning")
        for entry in make.kit(code).documents["indicators"]["indicators"]
    }
    make_chains.measurement()
    for offered in shown.examples(programme):
        entry = shown.example(offered["code"])
        named = {one for box in entry["boxes"] for one in box.get("indicators", ())}  # type: ignore[attr-defined]
        assert named <= known
        chain = chains.adopt_example(actor=make.actor(), programme=programme, entry=entry)
        page = shown.chain_page(make.user(role="lead"), chain, date(2021, 6, 1))
        assert not [f for f in page.findings if f.kind == "error"]
        assert chain.is_example
        assert all(boxes for _level, boxes in page.levels)
    assert shown.examples(programme) == []
    assert Line.objects.filter(action="results.chain.adopted").count() == 3


def test_each_screen_opens_for_the_right_people(programme: Programme, people: cast.Cast) -> None:
    chain = make_chains.whole(programme)
    part, arrow = boxes_of(chain)[1], arrows_of(chain)[0]
    note = chain_parts.note_assumption(actor=make.actor(), part=part, text_es="Hay agua")
    seen = chain_parts.note_evidence(actor=make.actor(), part=arrow, text="Visto")
    chains.save_version(actor=make.actor(), chain=chain)
    own = f"{PAGE}{chain.public_id}"
    reading = {
        PAGE, f"{own}/", f"{own}/descargar.svg", f"{own}/versiones/", f"{own}/versiones/1",
        f"{own}/casillas/{part.public_id}", f"{own}/flechas/{arrow.public_id}",
    }  # fmt: skip
    writing = {
        f"{PAGE}nueva", f"{own}/cambiar", f"{own}/revisar", f"{own}/casillas/nueva",
        f"{own}/casillas/{part.public_id}/cambiar", f"{own}/flechas/nueva",
        f"{own}/flechas/{arrow.public_id}/cambiar",
        f"{own}/partes/{part.public_id}/supuestos/nuevo",
        f"{own}/partes/{part.public_id}/supuestos/{note.pk}",
        f"{own}/partes/{part.public_id}/supuestos/{note.pk}/quitar",
        f"{own}/partes/{arrow.public_id}/evidencias/nueva",
        f"{own}/partes/{arrow.public_id}/evidencias/{seen.pk}",
        f"{own}/partes/{arrow.public_id}/evidencias/{seen.pk}/quitar",
    }  # fmt: skip
    for path in reading | writing:
        for name, user in people.everybody():
            may = name in {"lead", "mel"} or (path in reading and name != "owner")
            expected = 302 if user is None else 200 if may else 403
            assert cast.client_of(user).get(path).status_code == expected, (path, name)


def test_a_reader_neither_takes_out_nor_saves(programme: Programme, people: cast.Cast) -> None:
    chain = make_chains.whole(programme)
    part = boxes_of(chain)[0]
    client = cast.client_of(people.auditor)
    own = f"{PAGE}{chain.public_id}"
    assert client.post(f"{own}/partes/{part.public_id}/quitar").status_code == 403
    assert client.post(f"{own}/archivar").status_code == 403
    assert client.post(f"{own}/versiones/", {"note": "x"}).status_code == 200
    assert not chain.versions.exists()
    page = client.get(f"{own}/").content.decode()
    assert "Anotar una revisión" not in page
    assert "/casillas/nueva" not in page


def test_a_part_of_another_chain_is_not_found(programme: Programme, people: cast.Cast) -> None:
    chain, other = make_chains.whole(programme), make_chains.whole(programme, "Turismo")
    foreign = boxes_of(other)[0].public_id
    own = f"{PAGE}{chain.public_id}"
    client = cast.client_of(people.lead)
    assert client.get(f"{own}/casillas/{foreign}").status_code == 404
    assert client.post(f"{own}/partes/{foreign}/quitar").status_code == 404
    elsewhere = make_results.programme(code="otro", name="Otro")
    assert client.get(f"/resultados/{elsewhere.code}/cadenas/{chain.public_id}/").status_code == 404


def test_the_page_draws_names_and_lists(programme: Programme, people: cast.Cast) -> None:
    chain = make_chains.whole(programme)
    page = cast.client_of(people.lead).get(f"{PAGE}{chain.public_id}/").content.decode()
    for words in ("<svg", "<title id=", "<desc id=", "Qué lleva a qué", "Por mejorar", "Impacto"):
        assert words in page
    assert page.count('class="picture__actor picture__area"') == 5
    svg = cast.client_of(people.lead).get(f"{PAGE}{chain.public_id}/descargar.svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert "<a " not in svg.content.decode()


def test_forms_keep_refuse_and_put_back(programme: Programme, people: cast.Cast) -> None:
    client = cast.client_of(people.mel)
    made = client.post(f"{PAGE}nueva", {"name_es": "Granos", "review_months": "12"})
    own = made["location"]
    assert ResultsChain.objects.get().get_absolute_url() == own
    for level, says in (("activity", "Formar"), ("output", "Aprenden")):
        given = {"level": level, "statement_es": says, "order": "1"}
        assert client.post(f"{own}casillas/nueva", given).status_code == 302
    one, two = boxes_of(ResultsChain.objects.get())
    back = client.post(f"{own}flechas/nueva", {"source": two.pk, "target": one.pk})
    assert back.status_code == 422
    assert "va hacia atrás" in back.content.decode()
    assert (
        client.post(f"{own}flechas/nueva", {"source": one.pk, "target": two.pk}).status_code == 302
    )
    client.post(f"{own}partes/{one.public_id}/quitar")
    assert arrows_of(ResultsChain.objects.get()) == []
    assert "Lo que se quitó" in client.get(own).content.decode()
    client.post(f"{own}partes/{one.public_id}/devolver")
    assert len(arrows_of(ResultsChain.objects.get())) == 1
    given = {"text_es": "Hay tiempo", "state": "at_risk"}
    refused = client.post(f"{own}partes/{one.public_id}/supuestos/nuevo", given)
    assert "Escriba cómo se sabe" in refused.content.decode()
    given |= {"evidence": "Cosecha adelantada", "since": "2021-04-01"}
    assert client.post(f"{own}partes/{one.public_id}/supuestos/nuevo", given).status_code == 302
    assert "Un supuesto está en riesgo. «Hay tiempo»" in client.get(own).content.decode()


def test_the_list_costs_the_same_for_more_chains(programme: Programme, people: cast.Cast) -> None:
    client = cast.client_of(people.lead)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    make_chains.whole(programme)
    few = queries()
    for name in ("Turismo", "Granos", "Otra"):
        make_chains.whole(programme, name)
    assert queries() == few


def test_a_page_costs_the_same_for_more_boxes(programme: Programme, people: cast.Cast) -> None:
    chain = make_chains.whole(programme)
    client = cast.client_of(people.lead)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(chain.get_absolute_url()).status_code == 200
        return len(asked)

    few = queries()
    last = boxes_of(chain)[-1]
    for number in range(4):
        box = make_chains.box(chain, "impact", f"Otro impacto {number}")
        make_chains.arrow(last, box)
        chain_parts.note_assumption(actor=make.actor(), part=box, text_es="Hay agua")
    assert queries() == few


def test_an_example_whose_arrow_points_nowhere_is_refused_whole(programme: Programme) -> None:
    box = {"code": "a", "level": "activity", "statement_es": "Formar"}
    entry = {"code": "x", "name_es": "X", "boxes": [box], "arrows": [{"from": "a", "to": "b"}]}
    with pytest.raises(Refused) as refused:
        chains.adopt_example(actor=make.actor(), programme=programme, entry=entry)
    assert refused.value.code == "results.chain.faulty_example"
    assert not ResultsChain.objects.exists()


def test_a_drawn_chain_on_paper(programme: Programme, people: cast.Cast) -> None:
    chain = make_chains.whole(programme)
    response = cast.client_of(people.lead).get(f"{PAGE}{chain.public_id}.pdf")
    assert response.headers["content-type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_grave_findings_are_the_engines() -> None:
    assert set(reviewing.GRAVE) >= {"systems.broken", "systems.unfed"}
