"""One telephone in the field: a week under a PIN, two people, a forgotten PIN, a revoked one."""

import json

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

import field_room
from browser import PASSWORD, expect_sound, press
from digna.field.models import Device
from field_room import FIRM, NOTE, VISIT
from handset import (
    KEPT_HERE,
    PIN,
    Phone,
    by_thumb,
    give_pin,
    go,
    script,
    sign_in,
    take_week,
    wait_for,
    write_note,
)
from line import Line

pytestmark = pytest.mark.usefixtures("room")
OTHER_PIN = "730254"
NEWER = """() => new Promise((done) => {
  const asked = indexedDB.open('digna-field', 99);
  asked.onsuccess = () => { asked.result.close(); done(true); };
})"""


def test_a_week_without_signal_under_a_pin_arrives_once_and_in_order(
    line: Line, phone: Phone
) -> None:
    field_room.trainer("Tania Quispe", "tania@digna.test")
    page = phone.switch_on()
    take_week(page, line, "tania@digna.test")
    line.cut()
    page.reload()
    write_note(page, line, "Nota uno")
    phone.switch_off()

    page = phone.switch_on()
    go(page, line.url + "/campo/")
    page.locator("[data-list=people]").get_by_role("button", name="Bloquear ahora").click()
    expect(page.get_by_role("link", name="Mi semana")).to_have_count(0)
    expect(page.get_by_text("Nota de visita")).to_have_count(0)
    page.get_by_role("button", name="Abrir con el PIN de Tania Quispe").click()
    by_thumb(page)
    expect(page.get_by_role("link", name="Mi semana")).to_be_visible()
    expect_sound(page)
    write_note(page, line, "Nota dos: Tostaduría nueva", at=FIRM)
    go(page, line.url + VISIT)
    page.get_by_label("Empresa", exact=True).select_option(
        label="Nota dos: Tostaduría nueva · sin enviar"
    )
    page.get_by_label("Nombre").fill("Nota tres")
    press(page, "Guardar la nota")
    expect(page.get_by_text(KEPT_HERE).last).to_be_visible()
    phone.switch_off()

    line.join()
    page = phone.switch_on()
    go(page, line.url + "/campo/")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    assert field_room.names() == ["Nota uno", "Nota dos: Tostaduría nueva", "Nota tres"]
    assert len({one for one, _values, _files in field_room.ARRIVED}) == 3
    firm = field_room.ARRIVED[1][0]
    assert field_room.ARRIVED[2][1]["of"] == [f"@{firm}"]


def lock(page: Page, line: Line) -> None:
    go(page, line.url + "/campo/")
    press(page, "Bloquear ahora")
    expect(page.get_by_role("button", name="Abrir con el PIN de")).to_be_visible()


def test_nobody_reads_sends_or_carries_away_what_another_keeps_under_a_pin(
    line: Line, phone: Phone
) -> None:
    field_room.trainer("Juana Quispe", "juana@digna.test")
    field_room.trainer("Marta Choque", "marta@digna.test")
    page = phone.switch_on()
    take_week(page, line, "juana@digna.test")
    line.cut()
    write_note(page, line, "Nota Secreta", note="deben cuatro mil")
    go(page, line.url + VISIT)
    page.get_by_label("Nota").fill("apunte secreto")
    expect(page.get_by_text("Borrador guardado")).to_be_visible()
    lock(page, line)
    page.context.clear_cookies()
    line.join()
    sign_in(page, line, "marta@digna.test")
    go(page, line.url + FIRM)
    line.cut()
    page.get_by_label("Nombre").fill("Nota de Marta")
    press(page, "Guardar la nota")
    expect(page.get_by_text(KEPT_HERE).last).to_be_visible()

    seen = page.evaluate(script("dump"))
    assert "Nota de Marta" in seen, "what has no PIN is read: the reading reads"
    assert "Juana Quispe" in seen, "names are on the locked telephone's door"
    for secret in (
        "Secreta",
        "cuatro mil",
        "secreto",
        NOTE,
        VISIT,
        "Nota de visita",
        field_room.ACTION + '"',
    ):
        assert secret not in seen
    go(page, line.url + "/campo/")
    expect(page.get_by_text("Nota de visita")).to_have_count(0)
    with page.expect_download() as saved:
        press(page, "Guardar en un archivo")
    carried = json.loads(saved.value.path().read_text())
    assert [item["values"]["name"] for item in carried["items"]] == [["Nota de Marta"]]

    line.join()
    press(page, "Enviar ahora")
    expect(page.locator("[data-count=sent]")).to_contain_text("1")
    assert field_room.names() == ["Nota de Marta"]
    page.get_by_role("button", name="Abrir con el PIN de Juana Quispe").click()
    give_pin(page)
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    assert field_room.names() == ["Nota de Marta", "Nota Secreta"]


