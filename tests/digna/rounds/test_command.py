"""`digna rounds solve`: a timetable from a file, in words or as JSON."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

PLAIN: dict[str, Any] = {
    "slots": [
        {"key": "1", "starts_at": "2021-06-01T09:00-04:00", "minutes": 20},
        {"key": "2", "starts_at": "2021-06-01T09:25-04:00", "minutes": 20},
    ],
    "parties": [
        {"key": "B", "side": "buyer", "name": "Hotel"},
        {"key": "S", "side": "seller", "name": "Molino"},
        {"key": "T", "side": "seller", "name": "Taller", "delegation": "x"},
    ],
    "wishes": [
        {"buyer": "B", "seller": "S", "buyer_says": "must", "seller_says": "meet"},
        {"buyer": "B", "seller": "T", "buyer_says": "must", "seller_says": "no"},
    ],
    "tables": 1,
}


def solved(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("rounds", "solve", str(path), "--seconds", "1", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "rueda.json"
    file.write_text(json.dumps(PLAIN), encoding="utf-8")
    return file


def test_it_tells_meetings_value_bound_and_why_not(path: Path) -> None:
    told = solved(path)
    assert "1 deseo sin reunión" in told
    assert "1 reunión · valor 6 de una cota de 6 (100.00%)" in told
    assert "Hotel – Molino" in told
    assert "× Hotel – Taller: Una de las dos partes prefirió no reunirse." in told


def test_json_goes_back_in_to_be_kept(path: Path, tmp_path: Path) -> None:
    first = json.loads(solved(path, "--json"))
    assert first["value"] == first["upper_bound"] == 6
    kept = tmp_path / "antes.json"
    kept.write_text(json.dumps(first), encoding="utf-8")
    again = json.loads(solved(path, "--json", "--keep", str(kept)))
    assert again["meetings"] == first["meetings"]
    assert len(again["changes"]["kept"]) == 1


@pytest.mark.parametrize("text", ["no es json", "[]", '{"tables": "muchas"}'])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mal.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        solved(file)


def test_a_fault_is_told_in_spanish_first(tmp_path: Path) -> None:
    file = tmp_path / "mal.json"
    file.write_text('{"tables": "muchas"}', encoding="utf-8")
    with pytest.raises(CommandError, match="falla") as raised:
        solved(file)
    assert "fault" in str(raised.value).splitlines()[-1]
