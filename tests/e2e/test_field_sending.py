"""What a telephone sends: once, in order, on where it stopped, again where a copy lacks it."""

import math
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import BrowserContext, Page, expect

import field_room
from browser import Site, press
from digna.field import grants, parts
from digna.journal import intake
from digna.journal.models import Change, Head
from digna.journal.models import Line as JournalLine
from digna.registry.models import Sector
from field_room import NOTE, RECORD
from handset import KEPT_HERE, Phone, go, photograph, script, sign_in, wait_for
from line import Line

pytestmark = pytest.mark.usefixtures("room")


@pytest.fixture
def note_page(phone: Phone, line: Line) -> Page:
    """A telephone of somebody without a PIN, on the page of a note."""
    field_room.trainer("Tania Quispe", "tania@digna.test")
    one = phone.switch_on()
    sign_in(one, line, "tania@digna.test")
    one.goto(line.url + NOTE)
    one.wait_for_function("() => !!navigator.serviceWorker.controller")
    return one


def write_offline(page: Page, line: Line, *names: str) -> None:
    """Write notes on the page that is open, without signal."""
    line.cut()
    for name in names:
        page.get_by_label("Nombre").fill(name)
        press(page, "Guardar la nota")
        expect(page.get_by_text(KEPT_HERE).last).to_be_visible()
        expect(page.get_by_role("button", name="Guardar la nota")).to_be_enabled()


def all_sent(page: Page, line: Line) -> None:
    go(page, line.url + "/campo/")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()


def test_two_tabs_send_each_thing_once(note_page: Page, line: Line) -> None:
    second = note_page.context.new_page()
    second.goto(line.url + NOTE)
    names = [f"Nota {number}" for number in range(6)]
    write_offline(note_page, line, *names)
    line.join()
    for one in (note_page, second):
        one.evaluate("() => window.dispatchEvent(new Event('online'))")
    all_sent(second, line)
    assert field_room.names() == names
    assert field_room.effects() == names


def test_one_that_fells_the_server_and_one_against_a_rule_let_the_others_pass(
    note_page: Page, line: Line
) -> None:
    write_offline(note_page, line, "veneno", "mal", "Nota sana")
    line.join()
    note_page.goto(line.url + "/campo/")
    expect(note_page.locator("[data-count=sent] strong")).to_have_text("1")
    expect(note_page.locator("[data-count=question] strong")).to_have_text("1")
    expect(note_page.locator("[data-count=refused] strong")).to_have_text("1")
    expect(note_page.get_by_text("Eso no se puede anotar.")).to_be_visible()
    assert field_room.names() == ["Nota sana"]


def test_a_large_photograph_goes_on_where_the_line_broke(
    note_page: Page, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_page.get_by_label("Nombre").fill("Nota con foto")
    photo = {"name": "horno.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    note_page.get_by_label("Foto").set_input_files([photo])  # type: ignore[list-item]
    pieces, add = [], parts.add

    def counted(*given: Any, **more: Any) -> int:
        pieces.append(more["offset"])
        have = add(*given, **more)
        if len(pieces) == 4:
            line.cut()
        return have

    monkeypatch.setattr(parts, "add", counted)
    press(note_page, "Guardar la nota")
    expect(note_page.get_by_text(KEPT_HERE).last).to_be_visible()
    assert field_room.ARRIVED == []
    line.join()
    all_sent(note_page, line)
    [(_id, _values, files)] = field_room.ARRIVED
    whole = math.ceil(files["photo"] / parts.PIECE)
    assert whole > 5
    assert whole <= len(pieces) <= whole + 1
    assert sorted(set(pieces)) == [number * parts.PIECE for number in range(whole)]


def test_what_a_restored_server_lacks_is_sent_again(note_page: Page, line: Line) -> None:
    for name in ("Nota uno", "Nota dos"):
        note_page.get_by_label("Nombre").fill(name)
        press(note_page, "Guardar la nota")
        note_page.wait_for_load_state()
        expect(note_page.get_by_label("Nombre")).to_have_value("")
    assert field_room.names() == ["Nota uno", "Nota dos"]
    put_back_a_copy_without(field_room.ARRIVED[1][0])
    note_page.evaluate(script("amend"), {"people": {"askedAt": 0}})  # an hour later
    note_page.goto(line.url + "/campo/")
    wait_for(lambda: len(field_room.names()) == 3)  # it asks what became of all, then sends
    assert field_room.names() == ["Nota uno", "Nota dos", "Nota dos"]
    assert field_room.effects() == ["Nota dos", "Nota uno"]


def put_back_a_copy_without(intention: Any) -> None:
    """The server is as it was before this intention."""
    [line] = JournalLine.objects.filter(intention=intention)
    with connection.cursor() as cursor:  # the journal's own rows know no way out
        for table, column in (
            (Change._meta.db_table, "line_id"),
            (JournalLine._meta.db_table, "id"),
        ):
            cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [line.pk])  # noqa: S608
    Sector.objects.filter(name_es="Nota dos").delete()
    Head.objects.update(line_count=Head.objects.get(pk=1).line_count - 1)


def clear_storage(context: BrowserContext, page: Page, origin: str) -> None:
    kinds = "indexeddb,cache_storage,service_workers,local_storage"
    session = context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kinds})
    session.detach()


