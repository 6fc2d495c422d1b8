"""A form with every kind of question, filled by thumb; what is sent is what Collect would send."""

import io
import re
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect
from surveys import collect, featured, phone
from surveys.collect import Collect

import filling
from browser import Site, expect_sound
from digna.surveys.models import Submission
from filling import ask, choose, following, write


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
    assert sent.source == "field"
    assert sent.attachments.exclude(file="").count() == 3
    ours = sent.versions.get().plain
    files = dict(re.findall(rb"<(foto|voz|recibo)>([^<]+)<", ours))
    theirs = Collect(form.versions.get().plain).fill(answers(files, ours))
    assert collect.masked(ours) == collect.masked(theirs)
    with Image.open(sent.attachments.get(name=files[b"foto"].decode()).file.path) as image:
        assert max(image.size) == 640


def answers(files: dict[bytes, bytes], ours: bytes) -> collect.Answers:
    """What was answered, as another client would be told; hours and ids are of each client."""
    own = dict(re.findall(rb"<(inicio|fin|hoy|aparato|instanceID)>([^<]+)<", ours))
    told = {name.decode(): value.decode() for name, value in own.items()}
    return {
        **{name: told[name] for name in ("inicio", "fin", "hoy", "aparato")},
        "empresa": {"nombre": "Tejidos Ñandú & hijos <sa>", "personas": 12, "formal": "si",
                    "nit": "1023045021", "rubros": ["textil", "comida"]},
        "lugar": {"departamento": "lp", "municipio": "m0012", "punto": [-16.5, -68.15, 0.0, 4.0]},
        "productos": [{"producto": "Chompa", "cantidad": 10, "precio": 120.5},
                      {"producto": "Gorro", "cantidad": 20, "precio": 30.0}],
        "resumen": {"fundada": "2011-03-04", "abre": "08:30:00.000-04:00",
                    "visita": "2026-11-20T09:15:00.000-04:00", "satisfaccion": 8, "avance": 55,
                    "orden": ["agua", "credito", "luz"]},
        "pruebas": {**{name.decode(): value.decode() for name, value in files.items()},
                    "codigo": "7771234567890", "acuerdo": True, "historia": "Empezamos\nen 2011."},
        "meta": {"instanceID": told["instanceID"]},
    }  # fmt: skip


def place(page: Page) -> None:
    choose(page, "departamento", "LP")
    search = ask(page, "municipio").get_by_role("searchbox")
    expect(ask(page, "municipio").get_by_role("radio")).to_have_count(30)
    search.fill("municipio 0012")
    choose(page, "municipio", "Municipio 0012")
    page.get_by_role("button", name="Tomar el lugar").click()
    expect(
        page.get_by_text("Latitud -16,5, longitud -68,15, con 4 m de precisión.")
    ).to_be_visible()


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
