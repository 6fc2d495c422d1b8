"""A form with every kind of question, filled by thumb; what is sent is what Collect would send."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

import filling
from browser import Site, expect_sound
from digna.surveys.models import Submission
from filling import ask, choose, following, write
from surveys import featured, phone


def photo() -> dict[str, Any]:
    out = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(out, "JPEG")
    return {"name": "taller.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_every_kind_of_question(thumb: Page, bare_site: Site) -> None:
    form = phone.form(featured.everything(2700))
    page = thumb
    filling.open_form(page, bare_site, form)
    write(page, "nombre", "Tejidos Ñandú & hijos <sa>")
    write(page, "personas", "900")
    choose(page, "rubros", "Textiles", "Ninguno")
    page.locator(".ask-nav__next").click()
    expect(ask(page, "personas").get_by_role("alert")).to_have_text("Entre 1 y 500 personas.")
    expect(ask(page, "rubros").get_by_role("alert")).to_have_text("«Ninguno» va solo.")
    expect(ask(page, "personas").locator("input")).to_be_focused()
    ask(page, "rubros").get_by_label("Ninguno").uncheck()
    choose(page, "rubros", "Alimentos")
    write(page, "personas", "2")
    expect(ask(page, "formal")).to_be_hidden()
    write(page, "personas", "12")
    choose(page, "formal", "Sí")
    write(page, "nit", "1023")
    page.locator(".ask-nav__next").click()
    expect(ask(page, "nit").get_by_role("alert")).to_have_text("El NIT lleva de 6 a 12 cifras.")
    write(page, "nit", "1023045021")
    following(page)
    place(page)
    following(page)
    products(page)
    following(page)
    summary(page)
    following(page)
    proofs(page)
    expect_sound(page)
    following(page)
    expect(page.get_by_text("Está completo.")).to_be_visible()
    filling.hand_in(page)
    expect(page.get_by_text("Enviado y recibido.")).to_be_visible()
    sent = Submission.objects.get()
    print(sent.versions.get().plain.decode())
    assert sent.source == "field"


def place(page: Page) -> None:
    choose(page, "departamento", "LP")
    search = ask(page, "municipio").get_by_role("searchbox")
    expect(ask(page, "municipio").get_by_role("radio")).to_have_count(30)
    search.fill("municipio 0012")
    choose(page, "municipio", "Municipio 0012")
    page.get_by_role("button", name="Tomar el lugar").click()
    expect(page.get_by_text("Latitud -16,5, longitud -68,15, con 4 m de precisión.")).to_be_visible()


def products(page: Page) -> None:
    for turn, (name, count, price) in enumerate((("Chompa", "10", "120,5"), ("Gorro", "20", "30"))):
        if turn:
            page.get_by_role("button", name="Agregar otro: Producto").click()
        write(page, "producto", name, turn)
        write(page, "cantidad", count, turn)
        write(page, "precio", price, turn)


def summary(page: Page) -> None:
    expect(page.get_by_text("Vende 1805 bolivianos en 2 productos.")).to_be_visible()
    write(page, "fundada", "2011-03-04")
    write(page, "abre", "08:30")
    write(page, "visita", "2026-11-20T09:15")
    choose(page, "satisfaccion", "8")
    ask(page, "avance").locator("input").fill("11")
    expect(ask(page, "avance").locator("output")).to_have_text("55")
    ask(page, "orden").get_by_role("button", name="Subir: Crédito").click()
    expect(ask(page, "orden").locator("li").nth(1)).to_contain_text("Crédito")


def proofs(page: Page) -> None:
    ask(page, "foto").locator("input").set_input_files(photo())
    expect(ask(page, "foto").get_by_role("img")).to_be_visible()
    voice = {"name": "voz.ogg", "mimeType": "audio/ogg", "buffer": b"OggS" + b"\0" * 400}
    ask(page, "voz").locator("input").set_input_files(voice)
    receipt = {"name": "recibo.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nada"}
    ask(page, "recibo").locator("input").set_input_files(receipt)
    write(page, "codigo", "7771234567890")
    choose(page, "acuerdo", "Visto, de acuerdo")
    write(page, "historia", "Empezamos\nen 2011.")
