"""One telephone in the field: a week under a PIN, two people, a dead battery, a full disk."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import field_room
from browser import expect_sound, press
from digna.journal import intake
from field_room import FIRM, NOTE, VISIT
from handset import Phone, sign_in
from line import Line

PIN, OTHER_PIN = "482913", "730254"
KEPT_HERE = "Se enviará cuando haya señal"

DUMP = """async () => {
  const text = [];
  const asText = (value) => {
    if (value instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(value).slice(0, 2e5));
    if (ArrayBuffer.isView(value)) return asText(value.buffer);
    if (value && typeof value === 'object') return Object.entries(value).map(([k, v]) => k + '=' + asText(v)).join(' ');
    return String(value);
  };
  const open = (name) => new Promise((good, bad) => {
    const ask = indexedDB.open(name);
    ask.onsuccess = () => good(ask.result);
    ask.onerror = () => bad(ask.error);
  });
  const all = (store) => new Promise((good) => { store.getAll().onsuccess = (event) => good(event.target.result); });
  for (const { name } of await indexedDB.databases()) {
    const db = await open(name);
    for (const store of db.objectStoreNames) text.push(store + ': ' + (await all(db.transaction(store).objectStore(store))).map(asText).join(' | '));
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) text.push(request.url + ' ' + asText(await (await cache.match(request, { ignoreVary: true })).arrayBuffer()));
  }
  for (const key of Object.keys(localStorage)) text.push(key + '=' + localStorage[key]);
  return text.join('\\n');
}"""


@pytest.fixture(autouse=True)
def _room(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.ROOT_URLCONF = "field_room"
    monkeypatch.setitem(intake.INTAKES, field_room.ACTION, field_room.take)
    field_room.ARRIVED.clear()
    field_room.ROWS.clear()
    yield


def give_pin(page: Page, pin: str = PIN) -> None:
    """Type it and go on, as by a keyboard."""
    page.locator(".pin__code").fill(pin)
    page.locator(".pin [data-put=go]").click()


def by_thumb(page: Page, pin: str = PIN) -> None:
    for digit in pin:
        page.locator(f".pin [data-digit='{digit}']").click()
    page.locator(".pin [data-put=go]").click()


def take_week(page: Page, line: Line, email: str, pin: str = PIN) -> None:
    """Sign in, set a PIN, take the week along."""
    sign_in(page, line, email)
    page.goto(line.url + NOTE)
    press(page, "Llevar mi semana")
    give_pin(page, pin)
    give_pin(page, pin)
    expect(page.get_by_text("Conviene hacerlo con wifi")).to_be_visible()
    page.locator("[data-take-along]").click()
    expect(page.get_by_text("Ya puede abrirlo sin señal")).to_be_visible()
    page.wait_for_function("() => !!navigator.serviceWorker.controller")


def write_note(
    page: Page, line: Line, name: str, *, at: str = NOTE, note: str = "todo bien"
) -> None:
    page.goto(line.url + at)
    page.get_by_label("Nombre").fill(name)
    page.get_by_label("Nota").fill(note)
    press(page, "Guardar la nota")
    expect(page.get_by_text(KEPT_HERE).last).to_be_visible()


def unlock(page: Page, line: Line, pin: str = PIN) -> None:
    page.goto(line.url + "/campo/")
    by_thumb(page, pin)
    expect(page.locator(".pin")).to_have_count(0)


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
    page.goto(line.url + "/campo/")
    page.locator("[data-list=people]").get_by_role("button", name="Bloquear ahora").click()
    expect(page.get_by_role("link", name="Mi semana")).to_have_count(0)
    expect(page.get_by_text("Nota de visita")).to_have_count(0)
    page.get_by_role("button", name="Abrir con el PIN de Tania Quispe").click()
    by_thumb(page)
    expect(page.get_by_role("link", name="Mi semana")).to_be_visible()
    expect_sound(page)
    write_note(page, line, "Nota dos: Tostaduría nueva", at=FIRM)
    page.goto(line.url + VISIT)
    page.get_by_label("Empresa", exact=True).select_option(label="Nota dos: Tostaduría nueva · sin enviar")
    page.get_by_label("Nombre").fill("Nota tres")
    press(page, "Guardar la nota")
    expect(page.get_by_text(KEPT_HERE).last).to_be_visible()
    phone.switch_off()

    line.join()
    page = phone.switch_on()
    page.goto(line.url + "/campo/")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    assert field_room.names() == ["Nota uno", "Nota dos: Tostaduría nueva", "Nota tres"]
    assert len({one for one, _values, _files in field_room.ARRIVED}) == 3
    firm = field_room.ARRIVED[1][0]
    assert field_room.ARRIVED[2][1]["of"] == [f"@{firm}"]
