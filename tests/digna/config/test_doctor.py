"""The doctor finds what is broken and says how to mend it."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from digna.config import doctor

pytestmark = pytest.mark.django_db


def test_a_sound_installation_has_nothing_bad(tmp_path: Path, settings: LazySettings) -> None:
    settings.HOME = tmp_path
    bad = [f for f in doctor.examine() if f.state == "bad" and f.what != "Escrituras a la vez"]
    assert bad == []


def test_keys_that_others_can_read_are_bad(tmp_path: Path, settings: LazySettings) -> None:
    settings.HOME = tmp_path
    (tmp_path / "keys").mkdir()
    key = tmp_path / "keys" / "secret_key"
    key.write_text("x")
    key.chmod(0o644)
    finding = doctor.home()
    assert finding.state == "bad"
    assert "chmod 600" in finding.mend


def test_a_journal_cut_at_its_end_is_bad() -> None:
    from digna.journal.models import Head

    Head.objects.create(pk=1, line_count=3, seal="f" * 64)
    assert doctor.journal().state == "bad"
