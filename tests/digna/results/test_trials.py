"""An indicator while it is declared: what it would say, what it lacks, who may try it."""

import json
import os
import time
from typing import Any

import pytest
from django.test import Client

import make
import make_results
from digna.errors import NotVisible
from digna.journal.models import Line
from digna.programmes.models import Programme
from digna.results import forms, shelf, tasks, trials
from digna.results.models import Indicator
from digna.results.services import indicators

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PATH = "/resultados/bdp/probar-indicador"
WOMEN = {
    "source": "events.attendance",
    "measure": "share",
    "of": "person_id",
    "where": "attended = sí",
    "meets": "sex = female",
    "on": "session_on",
    "unit": "personas",
    "direction": "ascending",
    "semantics": "cumulative",
    "disaggregate": "constituency",
}


@pytest.fixture
def programme() -> Programme:
    made = make_results.programme()
    make_results.published(made)
    return made


def client(role: str = "mel") -> Client:
    found = Client()
    found.force_login(make.user(role.title(), role=role), backend=BACKEND)
    return found


def test_what_it_would_say_is_shown_and_nothing_is_kept(programme: Programme) -> None:
    asked = client()
    before = Line.objects.count()
    page = asked.post(PATH, WOMEN)
    text = page.content.decode()
    assert "158 de 263 (60 %)" in text
    assert "Columnas de esta fuente" in text
    assert not Indicator.objects.exists()
    assert Line.objects.count() == before
    trial = page.context["tried"].trial
    assert "/indicadores/prueba" not in text  # there is no such page
    again = asked.get(f"{PATH}/{trial.key}").content.decode()
    assert "158 de 263 (60 %)" in again
    assert "hx-get" not in again


def test_the_words_of_an_indicator_may_still_be_missing_its_declaration_not(
    programme: Programme,
) -> None:
    page = client().post(PATH, {**WOMEN, "measure": "matched_change", "meets": "sex = female"})
    text = page.content.decode()
    assert "Todavía no se puede calcular" in text
    assert "necesita «value»" in text
    assert "«matched_change» no usa «meets»" in text
    assert "tried" not in page.context


def test_the_thirteenth_headline_is_asked_what_for(programme: Programme) -> None:
    words: dict[str, Any] = {"name_es": "Otro", "is_headline": True}
    for n in range(12):
        indicators.declare_reported(actor=make.actor(), programme=programme, code=f"i{n}", **words)
    text = client().post(PATH, {**WOMEN, "is_headline": "on"}).content.decode()
    assert "¿y para qué?" in text
    standing = client().post(f"{PATH}?de=i3", {**WOMEN, "is_headline": "on"}).content.decode()
    assert "¿y para qué?" not in standing


def test_only_those_who_declare_try_and_only_in_their_programme(programme: Programme) -> None:
    trial = client().post(PATH, WOMEN).context["tried"].trial
    assert client("trainer").post(PATH, WOMEN).status_code == 403
    assert Client().post(PATH, WOMEN).status_code == 302
    other = make_results.programme("otro", name="Otro")
    with pytest.raises(NotVisible):
        trials.of(other, trial.key)
    assert client().get(f"/resultados/otro/probar-indicador/{trial.key}").status_code == 404


def test_a_trial_waits_fails_in_words_and_goes_after_a_day(programme: Programme) -> None:
    trial = trials.ask(programme, {"measure": "sum", "source": "events.attendance"})
    asked = client()
    waiting = asked.get(f"{PATH}/{trial.key}").content.decode()
    assert "Calculando" in waiting
    assert f"{PATH}/{trial.key}" in waiting
    tasks.try_indicator.func(str(trial.key))
    assert trials.of(programme, trial.key).problem is not None
    assert "falla(s)" in asked.get(f"{PATH}/{trial.key}").content.decode()
    yesterday = time.time() - shelf.DAY - 1
    os.utime(shelf.place(trials.KIND, trial.key), (yesterday, yesterday))
    trials.ask(programme, {})
    assert trials.read(trial.key) is None
    tasks.try_indicator.func(str(trial.key))  # nobody waits for it any more
    assert asked.get(f"{PATH}/{trial.key}").status_code == 404


def test_a_declaration_of_pairs_goes_through_the_form_unchanged(programme: Programme) -> None:
    declared = {
        "code": "defectos", "source": "improvement.kpi", "measure": "matched_change",
        "statistic": "improved", "of": "enterprise_id", "value": "value", "on": "period_end",
        "where": [{"column": "kpi", "op": "eq", "value": "DEF"}],
        "before": [{"column": "point", "op": "eq", "value": "baseline"}],
        "after": [{"column": "point", "op": "eq", "value": "endline"}],
        "window": ["period_start", "period_end"], "gate": 3.5, "unit": "empresas",
        "direction": "descending", "semantics": "cumulative", "disaggregate": ["sector"],
    }  # fmt: skip
    row = indicators.declare_indicator(
        actor=make.actor(), programme=programme, code="defectos", declaration=declared,
        name_es="Empresas que bajaron sus defectos",
    )  # fmt: skip
    initial = {k: v for k, v in forms.initial_of(row).items() if v is not None}
    form = forms.IndicatorForm(initial, programme=programme)
    assert form.is_valid(), form.errors
    assert json.loads(json.dumps(form.declaration(row.declaration) | {"code": "defectos"})) == (
        json.loads(json.dumps(row.declaration))
    )
    page = client().get("/resultados/bdp/indicadores/defectos").content.decode()
    assert "parte que mejoró" in page
    assert "MAD" in page
