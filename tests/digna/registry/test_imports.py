"""Messy rosters come home: every problem listed by cell, nobody twice, and all of it undone."""

import json
from pathlib import Path

import pytest

import make
from digna.errors import Refused
from digna.programmes.services import kits
from digna.registry import importing, sheets, tasks
from digna.registry.models import DuplicatePair, Enterprise, ImportBatch, ImportRow, Person
from digna.registry.services import duplicates, imports, merges, people

ROOT = Path(__file__).resolve().parents[3]
ROSTERS = ROOT / "tests" / "fixtures" / "rosters"
EXPECTED = json.loads((ROSTERS / "expected.json").read_text())
Outcome = ImportRow.Outcome
pytestmark = pytest.mark.django_db


@pytest.fixture
def _bolivia() -> None:
    kits.install_kit(actor=make.actor(), kit=make.kit("bolivia"))


def received(name: str, kind: str = "people") -> ImportBatch:
    content = (ROSTERS / name).read_bytes()
    return imports.receive(actor=make.actor(), kind=kind, file_name=name, content=content)


def checked(batch: ImportBatch) -> ImportBatch:
    imports.set_columns(
        actor=make.actor(),
        batch=batch,
        sheet=batch.sheet,
        header_row=batch.header_row,
        mapping={int(column): field for column, field in batch.mapping.items()},
    )
    return imports.check(actor=make.actor(), batch=batch)


def run(batch: ImportBatch) -> ImportBatch:
    imports.start(actor=make.actor(), batch=batch)
    tasks.run_import.call(batch.pk, None)
    batch.refresh_from_db()
    return batch


FILES = {
    "lista_taller_la_paz.xlsx": "people",
    "empresas_oruro.ods": "enterprises",
    "registro_conversatorio.csv": "people",
    "formula.csv": "people",
}


@pytest.mark.usefixtures("_bolivia")
@pytest.mark.parametrize(("name", "kind"), FILES.items())
def test_the_header_is_found_and_every_bad_row_is_listed(name: str, kind: str) -> None:
    batch = checked(received(name, kind))
    expected = EXPECTED[name]
    assert batch.header_row == expected["header_row"]
    wrong = {row["row"]: row for row in expected["rows"] if row["status"] == "error"}
    skipped = {row["row"] for row in expected["skipped"] if row["reason"] == "total"}
    assert (
        set(batch.rows.filter(outcome=Outcome.SKIPPED).values_list("number", flat=True)) == skipped
    )
    kept_out = set(batch.rows.filter(outcome=Outcome.ERROR).values_list("number", flat=True))
    assert kept_out <= set(wrong)
    for row in batch.rows.filter(number__in=wrong):
        cells = {problem["cell"] for problem in row.problems}
        assert {problem["cell"] for problem in wrong[row.number]["problems"]} <= cells
        levels = {problem["level"] for problem in row.problems}
        assert ("error" in levels) == (row.number in kept_out)


@pytest.mark.usefixtures("_bolivia")
def test_values_are_read_as_people_meant_them() -> None:
    batch = checked(received("lista_taller_la_paz.xlsx"))
    rows = {row.number: row for row in batch.rows.all()}
    for expected in EXPECTED["lista_taller_la_paz.xlsx"]["rows"]:
        if expected["status"] != "ok":
            continue
        read, should = rows[expected["row"]].values, expected["values"]
        assert read.get("phone") == should["phone"], expected["row"]
        assert read.get("birth_date") == should["born_on"], expected["row"]
        assert read.get("sex") == should["sex"], expected["row"]
        assert read.get("place") == should["municipality"], expected["row"]
        assert read.get("constituency") == should["constituency"], expected["row"]


@pytest.mark.usefixtures("_bolivia")
def test_nobody_comes_in_twice_and_the_doubtful_are_queued() -> None:
    batch = run(checked(received("lista_taller_la_paz.xlsx")))
    assert batch.state == ImportBatch.State.DONE
    expected = EXPECTED["lista_taller_la_paz.xlsx"]["rows"]
    same = {row["row"] for row in expected if row["status"] == "duplicate_of"}
    settled = set(
        batch.rows.filter(outcome__in=(Outcome.MATCHED, Outcome.DOUBTFUL)).values_list(
            "number", flat=True
        )
    )
    assert same <= settled
    doubtful = batch.rows.filter(outcome=Outcome.DOUBTFUL).count()
    assert doubtful > 0
    assert DuplicatePair.objects.filter(state="open").count() >= doubtful
    again = run(checked(received("lista_taller_la_paz.xlsx")))
    assert not again.rows.filter(outcome=Outcome.CREATED).exists()


