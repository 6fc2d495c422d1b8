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
from digna.results.models import Figure, IatiFile, IatiProfile
from digna.results.services import iati, targets
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
    found = re.findall(r"<indicator .*?</indicator>", text(programme), re.DOTALL)
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
