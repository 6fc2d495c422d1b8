"""Studies of effect: files with every fault named, estimates kept, and nothing told of too few."""

import io
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import make
import make_results
from digna.programmes.models import Programme
from digna.results.effects import reading, table, uploads
from digna.results.effects.reading import Asked
from digna.results.models import EffectRun, EffectStudy
from digna.results.selectors import naming

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOY = """unidad;grupo;antes;después
a;1;100;130
b;1;80;95
c;1;120;150
d;0;90;100
e;0;110;105
f;0;70;85
"""


def signed_in(role: str, **limits: Any) -> Client:
    client = Client()
    client.force_login(make.user(role.title(), role=role, **limits), backend=BACKEND)
    return client


def many(n: int = 12, gain: int = 20) -> str:
    """Two arms of n firms: those of the programme gained more, by `gain`."""
    lines = ["unit,group,before,after"]
    for i in range(n):
        lines.append(f"t{i},T,{100 + i},{110 + i + gain + i % 3}")
        lines.append(f"c{i},C,{100 + i},{110 + i + (i + 1) % 3}")
    return "\n".join(lines)


@pytest.fixture
def programme(db: None) -> Programme:
    return make_results.programme()


def sent(text: str, client: Client | None = None, **given: Any) -> Any:
    file = SimpleUploadedFile("evaluacion.csv", text.encode(), "text/csv")
    asked = {
        "title": "Ventas", "design": "difference", "winsorised_share": "0",
        "unit": "Bs", "file": file, **given,
    }  # fmt: skip
    return (client or signed_in("mel")).post("/resultados/bdp/contribucion/archivo", asked)


def test_every_fault_of_a_file_has_its_line_and_column() -> None:
    text = "unit,group,before,after\na,1,10,x\n,0,1,2\na,9,,3\n"
    found = uploads.read(text, is_staggered=False)
    places = [(fault.line, fault.column) for fault in found.faults]
    assert places == [(2, "after"), (3, "unit"), (4, "unit"), (4, "group")]
    lacking = uploads.read("unit,after\na,1\n", is_staggered=False)
    assert [fault.column for fault in lacking.faults] == ["group", "before"]
    assert uploads.read("", is_staggered=False).faults


def test_missing_is_not_zero_in_a_file() -> None:
    text = "unit;group;before;after\na;1;0;\nb;0;1,5;2.5\n"
    found = uploads.read(text, is_staggered=False)
    assert [(u.before, u.after) for u in found.units] == [(0.0, None), (1.5, 2.5)]
    assert table.units(table.written(found.units)) == list(found.units)


def test_the_toy_panel_is_not_told_as_impact(programme: Programme) -> None:
    """D6 of the methods: three firms an arm, 18.3333; printed nowhere, the n is."""
    client = signed_in("mel")
    answer = sent(TOY, client)
    run = EffectRun.objects.get()
    assert (run.state, run.found["is_impact"]) == ("done", False)
    assert round(run.found["estimate"]["value"], 4) == 18.3333
    assert round(run.found["estimate"]["error"], 4) == 8.1989
    assert run.found["permutation"] == {"p": 0.2, "draws": 20, "exact": True}
    text = client.get(answer.url).content.decode()
    assert "No se informa como impacto: n = 3 del programa y 3 de comparación" in text
    assert "18,33" not in text
    assert "Por eso no se imprime ninguna estimación" in text
    listed = client.get("/resultados/bdp/contribucion").content.decode()
    assert "No se informa como impacto" in listed


def test_enough_firms_are_told_with_interval_balance_and_losses(programme: Programme) -> None:
    client = signed_in("mel")
    answer = sent(many() + "\nx,T,100,\n", client)
    run = EffectRun.objects.get()
    assert run.found["attrition"]["treated"] == [1, 13]
    assert run.found["estimate"]["dropped"] == 1
    text = client.get(answer.url).content.decode()
    for words in ("Más que la comparación", "IC 95 %", "p por permutación", "Cómo eran antes"):
        assert words in text
    assert "1 de 13" in text
    client.cookies["idioma"] = "en"
    assert "More than comparison" in client.get(answer.url).content.decode()
    sheet = client.get(f"{answer.url}.xlsx")
    assert "xl/workbook.xml" in ZipFile(io.BytesIO(sheet.content)).namelist()


def test_a_new_estimate_is_a_new_row_with_the_same_inputs(programme: Programme) -> None:
    client = signed_in("mel")
    answer = sent(many(), client)
    client.post(f"{answer.url}/estimar")
    first, second = EffectRun.objects.all()
    assert first.pk != second.pk
    assert first.inputs_sha256 == second.inputs_sha256 != ""
    assert first.found == second.found


def test_faults_of_a_file_come_back_on_the_form(programme: Programme) -> None:
    answer = sent("unidad;grupo;antes;después\na;quizás;1;2\n")
    assert answer.status_code == 422
    assert "Línea 2, columna group" in answer.content.decode()
    assert not EffectStudy.objects.exists()


def test_what_the_engine_refuses_is_told_in_its_words(programme: Programme) -> None:
    client = signed_in("mel")
    answer = sent("unit,group,before,after\na,1,1,2\nb,0,1,2\n", client)
    assert EffectRun.objects.get().state == "failed"
    assert "hacen falta al menos 2 de cada lado" in client.get(answer.url).content.decode()
    client.post(f"{answer.url}/quitar")
    assert not EffectStudy.objects.exists()
    kept = sent(many(), client)
    client.post(f"{kept.url}/quitar")
    assert EffectStudy.objects.exists()  # one with an estimate stays