def test_a_quarter_of_an_hour_shuts_it_and_wrong_tries_wait(line: Line, phone: Phone) -> None:
    field_room.trainer("Juana Quispe", "juana@digna.test")
    page = phone.switch_on()
    take_week(page, line, "juana@digna.test")
    line.cut()
    page.evaluate(script("amend"), {"key": {"until": 1}})
    go(page, line.url + NOTE)  # its page is shut too: the telephone's own page comes instead
    expect(page.locator(".pin")).to_be_visible()
    expect(page.get_by_label("Nota")).to_have_count(0)
    for _ in range(4):
        give_pin(page, "111222")
        expect(page.locator(".pin__problem")).to_have_text("Ese no es el PIN. Intente otra vez.")
        expect(page.locator(".pin__code")).to_have_value("")
        page.locator(".pin__problem").evaluate("node => { node.textContent = ''; }")
    give_pin(page, "111222")
    expect(page.locator(".pin__problem")).to_contain_text("Espere 30 segundos")
    give_pin(page, PIN)
    expect(page.locator(".pin__problem")).to_contain_text("Espere")
    page.evaluate(script("amend"), {"people": {"tries": 0, "blockedUntil": 0}})
    by_thumb(page, PIN)
    expect(page.get_by_label("Nota")).to_be_visible()


def test_a_forgotten_pin_loses_nothing(line: Line, phone: Phone) -> None:
    field_room.trainer("Juana Quispe", "juana@digna.test")
    page = phone.switch_on()
    take_week(page, line, "juana@digna.test")
    wait_for(lambda: Device.objects.exclude(recovery="").exists())
    line.cut()
    write_note(page, line, "Nota de antes")
    lock(page, line)
    page.get_by_role("button", name="Abrir con el PIN de").click()
    page.get_by_role("button", name="Olvidé mi PIN").click()
    expect(page.get_by_text("Para poner otro PIN se necesita señal.")).to_be_visible()
    line.join()
    page.context.clear_cookies()
    page.get_by_role("button", name="Abrir con el PIN de").click()
    page.get_by_role("button", name="Olvidé mi PIN").click()
    page.fill("[name=login]", "juana@digna.test")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/campo/*")
    for _ in range(2):
        give_pin(page, OTHER_PIN)
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    assert field_room.names() == ["Nota de antes"]
    lock(page, line)
    page.get_by_role("button", name="Abrir con el PIN de").click()
    give_pin(page, PIN)
    expect(page.locator(".pin__problem")).to_contain_text("Ese no es el PIN")
    give_pin(page, OTHER_PIN)
    expect(page.get_by_role("link", name="Mi semana")).to_be_visible()


def test_a_revoked_telephone_puts_the_week_away_and_keeps_what_was_done(
    line: Line, phone: Phone
) -> None:
    field_room.trainer("Juana Quispe", "juana@digna.test")
    page = phone.switch_on()
    take_week(page, line, "juana@digna.test")
    line.cut()
    write_note(page, line, "Nota suya")
    Device.objects.update(revoked_at=timezone.now())
    line.join()
    go(page, line.url + "/campo/")
    expect(page.get_by_text("Este teléfono fue quitado de su cuenta")).to_be_visible()
    assert field_room.ARRIVED == []
    press_later(page)
    unlock_here(page)
    expect(page.get_by_role("link", name="Mi semana")).to_have_count(0)
    go(page, line.url + FIRM)  # still signed in: the telephone is known again, under a new number
    wait_for(field_room.names)
    go(page, line.url + "/campo/")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    assert field_room.names() == ["Nota suya"]
    assert Device.objects.filter(revoked_at=None).count() == 1


def press_later(page: Page) -> None:
    """Put the PIN pad away, if it came."""
    pad = page.locator(".pin")
    if pad.count():
        pad.get_by_role("button", name="Ahora no").click()


def unlock_here(page: Page) -> None:
    page.get_by_role("button", name="Abrir con el PIN de").click()
    give_pin(page)
    expect(page.locator(".pin")).to_have_count(0)


def test_a_store_of_a_newer_version_keeps_nobody_from_the_network(line: Line, phone: Phone) -> None:
    """The old worker of a new page: pages come from the server until the new worker is there."""
    field_room.trainer("Tania Quispe", "tania@digna.test")
    page = phone.switch_on()
    sign_in(page, line, "tania@digna.test")
    go(page, line.url + NOTE)
    page.wait_for_function("() => !!navigator.serviceWorker.controller")
    page.evaluate(NEWER)
    go(page, line.url + NOTE)
    expect(page.get_by_label("Nombre")).to_be_visible()
    page.get_by_label("Nombre").fill("Nota que no cabe en un almacén nuevo")
    press(page, "Guardar la nota")
    expect(page.get_by_label("Nombre")).to_have_value("Nota que no cabe en un almacén nuevo")
