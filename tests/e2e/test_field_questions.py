"""Two changed the same firm without knowing: somebody decides, on a telephone and at a desk."""

import os

from playwright.sync_api import Page, expect

import make
from browser import Site, expect_sound, go_to, press
from digna.accounts.models import Membership, User
from digna.field.models import Arrival
from digna.registry.forms import EnterpriseForm, enterprise_now
from digna.registry.models import Enterprise
from digna.web.forms import as_sent
from sending import Telephone


def _quarrel() -> Enterprise:
    trainer = User.objects.create(name="Tania Quispe", email="tania@digna.test")
    Membership.objects.create(user=trainer, role="trainer")
    firm = make.enterprise("Textiles Illimani", by=make.actor(trainer), phone="+59170000001")
    base = as_sent(EnterpriseForm(initial=enterprise_now(firm)))
    Enterprise.objects.filter(pk=firm.pk).update(phone="+59170000003", legal_name="Illimani SRL")
    phone = Telephone(trainer)
    given = base | {"enterprise": [str(firm.public_id)], "phone": ["70000002"]}
    told = phone.sends("registry.enterprise.corrected", given, base=base)
    assert told["state"] == "question"
    make.person("Rosa", "Mamani Quispe", by=make.actor(trainer))
    given = {"given_names": ["Rosa"], "surnames": ["Mamani Quispe"], "phone": ["70011111"]}
    assert phone.sends("registry.person.registered", given)["state"] == "question"
    return firm


def _look(page: Page, name: str) -> None:
    """Check what is seen; keep a picture where somebody wants to look (DIGNA_PICTURES)."""
    expect_sound(page)
    if folder := os.environ.get("DIGNA_PICTURES"):
        width = (page.viewport_size or {"width": 0})["width"]
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_a_question_of_the_field_is_decided_side_by_side(screen: Page, site: Site) -> None:
    firm = _quarrel()
    site.sign_in(screen)
    go_to(screen, "Preguntas del campo")
    _look(screen, "preguntas")
    screen.get_by_role("link").filter(has_text="Textiles Illimani").click()
    _look(screen, "pregunta")
    screen.get_by_label("En el teléfono: 70000002").check()
    press(screen, "Guardar la decisión")
    expect(screen.get_by_text("Quedó resuelto.")).to_be_visible()
    firm.refresh_from_db()
    assert (firm.phone, firm.legal_name) == ("+59170000002", "Illimani SRL")
    screen.get_by_role("link").filter(has_text="Mamani").click()
    _look(screen, "cual-es")
    screen.get_by_label("Es Mamani Quispe, Rosa").check()
    press(screen, "Guardar la decisión")
    expect(screen.get_by_text("No hay nada que decidir.")).to_be_visible()
    _look(screen, "nada")
    assert not Arrival.objects.filter(state__in=Arrival.OPEN).exists()
    screen.goto(f"{site.url}/campo/preguntas?estado=resueltas")
    screen.get_by_role("link").filter(has_text="Textiles Illimani").click()
    _look(screen, "resuelta")
    screen.goto(f"{site.url}/campo/telefonos")
    _look(screen, "telefonos")
    press(screen, "Retirar")
    _look(screen, "retirar")
    press(screen, "Retirar")
    expect(screen.get_by_text("Ese teléfono ya no puede enviar")).to_be_visible()
    _look(screen, "retirado")
    screen.goto(f"{site.url}/empresas/{firm.public_id}/nota")
    _look(screen, "nota")
