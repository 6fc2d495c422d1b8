"""The screens of the IATI file: who comes in, what is said, what is kept, what the public gets."""

import hashlib
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

import cast
import make
import make_iati
from digna.programmes.models import Programme
from digna.results.models import Baseline, IatiFile, IatiProfile
from digna.results.services import iati
from digna_engines.iati import read

pytestmark = pytest.mark.django_db
PAGE = "/resultados/bdp/iati"
READERS = {"lead", "mel", "auditor"}
OFFICE = {"lead", "mel"}


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings: LazySettings) -> None:
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def programme() -> Programme:
    return make_iati.programme()


@pytest.fixture
def people() -> cast.Cast:
    return cast.cast()


def test_each_screen_opens_for_the_right_people(programme: Programme, people: cast.Cast) -> None:
    doors = {
        PAGE: READERS,
        f"{PAGE}/borrador.xml": READERS,
        f"{PAGE}/ajustes": OFFICE,
        "/resultados/bdp/indicadores/training_hours/linea-de-base": OFFICE,
    }
    for path, allowed in doors.items():
        for part, user in people.everybody():
            expected = 200 if part in allowed else 302 if user is None else 403
            assert cast.client_of(user).get(path).status_code == expected, (path, part)


def test_the_screen_says_what_leaves_what_lacks_and_what_is_wrong(
    programme: Programme, people: cast.Cast
) -> None:
    client = cast.client_of(people.lead)
    sound = client.get(PAGE).content.decode()
    assert "Cumple el esquema y las reglas" in sound
    assert "XM-DAC-41302-bdp" in sound
    assert "no tienen línea de base" in sound
    iati.set_profile(actor=make.actor(), programme=programme, sectors=[])
    broken = client.get(PAGE).content.decode()
    assert "así no se publica" in broken
    assert "Faltan los sectores" in broken
    assert 'href="/resultados/bdp/iati/ajustes#id_sectors"' in broken
    assert "/iati/publicar" not in broken


def test_only_who_answers_publishes_and_the_public_gets_that_file(
    programme: Programme, people: cast.Cast
) -> None:
    assert Client().get("/publico/bdp/iati.xml").status_code == 404
    assert cast.client_of(people.mel).post(f"{PAGE}/publicar").status_code == 403
    lead = cast.client_of(people.lead)
    assert lead.post(f"{PAGE}/publicar").status_code == 302
    row = IatiFile.objects.get()
    public = Client().get("/publico/bdp/iati.xml").content
    assert hashlib.sha256(public).hexdigest() == row.sha256
    assert read(public).activities[0].identifier == "XM-DAC-41302-bdp"
    iati.set_profile(actor=make.actor(), programme=programme, activity_ref="XM-DAC-41302-otro")
    assert Client().get("/publico/bdp/iati.xml").content == public
    assert lead.get(f"{PAGE}/{row.public_id}.xml").content == public
    assert row.sha256[:12] in lead.get(PAGE).content.decode()
    assert "/publico/bdp/iati.xml" in Client().get("/publico/bdp").content.decode()


def test_with_errors_the_button_refuses(programme: Programme, people: cast.Cast) -> None:
    iati.set_profile(actor=make.actor(), programme=programme, sectors=[])
    lead = cast.client_of(people.lead)
    page = lead.post(f"{PAGE}/publicar", follow=True).content.decode()
    assert "No se publica" in page
    assert not IatiFile.objects.exists()


def test_a_hidden_programme_has_no_public_file(programme: Programme, people: cast.Cast) -> None:
    cast.client_of(people.lead).post(f"{PAGE}/publicar")
    Programme.objects.filter(pk=programme.pk).update(is_public=False)
    assert Client().get("/publico/bdp/iati.xml").status_code == 404


def test_settings_are_read_line_by_line_and_shown_again(
    programme: Programme, people: cast.Cast
) -> None:
    client = cast.client_of(people.mel)
    area = programme.areas.all()[0]
    funder = programme.funders.get().organisation
    given = {
        **{name: value for name, value in make_iati.PROFILE.items() if isinstance(value, str)},
        "country": "bo",
        "sectors": "1 32130 60\n1 25030 40%\n",
        "tags": "8.3\n1 agua",
        "references": "training_hours 9 4.4.1",
        f"area_{area.code}": "2",
        f"org_{funder.pk}_ref": "CH-4",
        f"org_{funder.pk}_type": "10",
    }
    assert client.post(f"{PAGE}/ajustes", given).status_code == 302
    kept = IatiProfile.objects.get()
    assert kept.country == "BO"
    assert kept.sectors[1] == {"vocabulary": "1", "code": "25030", "percentage": "40"}
    assert kept.tags == [
        {"code": "8.3", "vocabulary": "3"}, {"code": "agua", "vocabulary": "1"}
    ]  # fmt: skip
    assert kept.area_types == {area.code: "2"}
    assert kept.organisations == {str(funder.pk): {"ref": "CH-4", "type": "10"}}
    shown = client.get(f"{PAGE}/ajustes").content.decode()
    for words in ("1 25030 40", "training_hours 9 4.4.1", 'value="CH-4"'):
        assert words in shown


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("sectors", "32130", "No se entiende la línea"),
        ("sectors", "1 32130 mucho", "no es un porcentaje"),
        ("references", "zapatos 9 4.4.1", "no tiene un indicador con el código"),
    ],
)
def test_a_line_that_is_not_understood_is_shown(
    programme: Programme, people: cast.Cast, name: str, written: str, said: str
) -> None:
    page = cast.client_of(people.mel).post(f"{PAGE}/ajustes", {name: written})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert IatiProfile.objects.get().org_ref == "XM-DAC-41302"


def test_a_baseline_is_written_shown_and_taken_back(
    programme: Programme, people: cast.Cast
) -> None:
    client = cast.client_of(people.mel)
    path = "/resultados/bdp/indicadores/training_hours/linea-de-base"
    empty = client.post(path, {"year": "2019"})
    assert "diga en el comentario por qué" in empty.content.decode()
    assert client.post(path, {"year": "2019", "amount": "0"}).status_code == 302
    assert Baseline.objects.get().amount == 0
    targets = client.get("/resultados/bdp/indicadores/training_hours/metas").content.decode()
    assert "<strong>0</strong> · 2019" in targets
    assert client.post(path, {"remove": "1"}).status_code == 302
    assert not Baseline.objects.exists()
