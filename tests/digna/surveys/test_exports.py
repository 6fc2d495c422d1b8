"""Exports too large to wait for: made by the worker, taken by who asked, gone after a week."""

import csv
import errno
import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import cast
import make
from cast import client_of
from digna.accounts.models import Membership, User
from digna.surveys import asking, exporting, making, tasks, writing
from digna.surveys.models import Export, Submission, SubmissionVersion, SurveyForm
from digna.surveys.reading.tables import Wishes
from digna.surveys.services import exports
from surveys import phone, workbooks
from surveys.phone import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_are_many(settings: Any) -> None:
    settings.SURVEYS_EXPORT_AT_ONCE = 2


@pytest.fixture(name="worker_sleeps")
def _worker_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes up what is asked: the worker is busy."""
    monkeypatch.setattr(type(tasks.make_export), "enqueue", lambda *_args: None)


def sent(count: int = 3) -> SurveyForm:
    form = phone.form()
    one = phone.phone()
    for number in range(count):
        assert one.send(filled(f"uuid:{number}", nombre=f"Taller {number}")).status_code == 201
    return form


def asked(client: Client, form: SurveyForm, **more: str) -> Export:
    answer = client.post(reverse("surveys:export", args=[form.public_id]), more)
    assert answer.status_code == 302
    row = Export.objects.latest("pk")
    assert answer["location"] == address(row)
    return row


def address(row: Export, name: str = "one_export") -> str:
    return reverse(f"surveys:{name}", args=[row.public_id])


def page(client: Client, row: Export, **more: str) -> str:
    return str(client.get(address(row), **more).content.decode())  # type: ignore[arg-type]


def file_of(client: Client, row: Export) -> io.BytesIO:
    answer = client.get(address(row, "export_file"))
    assert answer.status_code == 200
    return io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]


def names(book: io.BytesIO) -> list[str]:
    rows = list(openpyxl.load_workbook(book).worksheets[0].values)
    column = rows[0].index("Datos de la empresa / Nombre de la empresa")
    return [str(row[column]) for row in rows[1:]]


def test_a_large_export_is_asked_for_made_and_taken() -> None:
    form, lead = sent(), client_of(cast.cast().lead)
    listing = lead.get(reverse("surveys:submissions", args=[form.public_id])).content.decode()
    assert 'class="form" method="post"' in listing
    by_link = lead.get(reverse("surveys:export", args=[form.public_id]), {"formato": "csv"})
    assert "Son 3 envíos" in by_link.content.decode()
    assert not Export.objects.exists()  # a link asks for nothing
    row = asked(lead, form)
    assert (row.state, row.done, row.total, row.is_whole) == ("done", 3, 3, True)
    told = page(lead, row)
    assert "con 3 envíos" in told
    assert f'data-hx-get="{address(row)}"' not in told
    assert names(file_of(lead, row)) == ["Taller 0", "Taller 1", "Taller 2"]
    listing = lead.get(reverse("surveys:submissions", args=[form.public_id])).content.decode()
    assert address(row) in listing
    assert os.listdir(making_folder()) == [f"{row.public_id}.xlsx"]


def making_folder() -> Path:
    return Path(configured.MEDIA_ROOT) / making.FOLDER


def test_a_small_one_comes_at_once(settings: Any) -> None:
    settings.SURVEYS_EXPORT_AT_ONCE = 3
    form = sent()
    url = reverse("surveys:export", args=[form.public_id])
    answer = client_of(cast.cast().lead).get(url)
    assert names(io.BytesIO(b"".join(answer.streaming_content)))[0] == "Taller 0"  # type: ignore[attr-defined]


def test_filters_wishes_and_the_person_s_language_reach_the_worker() -> None:
    form, lead = sent(), client_of(cast.cast().lead)
    lead.cookies["idioma"] = "en"
    row = asked(lead, form, formato="csv", como="codigos", q="Taller 1")
    archive = zipfile.ZipFile(file_of(lead, row))
    text = archive.read("0-datos.csv").decode("utf-8-sig")
    (only,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert only["datos/rubros"] == "textil comida"
    assert "_número" not in only
    assert row.asked["lengua"] == "en"


def test_who_may_read_only_their_own_gets_only_their_own() -> None:
    form = sent()
    tania = User.objects.get(name="Tania Quispe")
    phone.phone(make.user("Otra", role="trainer")).send(filled("uuid:9", nombre="Ajeno"))
    row = asked(client_of(tania), form)
    assert (row.total, row.is_whole) == (3, False)
    assert "Ajeno" not in names(file_of(client_of(tania), row))


def test_nobody_else_sees_it_and_a_lost_right_closes_it() -> None:
    form, lead = sent(), make.user("Elena", role="lead")
    row = asked(client_of(lead), form)
    other = client_of(make.user("Otra", role="lead"))
    for name in ("one_export", "export_file"):
        assert other.get(address(row, name)).status_code == 404
    for name in ("cancel_export", "repeat_export"):
        assert other.post(address(row, name)).status_code == 404
    Membership.objects.filter(user=lead).update(role="trainer")
    assert client_of(User.objects.get(pk=lead.pk)).get(address(row)).status_code == 404
    assert (
        client_of(User.objects.get(pk=lead.pk)).get(address(row, "export_file")).status_code == 404
    )


@pytest.mark.usefixtures("worker_sleeps")
def test_rights_are_those_of_the_moment_of_making() -> None:
    form, lead = sent(), make.user("Elena", role="lead")
    row = asked(client_of(lead), form)
    Membership.objects.filter(user=lead).update(role="trainer")
    tasks.make_export.func(row.pk)
    row.refresh_from_db()
    assert (row.state, row.total, row.is_whole) == ("done", 0, False)
    Membership.objects.filter(user=lead).delete()
    again = Export.objects.create(user=lead, form=form, asked={}, digest="x")
    tasks.make_export.func(again.pk)
    again.refresh_from_db()
    assert (again.state, again.problem) == ("failed", "rights")


@pytest.mark.usefixtures("worker_sleeps")
def test_the_same_wish_while_one_runs_is_the_running_one() -> None:
    form, lead = sent(), client_of(cast.cast().lead)
    first = asked(lead, form, formato="csv")
    assert asked(lead, form, formato="csv") == first
    assert asked(lead, form, formato="xlsx") != first
    told = page(lead, first)
    assert "En espera" in told
    assert 'href=""' in told
    part = page(lead, first, HTTP_HX_REQUEST="true")
    assert "<html" not in part
    assert address(first) in part


@pytest.mark.usefixtures("worker_sleeps")
def test_it_is_cancelled_while_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 1)
    form, lead = sent(), client_of(cast.cast().lead)
    row = asked(lead, form)
    tell, seen = making._tell, []

    def telling(export: Export, done: int) -> None:
        tell(export, done)
        row.refresh_from_db()
        seen.append((row.done, row.total))
        if done == 2:
            assert "2 de 3 envíos" in page(lead, row)
            lead.post(address(row, "cancel_export"))

    monkeypatch.setattr(making, "_tell", telling)
    tasks.make_export.func(row.pk)
    row.refresh_from_db()
    assert (row.state, seen) == ("cancelled", [(1, 3), (2, 3)])
    assert os.listdir(making_folder()) == []
    assert "Se canceló" in page(lead, row)
    assert "Ya había terminado" in str(
        lead.post(address(row, "cancel_export"), follow=True).content.decode()
    )


def test_a_full_disk_is_told_and_it_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    form, lead = sent(), client_of(cast.cast().lead)

    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "write", full)
        row = asked(lead, form)
    assert (row.state, row.problem) == ("failed", "disk")
    assert os.listdir(making_folder()) == []
    told = page(lead, row)
    assert "sin lugar en el disco" in told
    assert address(row, "repeat_export") in told
    lead.post(address(row, "repeat_export"))
    again = Export.objects.exclude(pk=row.pk).get()
    assert (again.state, again.asked) == ("done", row.asked)


def test_what_breaks_is_told_without_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    form, lead = sent(), client_of(cast.cast().lead)
    monkeypatch.setattr(writing, "write", lambda *_args: 1 / 0)
    row = asked(lead, form)
    assert (row.state, row.problem) == ("failed", "broken")
    assert "division" not in page(lead, row)


@pytest.mark.usefixtures("worker_sleeps")
def test_a_killed_worker_is_noticed() -> None:
    form, lead = sent(), client_of(cast.cast().lead)
    row = asked(lead, form)
    Export.objects.update(state="making", total=3, moved_at=timezone.now() - timedelta(minutes=16))
    assert "se apagó o se reinició" in page(lead, row)
    again = asked(lead, form)
    row.refresh_from_db()
    assert (row.state, row.problem, again.pk > row.pk) == ("failed", "lost", True)
    with pytest.raises(making.Stopped):
        making._tell(row, 1)  # were it alive after all


def test_after_a_week_it_is_swept() -> None:
    form, lead = sent(), client_of(cast.cast().lead)
    row = asked(lead, form, q="Taller")
    call_command("surveys_sweep", "--remove", stdout=io.StringIO())
    assert row.file.storage.exists(row.file.name)
    Export.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert lead.get(address(row, "export_file")).status_code == 422
    out = io.StringIO()
    call_command("surveys_sweep", stdout=out)
    assert row.file.name in out.getvalue()
    assert os.listdir(making_folder())
    call_command("surveys_sweep", "--remove", stdout=io.StringIO())
    row.refresh_from_db()
    assert (row.state, row.asked, bool(row.file)) == ("expired", {}, False)
    assert os.listdir(making_folder()) == []
    assert "venció" in page(lead, row)
    assert lead.post(address(row, "repeat_export"))["location"].endswith("/envios")


def test_what_a_killed_worker_left_is_swept_after_a_day() -> None:
    left = making_folder() / "x-abc"
    left.mkdir(parents=True)
    (left / "file.xlsx").write_bytes(b"half")
    call_command("surveys_sweep", "--remove", stdout=io.StringIO())
    assert left.exists()
    os.utime(left, (0, 0))
    call_command("surveys_sweep", "--remove", stdout=io.StringIO())
    assert not left.exists()


def test_a_sheet_that_is_full_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 2)
    form = sent()
    plan = exporting.layout(form, Wishes())
    rows = exporting.rows(Submission.objects.filter(form=form), plan)
    with writing.opened(plan, rows, "xlsx") as opened:
        book = openpyxl.load_workbook(io.BytesIO(opened.read()))
    told = {sheet.title: [row[0] for row in sheet.values] for sheet in book.worksheets}
    own, repeated = "_número", "_número"
    assert told == {
        "datos": [own, 1, 2], "datos 2": [own, 3], "1 productos": [repeated, 1, 2],
        "1 productos 2": [repeated, 3, 4], "1 productos 3": [repeated, 5, 6],
    }  # fmt: skip


def test_only_the_version_that_counts_leaves_and_other_forms_stay_out() -> None:
    form = sent(1)
    one = phone.phone(User.objects.get(name="Tania Quispe"), "Otro")
    one.send(filled("uuid:new", deprecated="uuid:0", nombre="Corregido"))
    phone.form(workbooks.simple(("text", "a", "A"), told=workbooks.settings(form_id="otro")))
    plan = exporting.layout(form, Wishes())
    every = exporting.rows(form.submissions.all(), plan)
    rows = [cells for table, cells in every if not table.path]
    assert [(cells[1], "Corregido" in cells) for cells in rows] == [("uuid:0", True)]


def test_a_choice_list_is_put_into_words_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cell costs does not grow with the list that it is chosen from."""
    form = sent()
    plan = exporting.layout(form, Wishes())
    count = 0
    spoken = plan._spoken

    def counting(words: Any) -> str:
        nonlocal count
        count += 1
        return spoken(words)

    monkeypatch.setattr(plan, "_spoken", counting)
    for _row in exporting.rows(form.submissions.all(), plan):
        pass
    choices = sum(len(plan.lists[name]) for name in plan._told)
    assert count == choices > 0
    assert SubmissionVersion.objects.count() == 3


@pytest.mark.usefixtures("worker_sleeps")
def test_two_presses_at_once_are_one_export() -> None:
    form, user = sent(), cast.cast().lead
    plain = asking.read(form, {"formato": "csv"}).plain
    first = exports.ask(actor=make.actor(), user=user, form=form, asked=plain)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.create(user=user, form=form, asked=dict(plain), digest=first.digest)
    assert asking.ask(make.actor(), user, form, plain) == first