def test_what_was_carried_out_before_the_storage_was_cleared_comes_back_once(
    note_page: Page, line: Line, site: Site, tmp_path: Path
) -> None:
    photo = {"name": "horno.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    note_page.get_by_label("Foto").set_input_files([photo])  # type: ignore[list-item]
    write_offline(note_page, line, "Nota uno", "Nota dos")
    line.join()
    line.cut()
    note_page.goto(line.url + "/campo/")
    with note_page.expect_download() as saved:
        press(note_page, "Guardar en un archivo")
    file = tmp_path / "digna.json"
    saved.value.save_as(file)
    note_page.goto("about:blank")
    clear_storage(note_page.context, note_page, line.url)
    line.join()

    note_page.goto(line.url + "/campo/")
    expect(note_page.get_by_text("Todo se envió.")).to_be_visible()
    assert field_room.ARRIVED == []
    for said in ("Entraron 2; ya estaban 0.", "Entraron 0; ya estaban 2."):
        note_page.get_by_label("Traer lo de otro teléfono").set_input_files(file)
        expect(note_page.get_by_text(said)).to_be_visible()
    expect(note_page.locator("[data-count=sent] strong")).to_have_text("2")
    assert field_room.names() == ["Nota uno", "Nota dos"]
    assert field_room.ARRIVED[0][2]["photo"] > 60_000
    desk = note_page.context.new_page()
    desk.goto(line.url + "/campo/archivo")
    desk.locator("[name=file]").set_input_files(file)
    press(desk, "Recibir")
    expect(desk.get_by_text("recibido", exact=True).first).to_be_visible()
    assert field_room.effects() == ["Nota dos", "Nota uno"]


def test_a_change_carries_what_it_started_from(
    note_page: Page, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(intake.CURRENTS, field_room.ACTION, field_room.current)
    field_room.NOW.update(name="Nota vieja", tel="70000001", of="", note="")
    note_page.goto(line.url + RECORD)
    line.cut()
    note_page.get_by_label("Nombre").fill("Nota nueva")
    press(note_page, "Guardar la nota")
    expect(note_page.get_by_text(KEPT_HERE).last).to_be_visible()
    field_room.NOW["tel"] = "79999999"  # somebody corrects it at the office meanwhile
    line.join()
    all_sent(note_page, line)
    [(_id, values, _files)] = field_room.ARRIVED
    assert (values["name"], values["tel"]) == (["Nota nueva"], ["79999999"])
    field_room.NOW.clear()


def test_an_outbox_of_the_first_version_is_taken_over_whole(phone: Phone, line: Line) -> None:
    user = field_room.trainer("Tania Quispe", "tania@digna.test")
    page = phone.switch_on()
    go(page, line.url + "/cuenta/login/")
    before = {"id": str(user.public_id), "name": user.name, "grant": grants.give(user)}
    page.evaluate(script("first"), before)
    go(page, line.url + "/campo/")
    expect(page.get_by_role("link", name="Orden en el taller")).to_be_visible()
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    [(_id, values, files)] = field_room.ARRIVED
    assert (values["name"], files) == (["Nota de antes"], {"photo": 5000})
