"""Tables of targets and actuals: the published ones come home typed, faults are told by cell."""

from decimal import Decimal

import pytest
from django.test import Client

import make
import make_results
from digna.programmes.models import Programme
from digna.results import importing
from digna.results.models import Indicator, ReportedActual, Target
from digna.results.selectors import indicator as shown
from digna.results.services import imports

pytestmark = pytest.mark.django_db

# Targets and actuals of SCORE Phase II to June 2015, as its independent evaluation printed them.
SPAN = "2013-10-01/2015-06-30"
PUBLISHED = {
    "Instituciones que adoptan SCORE": {
        "CN": "4/4", "CO": "5/5", "IN": "3/3", "ID": "2/3", "ZA": "1/1", "VN": "3/3",
    },
    "% cost recovery": {"CN": "40/50", "CO": "70/33", "IN": "30/33", "ZA": "20/21", "VN": "35/26"},
    "Patrocinadores": {
        "CN": "7/7", "CO": "1/1", "GH": "1/0", "IN": "5/5", "ID": "1/2", "ZA": "0/2", "VN": "1/2",
    },
    "Representantes capacitados": {
        "CN": "35 (60%F)/36 (56%F)", "CO": "11 (30%)/11 (50%)", "GH": "12 (30%F)/16 (31%F)",
        "IN": "22 (10%F)/24 (13%F)", "VN": "50 (33%F)/54 (31%F)",
    },
}  # fmt: skip


def rows() -> list[list[str]]:
    body = [
        [title, country, SPAN, pair]
        for title, by_country in PUBLISHED.items()
        for country, pair in by_country.items()
    ]
    return [["Indicador", "País / socio", "Período", "Meta / alcanzado"], *body]


@pytest.fixture
def programme() -> Programme:
    return make_results.programme("score", name="SCORE Fase II")


def imported(programme: Programme, table: list[list[str]]) -> dict[str, int]:
    return imports.import_table(
        actor=make.actor(), programme=programme, rows=table, create_missing=True, source="OIT 2015"
    )


def table_of(programme: Programme, name: str) -> shown.ReportedTable:
    row = Indicator.objects.get(programme=programme, name_es=name)
    return shown.reported_table(row, tuple(row.targets.all()))


def test_the_published_table_comes_home_whole(programme: Programme) -> None:
    assert imported(programme, rows()) == {"targets": 23, "actuals": 23, "faults": 0}
    china = Target.objects.get(indicator__name_es="Representantes capacitados", subject="CN")
    assert (china.kind, china.amount, china.share_pct, china.share_of) == ("count", 35, 60, "F")
    assert china.as_written == "35 (60%F)"
    colombia = ReportedActual.objects.get(
        indicator__name_es="Representantes capacitados", subject="CO"
    )
    assert (colombia.share_pct, colombia.share_of) == (50, "")
    cost = Target.objects.filter(indicator__name_es="% cost recovery")
    assert set(cost.values_list("kind", flat=True)) == {"percent"}


def test_achievement_is_right_and_undefined_where_it_is(programme: Programme) -> None:
    imported(programme, rows())
    sponsors = {row.subject: row for row in table_of(programme, "Patrocinadores").rows}
    assert (sponsors["ID"].reached, sponsors["GH"].reached) == ("200 %", "0 %")
    assert sponsors["ZA"].reached == ""
    assert sponsors["ZA"].why == "La meta es 0: el avance no está definido."
    people = table_of(programme, "Representantes capacitados")
    assert {row.subject: row.reached for row in people.rows}["CN"] == "103 %"
    assert (people.total_target, people.total_actual) == ("130", "141")


def test_percentages_are_not_added(programme: Programme) -> None:
    imported(programme, rows())
    cost = table_of(programme, "% cost recovery")
    assert (cost.total_target, cost.total_actual) == ("", "")
    assert "no se suman" in cost.refusal
    assert {row.subject: row.reached for row in cost.rows}["CO"] == "47 %"


def test_the_same_table_again_changes_nothing(programme: Programme) -> None:
    imported(programme, rows())
    before = list(Target.objects.values_list("pk", "amount"))
    imported(programme, rows())
    assert list(Target.objects.values_list("pk", "amount")) == before
    assert Indicator.objects.filter(programme=programme).count() == 4


def test_several_amounts_in_a_cell_are_kept_apart(programme: Programme) -> None:
    table = [
        ["indicador", "de", "período", "meta", "valor"],
        ["% cost recovery", "", "2015", "50% for M1, 0% for M2-5", "sin dato"],
    ]
    imported(programme, table)
    target, actual = Target.objects.get(), ReportedActual.objects.get()
    assert (target.amount, target.parts[1]) == (None, {"label": "M2-5", "amount": "0"})
    assert (actual.kind, actual.amount) == ("missing", None)
    (row,) = table_of(programme, "% cost recovery").rows
    assert (row.reached, row.why) == ("", "Sin dato de lo alcanzado.")


def test_every_fault_is_told_by_its_cell_and_the_good_rows_go_in(programme: Programme) -> None:
    make_results.adopted(programme)
    table = [
        ["SCORE", "", "", "", ""],
        ["Indicador", "De", "Período", "Meta", "Valor"],
        ["zapatos", "", "2015", "3", ""],
        ["training_hours", "", "verano", "3", ""],
        ["training_hours", "", "2020", "muchas", ""],
        ["training_hours", "", "2020", "", ""],
        ["training_hours", "", "2020", "10", "12"],
        ["training_hours", "", "2021", "1.200", ""],
        ["training_hours", "", "2021", "1.300", ""],
        ["", "", "", "", ""],
    ]
    read = importing.dry_run(programme=programme, rows=table)
    assert [(fault.cell, fault.code) for fault in read.faults] == [
        ("A3", "unknown_indicator"),
        ("C4", "unreadable_period"),
        ("D5", "unreadable_value"),
        ("D6", "no_value"),
        ("E7", "computed"),
        ("A9", "repeated"),
    ]
    assert not Target.objects.filter(indicator__code="training_hours").exists()
    counts = imports.import_table(actor=make.actor(), programme=programme, rows=table)
    assert counts == {"targets": 1, "actuals": 0, "faults": 6}
    target = Target.objects.get(indicator__code="training_hours")
    assert target.amount == Decimal(1200)


def test_the_page_looks_first_and_keeps_when_told(programme: Programme) -> None:
    client = Client()
    user = make.user("Marta", role="mel")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    pasted = "\n".join("\t".join(row) for row in rows())
    given = {"pasted": pasted, "create_missing": "on", "source": "OIT 2015"}
    looked = client.post("/resultados/score/traer", given)
    assert "23 filas listas" in looked.content.decode()
    assert not Target.objects.exists()
    again = looked.context["again"]
    kept = client.post("/resultados/score/traer", {**given, **again, "intention": "", "keep": "1"})
    assert kept.status_code == 302
    assert Target.objects.count() == ReportedActual.objects.count() == 23
    page = client.get("/resultados/score/indicadores/patrocinadores").content.decode()
    assert "La meta es 0: el avance no está definido." in page
    assert client.post("/resultados/score/traer", {"pasted": ""}).status_code == 200
