"""Writing a course on screen: draft, blocks, preview, files, publishing; folders out and in."""

import io
import uuid
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import make
from cast import Cast, cast, client_of
from digna.errors import Clash, Refused
from digna.learning import comparing, folders, reading
from digna.learning.models import Course, CourseVersion
from digna.learning.services import courses, drafts
from digna.programmes import kitfile
from learning import made

pytestmark = pytest.mark.django_db
LESSON = ("orden", "que-sobra")


@pytest.fixture
def author() -> Client:
    made.course()
    client = client_of(make.user("Elena", role="lead"))
    client.post(reverse("learning:edit", args=["orden"]), {"intention": uuid.uuid4()})
    return client


def send(client: Client, view: str, *args: Any, **values: Any) -> Any:
    return client.post(
        reverse(f"learning:{view}", args=args), {**values, "intention": uuid.uuid4()}
    )


def draft() -> CourseVersion:
    return CourseVersion.objects.get(state=CourseVersion.State.DRAFT)


def rows(*told: dict[str, str], initial: int = 0) -> dict[str, str]:
    """Rows of a list as the page sends them."""
    values = {"rows-TOTAL_FORMS": str(len(told)), "rows-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(told):
        values |= {f"rows-{number}-{name}": value for name, value in row.items()}
    return values


def test_the_version_in_use_stays_while_a_draft_is_written(author: Client) -> None:
    send(author, "edit_unit", "orden", 0, name_es="Mirar bien", name_en="Look well")
    row = Course.objects.get()
    assert row.current is not None
    assert row.current.content["course"]["units"][0]["name"]["es"] == "Mirar"
    assert draft().content["course"]["units"][0]["name"]["es"] == "Mirar bien"
    assert row.versions.count() == 2


def test_units_lessons_and_blocks_are_added_moved_and_removed(author: Client) -> None:
    send(author, "rearrange", "orden", what="add_unit", name="Limpiar")
    reply = send(author, "rearrange", "orden", what="add_lesson", unit=1, name="Limpieza diaria")
    assert reply["location"].endswith("/leccion/limpieza-diaria")
    send(author, "rearrange", "orden", what="up", unit=1)
    send(author, "rearrange", "orden", what="down", unit=1, at=0)
    send(author, "rearrange", "orden", what="add_block", lesson="limpieza-diaria", kind="task")
    send(author, "rearrange", "orden", what="up", lesson="limpieza-diaria", at=1)
    units = draft().content["course"]["units"]
    assert [unit["code"] for unit in units] == ["limpiar", "mirar"]
    assert [lesson["code"] for lesson in units[1]["lessons"]] == ["un-lugar", "que-sobra"]
    kinds = [block["kind"] for block in units[0]["lessons"][0]["blocks"]]
    assert kinds == ["task", "text"]
    send(author, "rearrange", "orden", what="remove", unit=0)
    assert len(draft().content["course"]["units"]) == 1


def test_a_checklist_keeps_its_codes_and_other_languages(author: Client) -> None:
    row = draft()
    content = row.content
    items = content["course"]["units"][0]["lessons"][0]["blocks"][2]["items"]
    items[0]["text"]["qu"] = "Purina"
    drafts.change_draft(actor=make.actor(), version=row, base="", content=content)
    told = rows(
        {"code": "pasillo", "text_es": "El pasillo queda libre.", "text_en": "Free."},
        {"code": "mesa", "text_es": "", "text_en": ""},
        {"code": "", "text_es": "Las cajas tienen nombre.", "text_en": ""},
        initial=2,
    )
    reply = send(author, "edit_block", *LESSON, 2, name_es="Recorra", name_en="", **told)
    assert reply.status_code == 302
    block = draft().content["course"]["units"][0]["lessons"][0]["blocks"][2]
    assert [item["code"] for item in block["items"]] == ["pasillo", "punto"]
    assert block["items"][0]["text"]["qu"] == "Purina"
    assert block["name"] == {"es": "Recorra"}


@pytest.mark.parametrize("kind", ["one", "many", "true_false", "number", "order", "match"])
def test_every_kind_of_question_is_written_as_a_form(author: Client, kind: str) -> None:
    send(author, "rearrange", "orden", what="add_question", lesson="que-sobra", at=3, kind=kind)
    page = reverse("learning:edit_question", args=[*LESSON, 3, 4])
    assert author.get(page).status_code == 200
    given: dict[str, Any] = {"asks_es": "¿Cuál?", "wrong_es": "Mire otra vez."}
    if kind in ("one", "many"):
        given |= rows(
            {"text_es": "Esta", "is_right": "on", "says_es": "Bien"}, {"text_es": "Otra"}, {}
        )
    elif kind == "order":
        given |= rows({"text_es": "Uno"}, {"text_es": "Dos"})
    elif kind == "match":
        given |= rows({"left_es": "A", "right_es": "1"}, {"left_es": "B", "right_es": "2"})
    elif kind == "number":
        given |= {"answer": "12.5", "tolerance": "0.5", "unit_es": "Bs"}
    else:
        given |= {"answer_is": "true"}
    reply = send(author, "edit_question", *LESSON, 3, 4, **given)
    assert reply.status_code == 302, reply.content.decode()
    read = draft().course_read
    lesson = read.lesson("que-sobra")
    assert lesson is not None
    question = lesson.quizzes()[0].questions[4]
    assert (question.kind, question.asks["es"]) == (kind, "¿Cuál?")


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_every_block_opens_and_saves_as_it_was(author: Client, at: int) -> None:
    url = reverse("learning:edit_block", args=[*LESSON, at])
    page = author.get(url)
    assert page.status_code == 200
    before = draft().sha256
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields if name != "intention"}
    formset = page.context["rows"]
    if formset is not None:
        told = [{name: row[name].value() or "" for name in row.fields} for row in formset]
        values |= rows(*told, initial=formset.initial_form_count())
    assert author.post(url, {**values, "intention": uuid.uuid4()}).status_code == 302
    assert draft().sha256 == before


