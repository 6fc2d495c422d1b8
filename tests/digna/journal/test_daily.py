"""The day's duties: each once a day, whichever process comes first, none stopping another."""

import io
import threading
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command

from digna.journal import daily
from digna.journal.models import Line

pytestmark = pytest.mark.django_db
REGISTERED = dict(daily.DUTIES)
"""What the rooms registered, before any test puts others in their place."""
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Three duties, the second of which always fails."""
    seen: list[str] = []

    def duty(name: str) -> str:
        seen.append(name)
        if name == "b":
            raise OSError("the disk")
        return f"{name} hecho"

    names = ("a", "b", "c")
    monkeypatch.setattr(daily, "DUTIES", {n: lambda n=n: duty(n) for n in names})  # type: ignore[misc]
    return seen


def test_each_is_done_once_a_day_and_one_that_fails_stops_none(done: list[str]) -> None:
    assert daily.run_due(MONDAY) == {"a": "a hecho", "b": "failed", "c": "c hecho"}
    assert daily.run_due(MONDAY) == {}
    assert done == ["a", "b", "c"]
    assert list(daily.run_due(TUESDAY)) == ["a", "b", "c"]
    lines = Line.objects.filter(action="journal.duty.begun")
    assert sorted(lines.values_list("reason", flat=True)) == ["a", "a", "b", "b", "c", "c"]


def test_what_another_process_began_is_left_to_it(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert daily._is_ours("a", MONDAY)
    assert not daily._is_ours("a", MONDAY)
    assert list(daily.run_due(MONDAY)) == ["b", "c"]
    assert done == ["b", "c"]


def test_the_command_says_what_was_done() -> None:
    out = io.StringIO()
    call_command("daily", stdout=out)
    assert "a: a hecho" in out.getvalue()
    assert "b: failed" in out.getvalue()
    again = io.StringIO()
    call_command("daily", stdout=again)
    assert "nada pendiente" in again.getvalue()


def test_the_worker_looks_again_whatever_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, looks = threading.Event(), []

    def look() -> dict[str, str]:
        looks.append(1)
        if len(looks) == 3:
            stop.set()
        raise RuntimeError("no database")

    monkeypatch.setattr(daily, "run_due", look)
    monkeypatch.setattr(daily, "close_old_connections", lambda: None)
    daily.keep_looking(stop, every=0)
    assert len(looks) == 3


def test_every_room_s_sweeping_is_a_duty() -> None:
    assert {name: REGISTERED[name]() for name in REGISTERED} == {
        "field.sweep": "0 pedazos, 0 preguntas resueltas",
        "mentoring.release": "0 lugares liberados",
        "surveys.sweep": "0 archivos",
    }
