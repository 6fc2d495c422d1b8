"""A list as people send it: pasted, csv or a workbook; every problem at once, with its row."""

import io
import zipfile

import openpyxl
import pytest

from digna.accounts import roster


def test_a_pasted_list_without_heading_is_read_by_what_cells_hold() -> None:
    text = "1\tRosa Mamani\t712 34 567\n2\tJuan Choque\tjuan@casa.bo\n3\tOlga Quispe\n"
    assert [(p.row, p.name, p.phone, p.email, p.problems) for p in roster.people(text)] == [
        (1, "Rosa Mamani", "+59171234567", None, ()),
        (2, "Juan Choque", None, "juan@casa.bo", ()),
        (3, "Olga Quispe", None, None, ()),
    ]


def test_a_heading_says_what_is_what() -> None:
    text = "Nro;Apellidos;NOMBRES;CI;Celular\n1;Mamani;Rosa;4567890;71234567\n"
    assert roster.people(text) == [roster.Listed(2, "Rosa Mamani", "+59171234567", None)]


def test_every_problem_is_listed_at_once_with_its_row() -> None:
    text = "Nombre,Celular,Correo\n,71234567,\nRosa,99,\nJuan,,juan@\nAna,71234567,\n"
    assert {p.row: p.problems for p in roster.people(text)} == {
        2: ("name.missing",),
        3: ("phone.wrong",),
        4: ("email.wrong",),
        5: ("repeated",),
    }


def test_the_same_name_twice_is_a_repeat_only_when_nothing_tells_them_apart() -> None:
    same = roster.people("Rosa Mamani\nROSA MAMANI\n")
    assert [p.problems for p in same] == [(), ("repeated",)]
    apart = roster.people("Rosa Mamani,71234567\nRosa Mamani,71234568\n")
    assert [p.problems for p in apart] == [(), ()]


@pytest.mark.parametrize("text", ["", " \n\n", "Nombre,Celular\n"])
def test_an_empty_list_is_refused(text: str) -> None:
    with pytest.raises(roster.UnreadableList, match="empty"):
        roster.people(text)


def test_a_list_too_long_is_refused() -> None:
    with pytest.raises(roster.UnreadableList, match="too_many"):
        roster.people("\n".join(f"Persona {chr(97 + n % 26)}" for n in range(roster.MAX_ROWS + 1)))


def test_a_workbook_reads_as_the_pasted_list_does() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Nombre", "Celular"])
    book.active.append(["Rosa Mamani", 71234567])
    file = io.BytesIO()
    book.save(file)
    people = roster.people(roster.from_file("lista.xlsx", file.getvalue()))
    assert [(p.name, p.phone, p.problems) for p in people] == [("Rosa Mamani", "+59171234567", ())]


def test_a_latin_1_csv_is_understood() -> None:
    text = roster.from_file("lista.csv", "Nombre\nJosé Núñez\n".encode("cp1252"))
    assert roster.people(text)[0].name == "José Núñez"


def _archive(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", _archive(sheet=b"0" * (roster.MAX_UNPACKED + 1)), "bomb"),
        ("a.xlsx", _archive(sheet=b'<c r="XFD1048576"/>'), "bomb"),
        ("a.xlsx", b"not a workbook", "not_a_list"),
        ("a.xlsx", _archive(other=b"x"), "not_a_list"),
        ("a.csv", b"a\0b", "not_a_list"),
        ("a.csv", b"a" * (roster.MAX_BYTES + 1), "too_big"),
    ],
)
def test_what_could_hurt_is_refused_before_it_is_opened(
    name: str, content: bytes, code: str
) -> None:
    with pytest.raises(roster.UnreadableList) as refusal:
        roster.from_file(name, content)
    assert refusal.value.code == code
