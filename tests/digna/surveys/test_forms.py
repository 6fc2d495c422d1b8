"""Forms: faults told cell by cell, versions, opening; and the screens around them."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import cast
import make
from cast import client_of
from digna.errors import Refused
from digna.surveys import faults_told
from digna.surveys.models import FormVersion, SurveyForm
from digna.surveys.reading import converting, definitions
from digna.surveys.reading.faults import Fault
from digna.surveys.services import forms
from surveys import phone, workbooks

pytestmark = pytest.mark.django_db

SI_NO = "select_one si_no"


def faults(content: bytes) -> list[Fault]:
    with pytest.raises(converting.Faulty) as problem:
        converting.convert("f.xlsx", content, version="1")
    return list(problem.value.faults)


def cells(content: bytes) -> list[tuple[str, str, int, str]]:
    return [(f.code, f.sheet, f.row, f.column) for f in faults(content)]


@pytest.mark.parametrize(
    ("rows", "columns", "found"),
    [
        ((("texto", "a", "A"),), (), [("unknown_type", "survey", 2, "type")]),
        ((("geotrace", "a", "A"),), (), [("unsupported_type", "survey", 2, "type")]),
        ((("osm", "a", "A"), ("audit", "", "")), (),
         [("unsupported_type", "survey", 2, "type"), ("unsupported_type", "survey", 3, "type"),
          ("no_name", "survey", 3, "name")]),
        ((("text", "a b", "A"),), (), [("name", "survey", 2, "name")]),
        ((("text", "", "A"),), (), [("no_name", "survey", 2, "name")]),
        ((("text", "a", "A"), ("text", "a", "B")), (), [("twice", "survey", 3, "name")]),
        ((("begin group", "g", "G"), ("text", "a", "A")), (), [("unmatched", "survey", 2, "type")]),
        ((("select_one nada", "a", "A"),), (), [("no_list", "survey", 2, "type")]),
        ((("select_one", "a", "A"),), (), [("no_list_named", "survey", 2, "type")]),
        ((("select_one_from_file m.xml", "a", "A"),), (), [("file_kind", "survey", 2, "type")]),
        ((("text", "a", "A", "${b} = 1"),), ("relevant",),
         [("reference", "survey", 2, "relevant")]),
        ((("text", "a", "A", "(1 + "),), ("constraint",),
         [("expression", "survey", 2, "constraint")]),
        ((("calculate", "a", "", "suma(1, 2)"),), ("calculation",),
         [("function", "survey", 2, "calculation")]),
        ((("text", "a", "Hola ${quien}"),), (), [("reference", "survey", 2, "label")]),
        ((), (), [("no_questions", "survey", 0, "")]),
    ],
)  # fmt: skip
def test_every_fault_is_told_in_its_cell(rows: Any, columns: Any, found: Any) -> None:
    assert cells(workbooks.simple(*rows, columns=columns)) == found


def test_faults_of_the_other_sheets() -> None:
    bad = (
        ("list_name", "name", "label"),
        ("l", "a", "A"),
        ("l", "a", "B"),
        ("l", "", "C"),
        ("l", "d", ""),
    )
    found = cells(workbooks.workbook((("type", "name", "label"), ("select_one l", "a", "A")), bad))
    assert found == [
        ("choice_twice", "choices", 3, "name"), ("choice_without_name", "choices", 4, "name"),
        ("choice_without_label", "choices", 5, "label"),
    ]  # fmt: skip
    told = (("form_title", "form_id", "public_key"), ("T", "1 malo", "abc"))
    assert [c[0] for c in cells(workbooks.workbook(told=told))] == ["form_id", "encrypted"]
    assert cells(workbooks.workbook(entities=(("list_name",), ("x",))))[0][0] == "entities"
    assert faults(workbooks.workbook(survey=()))[0].code == "no_survey"


def test_what_only_pyxform_sees_is_told_too() -> None:
    (fault,) = faults(workbooks.simple(("calculate", "a", "")))
    assert (fault.code, fault.sheet, fault.row) == ("no_calculation", "survey", 2)
    (other,) = faults(
        workbooks.simple(("range", "r", "R", "start=0 stop=x"), columns=("parameters",))
    )
    assert (other.code, other.row) == ("parameter", 2)


def test_a_fault_says_where_what_and_what_may_have_been_meant() -> None:
    (told,) = faults_told.told(faults(workbooks.simple(("integr", "a", "A"))))
    assert told.where == "Hoja survey, fila 2, columna type"
    assert "«integr» no es un tipo" in told.sentence
    assert "¿Quiso decir «integer»?" in told.sentence


def test_every_code_has_words() -> None:
    import ast
    import inspect

    from digna.surveys import binding
    from digna.surveys.reading import checking
    from digna.surveys.reading import faults as module

    codes = {code for _pattern, code in module.SPOKEN} - {"other"}
    for source in (checking, binding):
        for node in ast.walk(ast.parse(inspect.getsource(source))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault" and node.args:
                codes.update(n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant))
    assert codes - set(faults_told._words()) == set()


@pytest.mark.parametrize("content", [b"", b"no es", b"PK\x03\x04", workbooks.workbook()[:-200]])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as problem:
        phone.form(content)
    assert problem.value.code == "surveys.form.unreadable"
    assert not SurveyForm.objects.exists()


def test_a_form_keeps_its_workbook_and_says_what_it_asks() -> None:
    form = phone.form(is_open=False)
    version = forms.newest(form)
    with version.workbook.open("rb") as file:
        assert file.read() == workbooks.workbook()
    definition = version.questions
    assert definition.languages == ("Español (es)", "Aymara (ay)")
    kinds = {n.path: n.kind for n in definition.walk()}
    assert kinds["datos/rubros"] == "select_multiple"
    assert kinds["productos"] == "repeat"
    assert kinds["productos/foto"] == "image"
    assert kinds["gracias"] == "note"
    assert [c.name for c in definition.lists["rubros"]] == ["textil", "madera", "comida"]


def test_words_do_not_hang_on_the_order_a_database_keeps() -> None:
    told = definitions.plain(forms.newest(phone.form()).questions)
    (node,) = [n for n in told["nodes"][0]["children"] if n["path"] == "datos/nombre"]
    node["labels"] = dict(sorted(node["labels"].items()))  # the other language first
    (again,) = [n for n in definitions.of_plain(told).walk() if n.path == "datos/nombre"]
    assert again.label("") == "Nombre de la empresa"
    assert list(again.labels) == ["Español (es)", "Aymara (ay)"]


def test_a_version_without_a_number_gets_one_from_the_hour() -> None:
    form = phone.form(workbooks.simple(("text", "a", "A"), told=workbooks.settings(version="")))
    assert forms.newest(form).version.startswith("20")
    assert f'version="{forms.newest(form).version}"'.encode() in forms.newest(form).plain


def test_versions_follow_and_are_compared() -> None:
    form = phone.form(workbooks.simple(("text", "a", "A"), ("text", "b", "B")))
    client = client_of(make.user("Ana", role="analyst"))
    new = workbooks.simple(
        ("integer", "a", "A"), ("text", "c", "C"), told=workbooks.settings(version="2")
    )
    url = reverse("surveys:add_version", args=[form.public_id])
    sent = {"workbook": workbooks.sent(new), "note": "más corta"}
    assert client.post(url, sent).status_code == 302
    newest = forms.newest(form)
    assert (newest.number, newest.version, newest.note) == (2, "2", "más corta")
    page = client.get(reverse("surveys:compare", args=[newest.public_id])).content.decode()
    for word in ("nueva", "quitada", "cambiada", "tipo"):
        assert word in page


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbooks.workbook(), "surveys.version.same"),
        (workbooks.simple(("text", "a", "A")), "surveys.version.same_number"),
        (
            workbooks.simple(("text", "a", "A"), told=workbooks.settings("otro")),
            "surveys.version.other_form",
        ),
    ],
)
def test_versions_that_cannot_be(content: bytes, code: str) -> None:
    form = phone.form()
    with pytest.raises(Refused) as problem:
        forms.add_version(actor=make.actor(), form=form, workbook=workbooks.sent(content))
    assert problem.value.code == code
    assert FormVersion.objects.count() == 1


def test_the_same_form_id_is_taken_once_a_programme() -> None:
    phone.form()
    with pytest.raises(Refused) as problem:
        phone.form()
    assert problem.value.code == "surveys.form.taken"
    phone.form(programme=phone.programme("otro"))


def test_a_form_opens_only_with_its_media_and_new_versions_keep_them() -> None:
    rows = (("select_one_from_file municipios.csv", "muni", "Municipio"),)
    form = phone.form(workbooks.simple(*rows), is_open=False)
    with pytest.raises(Refused) as problem:
        forms.open_form(actor=make.actor(), form=form)
    assert problem.value.code == "surveys.form.lacks_media"
    client = client_of(make.user("Elena", role="lead"))
    url = reverse("surveys:add_media", args=[form.public_id])
    other = SimpleUploadedFile("otra.csv", b"name,label\n")
    assert client.post(url, {"attached": [other]}).status_code == 422
    good = SimpleUploadedFile("municipios.csv", b"name,label\n1,El Alto\n")
    assert client.post(url, {"attached": [good]}).status_code == 302
    client.post(reverse("surveys:open_form", args=[form.public_id]))
    form.refresh_from_db()
    assert form.state == "open"
    new = workbooks.simple(*rows, ("text", "a", "A"), told=workbooks.settings(version="2"))
    version = forms.add_version(actor=make.actor(), form=form, workbook=workbooks.sent(new))
    assert [m.name for m in version.media.all()] == ["municipios.csv"]


def test_the_upload_screen_shows_the_faults_and_takes_what_is_right() -> None:
    code = phone.programme().code
    client = client_of(cast.cast().mel)
    url = reverse("surveys:upload")
    bad = workbooks.sent(workbooks.simple(("texto", "a", "A")))
    answer = client.post(url, {"programme": code, "workbook": bad})
    assert answer.status_code == 422
    assert "Hoja survey, fila 2, columna type" in answer.content.decode()
    done = client.post(url, {"programme": code, "workbook": workbooks.sent()}, follow=True)
    page = done.content.decode()
    assert "¿Cuántas personas trabajan?" in page
    assert "Textiles · Madera · Alimentos" in page
    form = SurveyForm.objects.get()
    aymara = client.get(reverse("surveys:form", args=[form.public_id]), {"idioma": "Aymara (ay)"})
    assert "Suti" in aymara.content.decode()


@pytest.mark.parametrize(
    ("who", "sees", "edits"),
    [("lead", 1, 1), ("mel", 1, 1), ("auditor", 1, 0), ("coordinator", 1, 0), ("trainer", 1, 0),
     ("mentor", 0, 0), ("owner", 0, 0)],
)  # fmt: skip
def test_who_sees_and_edits(who: str, sees: int, edits: int) -> None:
    form = phone.form()
    draft = phone.form(workbooks.workbook(told=workbooks.settings("otro")), is_open=False)
    client = client_of(getattr(cast.cast(), who))
    page = client.get(reverse("surveys:form", args=[form.public_id]))
    assert page.status_code == (200 if sees else 403)
    hidden = client.get(reverse("surveys:form", args=[draft.public_id]))
    assert hidden.status_code == (200 if edits else 404 if sees else 403)
    closing = client.post(reverse("surveys:close_form", args=[form.public_id]))
    assert closing.status_code == (302 if edits else 403)


def test_lists_empty_filtered_and_downloaded() -> None:
    client = client_of(cast.cast().lead)
    url = reverse("surveys:forms")
    assert "Suba el primero" in client.get(url).content.decode()
    phone.form()
    assert "Empresas del barrio" in client.get(url).content.decode()
    assert "Nada pasa por esos filtros" in client.get(url, {"estado": "cerrado"}).content.decode()
    assert b"empresas" in client.get(reverse("surveys:export_forms")).content
    xlsx = client.get(reverse("surveys:export_forms"), {"formato": "xlsx"})
    assert io.BytesIO(xlsx.content).read(2) == b"PK"


def test_paper_has_the_questions_and_a_qr() -> None:
    form = phone.form()
    client = client_of(cast.cast().trainer)
    page = client.get(reverse("surveys:paper", args=[form.public_id])).content.decode()
    assert "¿Cuántas personas trabajan?" in page
    assert "<svg" in page


def test_a_key_s_secrets_are_shown_once() -> None:
    phone.programme()
    trainer = cast.cast().trainer
    client = client_of(trainer)
    sent = {"programme": "bolivia", "user": str(trainer.public_id), "label": "Samsung"}
    assert client.post(reverse("surveys:make_key"), {**sent, "label": ""}).status_code == 422
    client.post(reverse("surveys:make_key"), sent)
    url = reverse("surveys:keys")
    assert "Copie la clave ahora" in client.get(url).content.decode()
    assert "Copie la clave ahora" not in client.get(url).content.decode()
    other = make.user("Elena", role="lead")
    assert (
        client.post(reverse("surveys:make_key"), {**sent, "user": str(other.public_id)}).status_code
        == 422
    )