def test_the_course_and_its_lessons_are_told_in_forms(author: Client) -> None:
    page = author.get(reverse("learning:edit_course", args=["orden"]))
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields if name != "intention"}
    values |= {"about_es": "Otra cosa", "quizzes": "0.8"}
    assert send(author, "edit_course", "orden", **values).status_code == 302
    facts = {"name_es": "Qué sobra", "name_en": "", "goal_es": "Separar.", "minutes": "8"}
    assert send(author, "lesson_facts", *LESSON, **facts).status_code == 302
    read = draft().course_read
    assert (read.about["es"], str(read.passing.quizzes)) == ("Otra cosa", "0.8")
    lesson = read.lesson("que-sobra")
    assert lesson is not None
    assert lesson.minutes == 8


def test_a_page_is_written_and_seen_before_it_is_saved(author: Client) -> None:
    url = reverse("learning:edit_page", args=["orden", "un-lugar", "es"])
    assert "Cada herramienta" in author.get(url).content.decode()
    tried = send(author, "try_page", "orden", title="Hola", body="**Bien** <script>x()</script>")
    page = tried.content.decode()
    assert "<strong>Bien</strong>" in page
    assert "<script>x" not in page
    assert "frame-ancestors 'self'" in tried["content-security-policy"]
    assert tried["x-frame-options"] == "SAMEORIGIN"
    reply = send(
        author, "edit_page", "orden", "un-lugar", "es_facil",
        title="Fácil", body="Cada cosa, su lugar.", base=draft().sha256,
    )  # fmt: skip
    assert reply.status_code == 302
    page_made = draft().content["pages"]["un-lugar-facil.es"]
    assert (page_made["language"], page_made["body"]) == ("es", "Cada cosa, su lugar.\n")


def test_two_who_write_at_once_lose_nothing(author: Client) -> None:
    base = draft().sha256
    send(author, "edit_unit", "orden", 0, name_es="Otra")
    reply = send(
        author, "edit_page", "orden", "un-lugar", "es", title="T", body="Mi texto", base=base
    )
    assert reply.status_code == 422
    assert "Mi texto" in reply.content.decode()
    with pytest.raises(Clash):
        drafts.change_draft(actor=make.actor(), version=draft(), base=base, content={})


def test_the_telephone_shows_the_draft_or_says_what_is_missing(author: Client) -> None:
    url = reverse("learning:phone", args=LESSON)
    reply = author.get(url, {"borrador": "1"})
    assert "Lo que usa una vez al mes" in reply.content.decode()
    assert "data-intention" not in reply.content.decode()
    assert reply["x-frame-options"] == "SAMEORIGIN"
    send(author, "rearrange", "orden", what="add_block", lesson="que-sobra", kind="task")
    assert "asks" in author.get(url, {"borrador": "1"}).content.decode()
    assert "Lo que usa una vez al mes" in author.get(url).content.decode()


def test_files_are_weighed_and_unfit_ones_refused(author: Client) -> None:
    url = reverse("learning:files", args=["orden"])
    good = SimpleUploadedFile("caja.png", made.picture(), "image/png")
    assert author.post(url, {"file": good}).status_code == 302
    assert "caja.png" in author.get(url).content.decode()
    assert "caja.png" in draft().content["media"]
    for name, body in (
        ("x.exe", b"MZ"), ("a.png", b"GIF89a"), ("b.svg", b"<svg onload='x()'></svg>"),
        ("d.svg", b"<svg><image href='http://e.example/a.png'/></svg>"),
        ("c.jpg", b"\xff\xd8\xff" + bytes(600_000)),
    ):  # fmt: skip
        bad = SimpleUploadedFile(name, body, "application/octet-stream")
        assert author.post(url, {"file": bad}).status_code == 422, name
    json = author.post(
        url, {"file": SimpleUploadedFile("v.weba", b"\x1aE\xdf\xa3" + bytes(9))},
        headers={"accept": "application/json"},
    )  # fmt: skip
    assert json.json() == {"name": "v.weba", "bytes": 13}