@pytest.mark.usefixtures("_bolivia")
def test_a_run_that_is_killed_goes_on_where_it_stopped() -> None:
    batch = checked(received("registro_conversatorio.csv"))
    imports.start(actor=make.actor(), batch=batch)
    first = list(batch.rows.filter(outcome=Outcome.VALID).order_by("number")[:10])
    imports.import_rows(
        actor=make.actor(), batch=batch, rows=first, run=importing.Run.begin(batch.kind)
    )
    before = Person.objects.count()
    tasks.run_import.call(batch.pk, None)
    batch.refresh_from_db()
    new = batch.rows.filter(outcome__in=(Outcome.CREATED, Outcome.DOUBTFUL)).count()
    assert before < Person.objects.count() == new
    assert not batch.rows.filter(outcome=Outcome.VALID).exists()


@pytest.mark.usefixtures("_bolivia")
def test_an_import_is_undone_whole_and_nothing_of_it_remains() -> None:
    batch = run(checked(received("registro_conversatorio.csv")))
    assert Person.objects.exists()
    imports.undo(actor=make.actor(), batch=batch)
    assert not Person.objects.exists()
    assert not DuplicatePair.objects.exists()


@pytest.mark.usefixtures("_bolivia")
def test_an_import_that_others_built_upon_is_not_undone() -> None:
    batch = run(checked(received("lista_taller_la_paz.xlsx")))
    pair = DuplicatePair.objects.filter(state="open", person_a__isnull=False).first()
    assert pair is not None
    keep, absorb = duplicates.sides_of(pair)
    merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    count = Person.objects.count()
    with pytest.raises(Refused) as refusal:
        imports.undo(actor=make.actor(), batch=batch)
    assert refusal.value.code == "registry.import.built_upon"
    assert Person.objects.count() == count


@pytest.mark.usefixtures("_bolivia")
def test_a_corrected_mapping_is_remembered_for_the_next_sheet() -> None:
    batch = received("registro_conversatorio.csv")
    mapping = {int(c): f for c, f in batch.mapping.items() if f != "place"}
    imports.set_columns(actor=make.actor(), batch=batch, sheet="", header_row=1, mapping=mapping)
    assert "place" not in received("registro_conversatorio.csv").mapping.values()


def test_documents_are_not_kept_in_the_clear() -> None:
    batch = run(checked(received("lista_taller_la_paz.xlsx")))
    assert not batch.file
    kept = str(list(batch.rows.exclude(outcome=Outcome.ERROR).values_list("cells", "values")))
    numbers = [
        row["values"]["ci"]
        for row in EXPECTED["lista_taller_la_paz.xlsx"]["rows"]
        if row["status"] == "ok" and row["values"]["ci"]
    ]
    assert numbers
    assert not [number for number in numbers if number in kept]


@pytest.mark.usefixtures("_bolivia")
def test_firms_come_in_with_dated_facts_and_a_size_by_the_rule() -> None:
    run(checked(received("empresas_oruro.ods", "enterprises")))
    firm = Enterprise.objects.get(nit="1023456028", merged_into=None)
    facts = {fact.kind: fact for fact in firm.facts.all()}
    assert facts["workers_men"].number == 11
    assert facts["size_band"].rule == "ruex"
    assert firm.size_band == facts["size_band"].text == "small"


REFUSED: dict[str, tuple[str, bytes]] = {
    "bomb": ("bomba.xlsx", (ROSTERS / "bomba.xlsx").read_bytes()),
    "not a spreadsheet": ("foto.xlsx", b"\x89PNG not a sheet"),
    "empty": ("vacia.csv", b"\n\n"),
    "too big": ("gorda.csv", b"a;b\n" * 3_000_000),
}


@pytest.mark.parametrize("what", REFUSED)
def test_dangerous_or_broken_files_are_refused_with_a_sentence(what: str) -> None:
    name, content = REFUSED[what]
    with pytest.raises(Refused) as refusal:
        imports.receive(actor=make.actor(), kind="people", file_name=name, content=content)
    assert refusal.value.code == "registry.import.unreadable"
    assert len(str(refusal.value.message)) > 20
    assert not ImportBatch.objects.exists()


def test_a_cell_at_the_far_corner_does_not_fill_the_memory() -> None:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Nombre", "x"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(sheets.UnreadableSheet, match="bomb"):
        sheets.read("lejos.xlsx", file.getvalue())


def test_a_person_registered_by_hand_is_found_by_the_import() -> None:
    standing = people.register_person(
        actor=make.actor(), given_names="Carmen Julia", surnames="Colque Apaza", document="6012655"
    )
    batch = run(checked(received("lista_taller_la_paz.xlsx")))
    row = batch.rows.get(number=6)
    assert (row.outcome, row.person) == (Outcome.MATCHED, standing)
