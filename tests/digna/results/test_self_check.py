"""The self-check: what data say with their n, what people say over them, what is kept."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import cast
import make
import make_chains
import make_results
from digna.errors import Refused
from digna.programmes.models import Programme
from digna.results import chain_kits, standard_evidence, standard_words
from digna.results.models import ChainArrow, ChainBox, Indicator, StandardAnswer, StandardAssessment
from digna.results.selectors import self_check as shown
from digna.results.selectors import standard_facts
from digna.results.services import chain_parts, chains, iati, self_check, targets
from digna.results.standard_evidence import CHECKS, Facts

pytestmark = pytest.mark.django_db
PAGE = "/resultados/bdp/autoevaluacion"
TODAY = date(2021, 12, 31)


@pytest.fixture
def programme() -> Programme:
    make_chains.measurement()
    return make_results.programme()


@pytest.fixture
def people() -> cast.Cast:
    return cast.cast()


def verdicts(programme: Programme) -> dict[str, str]:
    return {row.code: row.verdict for row in shown.point_rows(programme, TODAY)}


def answer(programme: Programme, point: str = "others", **values: str) -> StandardAnswer:
    given = {"verdict": "yes", "reason": "Consta", "evidence": "Informe 2020", **values}
    return self_check.answer_point(actor=make.actor(), programme=programme, point=point, **given)


def test_an_empty_programme_earns_nothing_that_it_cannot_show(programme: Programme) -> None:
    found = verdicts(programme)
    assert found["chain-detailed"] == "no"
    assert found["indicator-coverage"] == "cannot_tell"
    assert found["systemic"] == "cannot_tell"
    assert "yes" not in found.values()


def test_a_chain_measured_reviewed_and_evidenced_earns_its_points(programme: Programme) -> None:
    make_results.adopted(programme)
    chain = make_chains.whole(programme)
    row = Indicator.objects.get(programme=programme, code="constituents_trained")
    for box in ChainBox.objects.exclude(level="activity"):
        chain_parts.change_box(actor=make.actor(), box=box, indicators=[row])
    arrows = list(ChainArrow.objects.filter(chain=chain))
    for arrow in arrows[:3]:
        chain_parts.note_evidence(actor=make.actor(), part=arrow, text="Estudio")
    chains.review_chain(
        actor=make.actor(make.user("Elena")), chain=chain, on=date(2021, 5, 1), changed="Nada"
    )
    chains.change_chain(actor=make.actor(), chain=chain, gender="Distinto en el secado")
    iati.set_baseline(
        actor=make.actor(), indicator=row, year=2019, amount=Decimal(0), on=date(2019, 9, 1)
    )
    targets.set_target(actor=make.actor(), indicator=row, period="2021", written="250")
    found = {one.code: one for one in shown.point_rows(programme, TODAY)}
    assert {code: found[code].verdict for code in (
        "chain-detailed", "chain-researched", "chain-reviewed", "chain-gender",
        "chain-displacement", "indicator-coverage", "baseline", "impact-addable", "no-overlap",
        "sustainability", "projections",
    )} == {
        "chain-detailed": "yes", "chain-researched": "partly", "chain-reviewed": "yes",
        "chain-gender": "yes", "chain-displacement": "no", "indicator-coverage": "yes",
        "baseline": "yes", "impact-addable": "yes", "no-overlap": "yes",
        "sustainability": "partly", "projections": "yes",
    }  # fmt: skip
    assert found["chain-researched"].auto.sentence == "3 de 4 flechas tienen evidencia."
    assert found["indicator-coverage"].source_url == "/resultados/bdp/cadenas/"


def test_a_baseline_from_after_the_start_counts_by_half(programme: Programme) -> None:
    make_results.adopted(programme)
    chain = make_chains.whole(programme)
    row = Indicator.objects.get(programme=programme, code="training_hours")
    box = ChainBox.objects.filter(chain=chain, level="output").get()
    chain_parts.change_box(actor=make.actor(), box=box, indicators=[row])
    iati.set_baseline(actor=make.actor(), indicator=row, year=2020, amount=Decimal(0))
    assert verdicts(programme)["baseline"] == "partly"


def test_every_check_of_the_kit_is_known_and_every_known_one_is_used() -> None:
    make_chains.measurement()
    used = {one["check"] for one in chain_kits.control_points() if one["check"] is not None}
    assert used == set(CHECKS)
    assert {one["element"] for one in chain_kits.control_points()} == set(standard_words.ELEMENTS)


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_no_check_falls_over_nothing_or_all(name: str) -> None:
    everything = {
        field: True if kind is bool else 5
        for field, kind in standard_evidence.Facts.__annotations__.items()
    }
    for facts in (Facts(), Facts(**everything)):  # type: ignore[arg-type]
        found = CHECKS[name][0](facts)
        assert found.sentence
        assert "%(" not in found.sentence
    assert CHECKS[name][0](Facts()).verdict in {"no", "cannot_tell"}


def test_a_person_speaks_over_the_data_with_a_reason_and_evidence(programme: Programme) -> None:
    for given, code in (
        ({"reason": "  "}, "results.standard.no_reason"),
        ({"evidence": " "}, "results.standard.no_evidence"),
    ):
        with pytest.raises(Refused) as refused:
            answer(programme, **given)
        assert refused.value.code == code
    answer(programme)
    row = shown.point_row(programme, "others", TODAY)
    assert (row.verdict, row.auto.verdict) == ("yes", "cannot_tell")
    answer(programme, verdict="not_applicable", evidence="")
    page = shown.check_page(make.user(role="lead"), programme, TODAY)
    assert page.whole is not None
    assert page.whole.n_applicable == page.whole.n - 1
    assert "others" not in page.whole.failing
    self_check.withdraw_answer(actor=make.actor(), answer=StandardAnswer.objects.get())
    assert verdicts(programme)["others"] == "cannot_tell"


def test_points_add_up_as_the_page_says(programme: Programme, people: cast.Cast) -> None:
    answer(programme)
    page = shown.check_page(people.lead, programme, TODAY)
    assert sum(element.earned for element in page.elements) == page.earned
    assert page.earned >= 2
    html = cast.client_of(people.lead).get(PAGE).content.decode()
    assert "Informe 2020" in html
    assert "no el texto oficial" in html


def test_an_assessment_is_kept_and_held_against_today(
    programme: Programme, people: cast.Cast
) -> None:
    client = cast.client_of(people.mel)
    assert client.post(PAGE, {"note": "Al empezar"}).status_code == 302
    row = StandardAssessment.objects.get()
    answer(programme)
    page = shown.assessment_page(programme, 1, TODAY)
    assert [(one.before, one.now) for one in page.moved] == [("no se puede saber", "sí")]
    assert row.document["whole"]["n"] == len(row.document["points"])
    html = client.get(f"{PAGE}/guardadas/1").content.decode()
    assert "Al empezar" in html
    assert client.get(f"{PAGE}/guardadas/9").status_code == 404


def test_each_screen_opens_for_the_right_people(programme: Programme, people: cast.Cast) -> None:
    self_check.save_assessment(actor=make.actor(), programme=programme)
    reading = {PAGE, f"{PAGE}.csv", f"{PAGE}.xlsx", f"{PAGE}/guardadas/1"}
    writing = {f"{PAGE}/puntos/others"}
    for path in reading | writing:
        for name, user in people.everybody():
            may = name in {"lead", "mel"} or (path in reading and name != "owner")
            expected = 302 if user is None else 200 if may else 403
            assert cast.client_of(user).get(path).status_code == expected, (path, name)
    reader = cast.client_of(people.auditor)
    assert reader.post(PAGE, {"note": "x"}).status_code == 200
    assert StandardAssessment.objects.count() == 1
    assert reader.post(f"{PAGE}/puntos/others/datos").status_code == 403


def test_the_file_has_a_line_for_each_point(programme: Programme, people: cast.Cast) -> None:
    answer(programme, reason="=1+1")
    response = cast.client_of(people.lead).get(f"{PAGE}.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(chain_kits.control_points())
    said = next(row for row in rows if row["point"] == "others")
    assert (said["verdict"], said["by"], said["data_verdict"]) == ("yes", "person", "cannot_tell")
    assert not said["reason"].startswith("=")
    assert cast.client_of(people.lead).get(f"{PAGE}.pdf").status_code == 404


def test_without_the_kit_the_screen_says_what_to_do(people: cast.Cast) -> None:
    make_results.programme()
    html = cast.client_of(people.lead).get(PAGE).content.decode()
    assert "cargar el kit «measurement»" in html


def test_the_facts_cost_the_same_for_more_chains(programme: Programme) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            standard_facts.facts_of(programme, TODAY)
        return len(asked)

    make_chains.whole(programme)
    few = queries()
    for name in ("Turismo", "Granos"):
        make_chains.whole(programme, name)
    assert queries() == few
