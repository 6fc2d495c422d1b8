"""Pages of results: for the right person and the stranger, within their budget, with real rows."""

import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import make
import make_results
from digna.journal.models import Line
from digna.programmes.models import Programme
from digna.results.models import Computation, Figure, Indicator, ReportingPeriod, Target
from digna.results.services import figures, indicators, periods

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(role: str, **limits: Any) -> Client:
    client = Client()
    client.force_login(make.user(role.title(), role=role, **limits), backend=BACKEND)
    return client


@pytest.fixture
def programme() -> Programme:
    made = make_results.programme()
    make_results.adopted(made)
    make_results.published(made)
    return made


def year(of: Programme, label: str = "2021") -> ReportingPeriod:
    return periods.open_period(
        actor=make.actor(),
        programme=of,
        label=label,
        starts_on=date(2021, 1, 1),
        ends_on=date(2021, 12, 31),
    )


def test_opening_the_page_computes_what_is_stale_and_shows_the_sentence(
    programme: Programme,
) -> None:
    page = signed_in("mel").get("/resultados/bdp/")
    text = page.content.decode()
    assert page.status_code == 200
    assert Computation.objects.get().state == Computation.State.DONE
    assert "158 de 263 (60 %)" in text
    assert "105 %" in text  # 263 of a target of 250
    lines = Line.objects.count()
    signed_in("mel").get("/resultados/bdp/")
    assert Line.objects.filter(action__startswith="results.figures").count() == 2
    assert Line.objects.count() == lines


def test_the_results_page_costs_the_same_at_ten_and_twenty_indicators(
    programme: Programme,
) -> None:
    year(programme)
    client = signed_in("lead")
    Indicator.objects.filter(order__gte=10).update(is_headline=False)
    kept = Indicator.objects.filter(programme=programme).order_by("order")[:10]
    Indicator.objects.exclude(pk__in=[row.pk for row in kept]).delete()
    client.get("/resultados/bdp/?por=sex")
    make_results.computed(programme)
    with CaptureQueriesContext(
        connection,
    ) as ten:
        client.get("/resultados/bdp/?por=sex")
    declared = Indicator.objects.get(code="training_attendances").declaration
    for n in range(10):
        indicators.declare_indicator(
            actor=make.actor(),
            programme=programme,
            code=f"otro_{n}",
            declaration={**declared, "code": f"otro_{n}"},
            name_es=f"Otro {n}",
            is_headline=True,
        )
    make_results.computed(programme)
    with CaptureQueriesContext(connection) as twenty:
        page = client.get("/resultados/bdp/?por=sex")
    assert "Otro 9" in page.content.decode()
    assert len(twenty) == len(ten) <= 25


READERS = {"lead", "mel", "auditor", "coordinator", "trainer", "analyst"}
OFFICE = {"lead", "mel"}
PAGES = {
    "/resultados/": READERS,
    "/resultados/bdp/": READERS,
    "/resultados/bdp/avance": READERS,
    "/resultados/bdp/indicadores/training_hours": READERS,
    "/resultados/bdp/cifras.json": READERS,
    "/resultados/bdp/periodos/": OFFICE,
    "/resultados/bdp/nuevo-indicador": OFFICE,
    "/resultados/bdp/traer": OFFICE,
    "/resultados/bdp/indicadores/training_hours/cambiar": OFFICE,
    "/resultados/bdp/indicadores/training_hours/metas": OFFICE,
}
ROLES = ("lead", "mel", "auditor", "coordinator", "trainer", "analyst", "owner", "buyer", "worker")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_for_the_right_people_and_for_nobody_else(
    path: str, programme: Programme
) -> None:
    make_results.computed(programme)
    assert Client().get(path).status_code == 302
    for role in ROLES:
        expected = (
            200
            if role in PAGES[path] | ({"coordinator"} if "trainer" in PAGES[path] else set())
            else 403
        )
        assert signed_in(role).get(path).status_code == expected, role


def test_a_limit_to_another_programme_hides_this_one(programme: Programme) -> None:
    client = signed_in("coordinator", programmes=["otro"])
    assert client.get("/resultados/bdp/").status_code == 404
    assert not client.get("/resultados/").context["rows"]


def test_the_indicator_page_says_what_it_counts_and_every_part(programme: Programme) -> None:
    make_results.computed(programme)
    client = signed_in("auditor")
    text = client.get("/resultados/bdp/indicadores/constituents_trained").content.decode()
    for words in ("Definición", "mujeres", "158 (60 %)", "varios", "sin dato", "registros"):
        assert words in text
    client.cookies["idioma"] = "en"
    english = client.get("/resultados/bdp/indicadores/constituents_trained").content.decode()
    assert "Representatives trained" in english


def test_records_open_only_for_those_allowed(programme: Programme) -> None:
    figure = make_results.computed(programme)["constituents_trained"]
    path = f"/resultados/bdp/cifras/{figure.pk}/registros"
    office = signed_in("mel").get(path).content.decode()
    assert "263 registros detrás" in office
    assert office.count("/personas/") >= 50
    assert signed_in("analyst").get(path).status_code == 403
    stranger = signed_in("trainer", partner="cainco").get(path).content.decode()
    assert "263 no le toca verlos" in stranger
    assert "De prueba" not in stranger


def test_the_records_of_a_part_are_found_when_asked_for(programme: Programme) -> None:
    figure = make_results.computed(programme)["constituents_trained"]
    path = f"/resultados/bdp/cifras/{figure.pk}/registros?por=sex&es=female"
    assert "158 registros detrás" in signed_in("mel").get(path).content.decode()
    unknown = path.replace("female", "")
    assert "0 registros" in signed_in("mel").get(unknown).content.decode()
    assert signed_in("mel").get(path.replace("sex", "shoe")).status_code == 404