def test_what_is_missing_is_said_and_a_faulty_draft_is_not_published(author: Client) -> None:
    url = reverse("learning:check", args=["orden"])
    page = author.get(url).content.decode()
    assert "un-lugar» no tiene grabación" in page
    send(author, "rearrange", "orden", what="add_block", lesson="que-sobra", kind="quiz")
    assert "Hay que corregir" in author.get(url).content.decode()
    assert send(author, "check", "orden").status_code == 422
    assert Course.objects.get().current.number == 1  # type: ignore[union-attr]


def test_publishing_makes_the_next_version_and_tells_what_changed(author: Client) -> None:
    send(author, "edit_unit", "orden", 0, name_es="Mirar bien", name_en="Looking")
    page = author.get(reverse("learning:check", args=["orden"])).content.decode()
    assert "units[mirar].name.es" in page
    assert send(author, "check", "orden").status_code == 302
    row = Course.objects.get()
    assert row.current is not None
    assert row.current.number == 2
    with pytest.raises(Refused):
        drafts.change_draft(actor=make.actor(), version=row.current, base="", content={})


def test_a_page_that_nobody_wrote_keeps_a_draft_from_being_published(author: Client) -> None:
    send(author, "rearrange", "orden", what="add_block", lesson="que-sobra", kind="text")
    with pytest.raises(Refused) as told:
        courses.publish_draft(actor=make.actor(), version=draft())
    assert told.value.code == "learning.course.page_missing"


def test_a_new_course_is_begun_blank_or_as_a_copy(author: Client) -> None:
    given = {"name_es": "Costos", "name_en": "Costs", "code": "costos", "mode": "cohort"}
    assert send(author, "new_course", **given)["location"].endswith("/costos/editar")
    assert send(author, "new_course", **given).status_code == 422
    copied = given | {"code": "orden-dos", "copy_of": Course.objects.get(code="orden").pk}
    assert send(author, "new_course", **copied).status_code == 302
    made_copy = Course.objects.get(code="orden-dos")
    version = made_copy.versions.get()
    assert version.course_read.name == {"es": "Costos"}
    assert made_copy.files.count() == 2
    courses.publish_draft(actor=make.actor(), version=version)
    assert send(author, "discard", "costos").status_code == 302
    assert not Course.objects.filter(code="costos").exists()


def test_a_folder_goes_out_and_comes_in_the_same(author: Client, tmp_path: Any) -> None:
    first = Course.objects.get().current
    assert first is not None
    reply = author.get(reverse("learning:export_course", args=["orden", 1]))
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        archive.extractall(tmp_path)
    kit = kitfile.read_kit(tmp_path / "orden")
    assert kit.plain("courses")["courses"][0]["code"] == "orden"
    folder = folders.unpacked(reply.content)[0]
    taken = drafts.take_folder(
        actor=make.actor(), declared=folder.declared, pages=folder.pages, files=folder.files
    )
    assert comparing.differences(first.content, taken.content) == []
    assert taken.content == first.content | {"course": taken.content["course"]}
    file = SimpleUploadedFile("orden (1).zip", reply.content, "application/zip")
    sent = author.post(reverse("learning:import_course"), {"file": file})
    assert sent["location"] == reverse("learning:edit", args=["orden"])


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    "body", [b"nada", zipped(**{"../fuera.yaml": b"x"}), zipped(**{"a/kit.yaml": b"code: a"})]
)
def test_an_unfit_folder_is_refused_in_words(author: Client, body: bytes) -> None:
    file = SimpleUploadedFile("a.zip", body, "application/zip")
    reply = author.post(reverse("learning:import_course"), {"file": file})
    assert reply.status_code == 422


@pytest.mark.parametrize(
    ("markdown", "bad"),
    [
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[a](javascript:alert(1))", 'javascript:alert(1)"'),
        ("![a](https://e.example/x.png)", "<img"),
        ("<iframe src='/'></iframe>", "<iframe"),
        ("[a](data:text/html;base64,xx)", 'href="data:'),
    ],
)
def test_markdown_cannot_carry_a_program(markdown: str, bad: str) -> None:
    assert bad not in reading.html_of(markdown, lambda _name: "")


def test_only_authors_write(author: Client) -> None:
    players: Cast = cast()
    pages = [
        reverse("learning:edit", args=["orden"]), reverse("learning:check", args=["orden"]),
        reverse("learning:files", args=["orden"]), reverse("learning:new_course"),
        reverse("learning:edit_lesson", args=LESSON),
        reverse("learning:edit_block", args=[*LESSON, 0]),
        reverse("learning:edit_question", args=[*LESSON, 3, 0]),
        reverse("learning:edit_page", args=["orden", "un-lugar", "en"]),
    ]  # fmt: skip
    for user, status in (
        (players.lead, 200), (players.coordinator, 200), (players.trainer, 403),
        (players.auditor, 403), (players.owner, 403), (None, 302),
    ):  # fmt: skip
        for page in pages:
            assert client_of(user).get(page).status_code == status, (user, page)
    phone = reverse("learning:phone", args=LESSON)
    assert client_of(players.trainer).get(phone).status_code == 200
    assert (
        client_of(players.trainer).get(reverse("learning:course", args=["orden"])).status_code
        == 200
    )
