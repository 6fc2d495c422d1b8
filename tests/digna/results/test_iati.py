"""A programme as an IATI file: sound, the same again, and kept in while it has errors."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

import make
import make_iati
import make_results
from digna.errors import Refused
from digna.programmes.models import Programme
from digna.results.iati import composing, judging
from digna.results.models import Figure, IatiFile, IatiProfile, Indicator
from digna.results.services import chain_parts, chains, iati, targets
from digna.results.services import periods as reopening
from digna_engines.iati import read, write

pytestmark = pytest.mark.django_db
AT = datetime(2022, 8, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings: LazySettings) -> None:
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def programme() -> Programme:
    return make_iati.programme()


def text(programme: Programme) -> str:
    return composing.compose(programme, AT).content.decode()


def indicator(programme: Programme, code: str) -> str:
    """The element of one indicator."""
    found: list[str] = re.findall(r"<indicator .*?</indicator>", text(programme), re.DOTALL)
    return next(one for one in found if f'code="{code}"' in one)


def test_the_file_keeps_to_schema_and_rules(programme: Programme) -> None:
    report = judging.report_on(composing.compose(programme, AT).content, AT)
    assert [(one.rule, one.path, one.message_es) for one in report.errors] == []
    assert [(one.rule, one.path, one.message_es) for one in report.warnings] == []


def test_what_leaves_comes_back_and_leaves_the_same(programme: Programme) -> None:
    content = composing.compose(programme, AT).content
    again = read(content)
    assert again.unmodelled == ()
    assert write(again.activities, generated_at=again.generated_at) == content
    assert composing.compose(programme, AT).content == content


def test_a_frozen_year_goes_as_it_was_and_the_rest_says_it_may_change(
    programme: Programme,
) -> None:
    told = indicator(programme, "constituents_trained")
    periods = re.findall(r"<period>.*?</period>", told, re.DOTALL)
    frozen = next(one for one in periods if 'period-start iso-date="2021-01-01"' in one)
    assert '<actual value="263"/>' in frozen
    to_date = next(one for one in periods if 'period-start iso-date="2019-10-01"' in one)
    assert '<actual value="263">' in to_date
    assert "Provisional: puede cambiar" in to_date
    assert "Provisional: it may change" in to_date


def test_parts_add_up_and_unknown_is_a_part(programme: Programme) -> None:
    told = indicator(programme, "constituents_trained")
    women = '<actual value="158">\n            <dimension name="sex" value="female"/>'
    assert re.sub(r"\n\s+", "\n            ", told).count(women) == 2
    assert 'name="department" value="unknown"' in told


def test_departments_are_places_where_every_part_is_one(programme: Programme) -> None:
    at = make_results.session(make_results.process([programme]))
    at.place = make.place("El Alto")
    at.save()
    for figure in Figure.objects.filter(indicator__code="training_hours"):
        figure.parts = {"department": [_part("BO-L", figure.value)]}
        figure.save()
    told = indicator(programme, "training_hours")
    assert '<location ref="BO-L"/>' in told
    assert '<location ref="BO-L">' in text(programme)
    assert not judging.report_on(composing.compose(programme, AT).content, AT).errors


def _part(category: str, value: Decimal | None) -> dict[str, object]:
    written = str(value)
    return {
        "category": category,
        "numerator": written,
        "denominator": None,
        "value": written,
        "n": 263,
    }


def test_small_cells_and_splits_with_one_stay_in(programme: Programme) -> None:
    at = make_results.session(make_results.process([programme]))
    make_results.attend(at, make_results.people(2, "other"), "workers")
    make_results.computed(programme)
    told = indicator(programme, "constituents_trained")
    to_date = told[told.index('period-start iso-date="2019-10-01"') :]
    assert '<actual value="265">' in to_date
    assert 'name="sex"' not in to_date[: to_date.index("</period>")]


def test_targets_and_baselines_go_missing_ones_do_not(programme: Programme) -> None:
    hours = programme.indicators.get(code="training_hours")
    assert "<baseline" not in indicator(programme, "training_hours")
    assert "<target" not in indicator(programme, "training_hours")
    year = programme.periods.get(label="2021")
    reopening.reopen_period(actor=make.actor(reason="faltaba la meta"), period=year)
    targets.set_target(
        actor=make.actor(), indicator=hours, period="2021", written="5000", source="Plan"
    )
    iati.set_baseline(actor=make.actor(), indicator=hours, year=2019, amount=Decimal(0))
    told = indicator(programme, "training_hours")
    assert '<baseline year="2019" value="0"/>' in told
    assert '<target value="5000">' in told


def test_what_lacks_is_said_with_where_to_write_it(programme: Programme) -> None:
    profile = IatiProfile.objects.get()
    iati.set_profile(actor=make.actor(), programme=programme, sectors=[], contact_email="")
    composed = composing.compose(programme, AT)
    said = {lack.sentence: lack for lack in composed.lacks}
    assert said["Faltan los sectores, con su código."].is_required
    assert said["Falta un correo de contacto."].url.endswith("/iati/ajustes#id_contact_email")
    assert profile.org_ref in composed.content.decode()
    assert b"contact-info" not in composed.content


def test_with_errors_nothing_is_published(programme: Programme) -> None:
    iati.set_profile(actor=make.actor(), programme=programme, sectors=[])
    with pytest.raises(Refused, match="No se publica"):
        iati.publish_file(actor=make.actor(), programme=programme)
    assert not IatiFile.objects.exists()


def test_each_finding_opens_where_it_is_mended(programme: Programme) -> None:
    iati.set_profile(actor=make.actor(), programme=programme, sectors=[])
    composed = composing.compose(programme, AT)
    path = "/iati-activities/iati-activity/result[1]/indicator[2]/period/actual"
    code = composed.codes[0][1]
    assert judging.mended_at(programme, composed, path) == f"/resultados/bdp/indicadores/{code}"
    for name, anchor in (("reporting-org", "org_ref"), ("sector[1]/@code", "sectors")):
        url = judging.mended_at(programme, composed, f"/iati-activities/iati-activity/{name}")
        assert url.endswith(f"#id_{anchor}")


def test_by_command_the_file_is_written_and_judged(programme: Programme, tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    file = tmp_path / "bdp.xml"
    arguments = ("iati", "export", "--programme", "bdp", "--out", str(file))
    call_command(*arguments, stdout=out, stderr=err)
    assert read(file).activities[0].identifier == "XM-DAC-41302-bdp"
    assert "0 errores" in out.getvalue()
    assert "no tienen línea de base" in err.getvalue()
    iati.set_profile(actor=make.actor(), programme=programme, sectors=[])
    with pytest.raises(SystemExit) as ended:
        call_command(*arguments, stdout=out, stderr=err)
    assert ended.value.code == 1
    with pytest.raises(CommandError) as unknown:
        call_command("iati", "export", "--programme", "x", "--out", str(file), stderr=err)
    assert unknown.value.returncode == 2


def test_a_programme_of_which_nothing_is_said_is_still_a_file() -> None:
    bare = make_results.programme("nuevo", starts_on=date(2030, 1, 1), ends_on=date(2031, 1, 1))
    composed = composing.compose(bare, AT)
    assert read(composed.content).activities[0].status == "1"
    assert sum(lack.is_required for lack in composed.lacks) >= 7
    assert b'value="0"' not in composed.content


def test_an_area_whose_boxes_are_on_one_level_takes_its_type(programme: Programme) -> None:
    def types() -> dict[str, str | None]:
        activity = read(composing.compose(programme, AT).content).activities[0]
        return {
            code: one.type
            for one in activity.results
            for indicator in one.indicators
            for code in [indicator.references[0].code or ""]
        }

    said = IatiProfile.objects.get(programme=programme)
    iati.set_profile(actor=make.actor(), programme=programme, area_types={})
    assert said.area_types != {}
    assert types()["constituents_trained"] == "9"
    chain = chains.begin_chain(actor=make.actor(), programme=programme, name_es="Granos")
    row = Indicator.objects.get(programme=programme, code="constituents_trained")
    chain_parts.add_box(
        actor=make.actor(), chain=chain, level="output", statement_es="Saben", indicators=[row]
    )
    found = types()
    assert found["constituents_trained"] == "1"
    other = Indicator.objects.filter(programme=programme).exclude(area=row.area).first()
    assert other is None or other.code not in found or found[other.code] == "9"
