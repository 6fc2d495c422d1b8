"""A file of IATI that comes: what is taken over, what is left behind and said, who may."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

import cast
import make
import make_iati
import make_results
from digna.programmes.models import Programme
from digna.results import shelf
from digna.results.iati import arriving, composing
from digna.results.models import Baseline, Indicator, ReportedActual, Target
from digna.results.services import arrivals, periods, reviews
from digna_engines.iati import read

pytestmark = pytest.mark.django_db
PATH = "/resultados/bdp/iati/importar"
EXAMPLE = Path(__file__).parents[4] / "shared/data/iati/examples/SYNTHETIC-bdp-from-seed.xml"
FILE = b"""<iati-activities version="2.03"><iati-activity default-currency="USD" xml:lang="en">
<iati-identifier>XM-1-A</iati-identifier><title><narrative>Coffee</narrative></title>
<result type="1"><title><narrative>Reach</narrative></title>
 <indicator measure="1"><title><narrative>Firms reached</narrative></title>
  <baseline year="2019" value="4"/>
  <period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
   <target value="40"/><actual value="1.500"/></period>
  <period><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/>
   <target value="60"/>
   <actual value="12"><dimension name="sex" value="female"/></actual>
   <actual value="9"><dimension name="sex" value="male"/></actual></period>
  <period><period-start iso-date="2022-01-01"/><period-end iso-date="2022-12-31"/>
   <actual value="n/a"/></period>
 </indicator>
 <indicator measure="2" ascending="0"><title><narrative>Waste</narrative></title>
  <period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
   <actual value="8.5"/></period></indicator>
 <indicator measure="5"><title><narrative>Story</narrative></title>
  <period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
   <actual><comment><narrative>It went well</narrative></comment></actual></period></indicator>
</result><crs-add/></iati-activity></iati-activities>"""


@pytest.fixture
def programme() -> Programme:
    return make_results.programme()


def client(role: str = "mel") -> Client:
    found = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    found.force_login(make.user(role.title(), role=role), backend=backend)
    return found


def sent(content: bytes = FILE) -> dict[str, object]:
    return {"file": SimpleUploadedFile("a.xml", content, "text/xml")}


def test_totals_arrive_and_parts_stay_behind_with_their_reason() -> None:
    firms, waste, story = arriving.arrived(read(FILE).activities[0])
    assert [(said.period, said.value) for said in firms.targets] == [
        ("2020-01-01/2020-12-31", Decimal(40)), ("2021-01-01/2021-12-31", Decimal(60)),
    ]  # fmt: skip
    assert [said.value for said in firms.actuals] == [Decimal("1.500")]
    assert firms.baseline is not None
    assert (firms.baseline.year, firms.baseline.value) == (2019, 4)
    assert any("no se suman" in said for said in firms.left)
    assert any("n/a" in said for said in firms.left)
    assert (waste.is_percent, waste.is_descending) == (True, True)
    assert story.is_empty
    assert story.left


def test_nothing_changes_until_it_is_said_so(programme: Programme) -> None:
    asked = client()
    page = asked.post(PATH, sent())
    text = page.content.decode()
    assert "sería nuevo" in text
    assert "crs-add" in text
    assert not Indicator.objects.exists()
    again = {"again": str(page.context["again"]), "activity": "0", "keep": "on"}
    assert asked.post(PATH, {**again, "create_missing": "on"}).status_code == 302
    firms = Indicator.objects.get(name_es="Firms reached")
    assert firms.is_reported
    assert Baseline.objects.get(indicator=firms).amount == 4
    assert sorted(Target.objects.values_list("amount", flat=True)) == [40, 60]
    actuals = dict(ReportedActual.objects.values_list("indicator__name_es", "amount"))
    assert actuals == {"Firms reached": Decimal("1.5"), "Waste": Decimal("8.5")}
    assert Indicator.objects.get(name_es="Waste").unit == "%"
    assert Indicator.objects.get(name_es="Waste").direction == "descending"


def test_the_same_file_again_changes_nothing(programme: Programme) -> None:
    activity = read(FILE).activities[0]
    first, second = (
        arrivals.take_over(
            actor=make.actor(), programme=programme, activity=activity, create_missing=True
        )
        for _ in range(2)
    )
    assert first == {"indicators": 2, "baselines": 1, "targets": 2, "actuals": 2, "closed": 0}
    assert set(second.values()) == {0}
    assert Indicator.objects.count() == 2
    assert (Target.objects.count(), ReportedActual.objects.count()) == (2, 2)


def test_what_falls_in_a_locked_period_is_left_and_told(programme: Programme) -> None:
    year = periods.open_period(
        actor=make.actor(), programme=programme, label="2020",
        starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31),
    )  # fmt: skip
    reviews.lock(actor=replace(make.actor(), reason="ya se informó"), period=year)
    counts = arrivals.take_over(
        actor=make.actor(), programme=programme, activity=read(FILE).activities[0],
        create_missing=True,
    )  # fmt: skip
    assert (counts["targets"], counts["actuals"], counts["closed"]) == (1, 0, 3)


def test_without_leave_to_make_new_ones_only_ours_are_taken(programme: Programme) -> None:
    activity = read(FILE).activities[0]
    counts = arrivals.take_over(actor=make.actor(), programme=programme, activity=activity)
    assert counts == {"indicators": 0, "baselines": 0, "targets": 0, "actuals": 0, "closed": 0}
    assert not Indicator.objects.exists()


def test_our_own_file_finds_our_indicators_and_leaves_what_we_compute() -> None:
    programme = make_iati.programme()
    activity = read(composing.compose(programme, timezone.now()).content).activities[0]
    before = Indicator.objects.count()
    counts = arrivals.take_over(
        actor=make.actor(), programme=programme, activity=activity, create_missing=True
    )
    assert Indicator.objects.count() == before
    assert set(counts.values()) == {0}  # what we hold already keeps its words
    again = read(composing.compose(programme, timezone.now()).content).activities[0]
    assert again.results == activity.results


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hola", "XML"),
        (FILE.replace(b"iati-activities", b"iati-organisations"), "organizaciones"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><iati-activities/>', "DOCTYPE"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    content: bytes, said: str, programme: Programme
) -> None:
    page = client().post(PATH, sent(content))
    assert page.status_code == 200
    assert said in str(page.context["form"].errors["file"])


def test_a_file_put_aside_too_long_ago_is_asked_for_again(programme: Programme) -> None:
    page = client().post(PATH, {"again": str(uuid4()), "keep": "on"})
    assert "otra vez" in str(page.context["form"].errors["file"])
    assert "Elija el archivo" in str(
        client().post(PATH, {"activity": "0"}).context["form"].errors["file"]
    )


def test_only_the_office_brings_files(programme: Programme) -> None:
    for part, user in cast.cast().everybody():
        expected = 200 if part in {"lead", "mel"} else 302 if user is None else 403
        assert cast.client_of(user).get(PATH).status_code == expected, part


def test_a_published_file_is_taken_over(programme: Programme) -> None:
    if not EXAMPLE.exists():
        pytest.skip("needs ../shared/data/iati beside the project")
    reading = read(EXAMPLE)
    counts = arrivals.take_over(
        actor=make.actor(), programme=programme, activity=reading.activities[0],
        create_missing=True,
    )  # fmt: skip
    assert counts["indicators"] > 0
    assert counts["actuals"] == ReportedActual.objects.count() > 0
    assert shelf.take("iati", uuid4()) is None