def test_every_kind_of_record_is_shown(programme: Programme) -> None:
    make_results.activity(programme)
    make.enterprise("Tostaduría Illimani")
    found = make_results.computed(programme)
    client = signed_in("lead")
    for code, words in {
        "capacity_processes": "Fichas de mercado",
        "training_attendances": "De prueba",
        "firms_registered": "Tostaduría Illimani",
        "market_assessments": "Estudio rápido de mercado",
    }.items():
        path = f"/resultados/bdp/cifras/{found[code].pk}/registros"
        assert words in client.get(path).content.decode(), code


def test_a_faulty_declaration_is_blamed_beside_each_field(programme: Programme) -> None:
    page = signed_in("mel").post(
        "/resultados/bdp/nuevo-indicador",
        {
            "code": "malo",
            "name_es": "Malo",
            "source": "events.attendance",
            "measure": "sum",
            "value": "sex",
            "where": "zapato = rojo",
            "on": "session_on",
            "unit": "horas",
            "direction": "ascending",
            "semantics": "incremental",
            "disaggregate": "shoe",
        },
    )
    errors = page.context["form"].errors
    assert set(errors) == {"value", "where", "disaggregate"}
    assert not Indicator.objects.filter(code="malo").exists()


def test_an_indicator_is_declared_changed_and_its_version_rises(programme: Programme) -> None:
    client = signed_in("mel")
    given = {
        "code": "horas_largas",
        "name_es": "Sesiones largas",
        "source": "events.attendance",
        "measure": "count",
        "where": "hours >= 4\nattended = sí",
        "on": "session_on",
        "unit": "asistencias",
        "direction": "ascending",
        "semantics": "incremental",
        "disaggregate": "sex",
        "is_public": "on",
    }
    assert client.post("/resultados/bdp/nuevo-indicador", given).status_code == 302
    row = Indicator.objects.get(code="horas_largas")
    assert row.declaration["where"][1] == {"column": "attended", "op": "eq", "value": True}
    path = "/resultados/bdp/indicadores/horas_largas/cambiar"
    assert "hours &gt;= 4" in client.get(path).content.decode()
    assert client.post(path, {**given, "where": "hours >= 5"}).status_code == 302
    row.refresh_from_db()
    assert row.version == 2
    assert make_results.computed(programme)["horas_largas"].value == 0


def test_targets_are_set_and_taken_back(programme: Programme) -> None:
    client = signed_in("mel")
    path = "/resultados/bdp/indicadores/training_hours/metas"
    assert client.post(path, {"period": "2021", "written": "mucho"}).status_code == 200
    client.post(path, {"period": "2021", "written": "1.200"})
    target = Target.objects.get(indicator__code="training_hours")
    assert (target.amount, target.as_written) == (1200, "1.200")
    client.post(f"{path}/{target.pk}/quitar")
    assert not Target.objects.filter(indicator__code="training_hours").exists()


def test_a_period_is_frozen_and_opened_again_with_a_reason(programme: Programme) -> None:
    client = signed_in("lead")
    client.post(
        "/resultados/bdp/periodos/",
        {"label": "2021", "starts_on": "2021-01-01", "ends_on": "2021-12-31"},
    )
    period = ReportingPeriod.objects.get()
    assert Figure.objects.filter(period=period).exists()
    client.post(f"/resultados/bdp/periodos/{period.pk}/congelar")
    assert "congelado" in client.get(f"/resultados/bdp/?periodo={period.pk}").content.decode()
    opened = f"/resultados/bdp/periodos/{period.pk}/abrir"
    assert client.post(opened, {"reason": ""}).status_code == 200
    client.post(opened, {"reason": "faltaba una lista"})
    period.refresh_from_db()
    assert (period.state, period.reopened_because) == ("open", "faltaba una lista")


def test_figures_leave_with_all_that_makes_them_honest(programme: Programme) -> None:
    make_results.computed(programme)
    client = signed_in("auditor")
    lines = client.get("/resultados/bdp/cifras.json").json()["figures"]
    share = next(
        line
        for line in lines
        if line["indicator"] == "constituents_trained_women" and not line["dimension"]
    )
    assert (share["numerator"], share["denominator"], share["n"], share["N"]) == (
        "158",
        "263",
        263,
        263,
    )
    assert share["source"] == "events.attendance"
    assert len(share["records_sha256"]) == 64
    assert "constituents_trained_women" in client.get("/resultados/bdp/cifras.csv").content.decode()
    assert client.get("/resultados/bdp/cifras.xlsx").content[:2] == b"PK"
    assert client.get("/resultados/bdp/cifras.exe").status_code == 404


def test_the_web_process_never_loads_the_heavy_engines() -> None:
    program = (
        "import django, sys; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "from django.urls import reverse; reverse('results:programmes');"
        "print([m for m in ('duckdb', 'ibis', 'pandas', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={
            "PATH": "/usr/bin",
            "PYTHONPATH": "src",
            "DJANGO_SETTINGS_MODULE": "digna.config.settings.test",
        },
        cwd=make.KITS.parent,
    )
    assert done.stdout.strip() == "[]"


def test_a_computation_that_broke_says_so_without_its_insides(programme: Programme) -> None:
    figures.ask_for_figures(actor=make.actor(), programme=programme)
    figures.fail(actor=make.actor(), programme=programme, problem="no such file: /var/digna/x")
    page = signed_in("lead").get(f"/resultados/{programme.code}/").content.decode()
    assert "No se pudieron calcular las cifras" in page
    assert "/var/digna" not in page