def test_rolling_entry_from_a_file(programme: Programme) -> None:
    lines = ["unit,period,value,entry"]
    for i in range(36):
        entry = {0: "2020", 1: "2021"}.get(i % 3, "")
        for year in (2019, 2020, 2021):
            gain = 10 if entry and year >= int(entry) else 0
            lines.append(f"f{i},{year},{i + (year - 2019) + gain},{entry}")
    client = signed_in("mel")
    answer = sent("\n".join(lines), client, design="staggered")
    run = EffectRun.objects.get()
    assert run.state == "done"
    assert run.found["estimate"]["value"] == pytest.approx(10)
    assert "Por períodos desde la entrada" in client.get(answer.url).content.decode()


def asked(comparison: str) -> Asked:
    return Asked(
        "k", date(2019, 1, 1), date(2019, 12, 31), date(2021, 1, 1), date(2021, 12, 31),
        comparison, "department",
    )  # fmt: skip


def test_firms_from_facts_by_when_they_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 entered between, 2 after, 3 never; a value counts once though two programmes hold it."""
    values = [
        (key, firm, on, amount)
        for key, firm, on, amount in (
            (1, 1, date(2019, 6, 1), 10), (2, 1, date(2019, 9, 1), 12),
            (3, 1, date(2021, 6, 1), 20),
            (4, 2, date(2019, 6, 1), 9), (5, 2, date(2021, 6, 1), 9),
            (6, 3, date(2019, 6, 1), 8), (3, 1, date(2021, 6, 1), 20),
        )
    ]  # fmt: skip
    entered = {1: date(2020, 2, 1), 2: date(2022, 3, 1)}

    def rows(name: str, _programme: int | None) -> Any:
        if name == reading.CYCLES:
            return iter([{"enterprise_id": f, "enrolled_on": on} for f, on in entered.items()])
        return iter(
            {
                "kpi": "k", "observation_id": key, "enterprise_id": firm, "period_end": on,
                "numerator": amount, "denominator": 2, "factor": 1, "department": "BO-L",
            }
            for key, firm, on, amount in values
        )  # fmt: skip

    monkeypatch.setattr(reading, "_rows", rows)
    found = reading.units(asked("others"), 1)
    assert [(u.unit, u.is_treated, u.before, u.after) for u in found] == [
        ("1", True, 6.0, 10.0), ("2", False, 4.5, 4.5), ("3", False, 4.0, None),
    ]  # fmt: skip
    assert [u.unit for u in reading.units(asked("late"), 1)] == ["1", "2"]
    assert [u.unit for u in reading.units(asked("never"), 1)] == ["1", "3"]
    assert found[0].cluster == "BO-L"
    assert [(m.unit, m.period, m.entered) for m in reading.moments(asked("others"), 1)][:2] == [
        ("1", 2019, 2020), ("1", 2021, 2020),
    ]  # fmt: skip
    assert Asked.of(asked("late").as_kept()) == asked("late")


def test_a_study_of_records_is_planned_estimated_and_kept(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def units(_asked: Asked, _programme: int) -> list[table.Unit]:
        return list(uploads.read(many(), is_staggered=False).units)

    monkeypatch.setattr(reading, "units", units)
    kpis = {"sales": "Ventas del mes"}
    monkeypatch.setattr(naming, "names_of", lambda _wanted: {"kpi": kpis})
    client = signed_in("lead")
    path = "/resultados/bdp/contribucion/nuevo"
    given = {
        "title": "Ventas del ciclo", "kpi": "sales", "before_from": "2019-01-01",
        "before_to": "2019-12-31", "after_from": "2021-01-01", "after_to": "2021-12-31",
        "comparison": "late", "design": "difference", "winsorised_share": "0",
    }  # fmt: skip
    wrong = client.post(path, {**given, "after_from": "2018-01-01"})
    assert "Las fechas van en orden" in wrong.content.decode()
    answer = client.post(path, given)
    study = EffectStudy.objects.get()
    assert Asked.of(study.asked).comparison == "late"
    text = client.get(answer.url).content.decode()
    for words in ("Más que la comparación", "Ventas del mes", "las que entraron después"):
        assert words in text


def test_the_calculator_gives_the_published_sizes(programme: Programme) -> None:
    client = signed_in("auditor")
    page = client.get(
        "/resultados/potencia/?effect=0.5&power=0.8&analysis=end&correlation=0&cluster_size=1"
        "&icc=0&attrition=0&per_arm=63&margin=0.05&population=263"
    ).content.decode()
    assert "<strong>63</strong>" in page
    assert "<strong>157</strong>" in page
    zero = client.get(
        "/resultados/potencia/?effect=0&power=0.8&analysis=end&correlation=0&cluster_size=1"
        "&icc=0&attrition=0&margin=0.05"
    ).content.decode()
    assert "fuera de su rango" in zero
    assert signed_in("trainer").get("/resultados/potencia/").status_code == 403


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("auditor", "/resultados/bdp/contribucion", 200),
        ("auditor", "/resultados/bdp/contribucion/nuevo", 403),
        ("analyst", "/resultados/bdp/contribucion/archivo", 200),
        ("trainer", "/resultados/bdp/contribucion", 403),
    ],
)
def test_doors(programme: Programme, role: str, path: str, status: int) -> None:
    assert signed_in(role).get(path).status_code == status
