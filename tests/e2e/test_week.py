"""A trainer's week without signal on the real pages: taken along, worked, sent once."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from improvement import made as improvement
from playwright.sync_api import Page, expect
from training import made as training
from training.made import Held

import field_room
import make
from browser import expect_sound, press
from digna.improvement.models import ChecklistRun, Project
from digna.journal.models import Line as Told
from digna.registry.models import Enterprise
from digna.training.models import CycleFirm, Visit, WorkshopAttendance
from digna.training.services import cycles
from handset import KEPT_HERE, Phone, give_pin, go, photograph, sign_in
from line import Line

EMAIL = "tania@digna.test"


def firm_in_training(held: Held) -> CycleFirm:
    """A firm whose plan is approved, in a cycle of a trainer without other rights."""
    trainer = field_room.trainer("Tania Quispe", EMAIL)
    partner = make.organisation("CAINCO", code="cainco", is_partner=True)
    trainer.memberships.update(partner="cainco")
    enterprise = improvement.firm("DEF", "ABS", "PROD", name="Tostaduría Illimani")
    enterprise.partner = partner
    enterprise.save()
    cycle = training.cycle(partner=partner)
    cycles.set_trainers(actor=make.actor(), cycle=cycle, users=[trainer])
    firm = training.firm(cycle, enterprise=enterprise)
    return training.bring(firm, "plan_approved", held)


def take_along(page: Page, line: Line) -> None:
    sign_in(page, line, EMAIL)
    go(page, line.url + "/campo/llevar")
    press(page, "Ver cuánto pesa y llevar")
    give_pin(page)
    give_pin(page)
    expect(page.get_by_text("Conviene hacerlo con wifi")).to_be_visible()
    page.locator("[data-take-along]").click()
    expect(page.get_by_text("Ya puede abrirlo sin señal")).to_be_visible()
    page.wait_for_function("() => !!navigator.serviceWorker.controller")


def kept(page: Page) -> None:
    expect(page.get_by_text(KEPT_HERE).last).to_be_visible()


def visit(page: Page, line: Line) -> None:
    go(page, line.url + "/campo/hoy")
    page.get_by_role("link", name="Empresas").click()
    page.get_by_role("link", name="Tostaduría Illimani").click()
    press_link(page, "Empezar visita")
    page.get_by_label("Qué encontró").fill("Secan en el piso")
    page.get_by_label("Próximo paso").fill("Comprar tarimas")
    page.get_by_label("Otra foto").set_input_files(
        {"name": "taller.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    press(page, "Guardar la visita")
    kept(page)


def press_link(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def new_firm(page: Page, line: Line) -> None:
    go(page, line.url + "/campo/registrar/empresa/")
    page.get_by_label("Nombre", exact=True).press_sequentially("Tostaduria Ilimani")
    expect(page.locator(".near")).to_contain_text("Tostaduría Illimani")
    page.get_by_label("Nombre", exact=True).fill("Apicultura Sajama")
    press(page, "Registrar la empresa")
    kept(page)
    go(page, line.url + "/campo/registrar/nota/")
    page.get_by_label("Empresa", exact=True).select_option(label="Apicultura Sajama · sin enviar")
    page.get_by_label("Nota").fill("Cuarenta colmenas")
    press(page, "Guardar la nota")
    kept(page)


def attendance(page: Page, line: Line, workshop: int, person: int) -> None:
    go(page, f"{line.url}/campo/hacer/taller/{workshop}/")
    page.locator(f"input[name=mark-{person}][value=present]").check(force=True)
    page.locator("button[name=save]").click()
    kept(page)


def walk(page: Page, line: Line, firm: CycleFirm) -> None:
    go(page, f"{line.url}/campo/empresas/{firm.enterprise.public_id}/")
    press_link(page, "Recorrer una lista")
    page.get_by_role("link", name="5S").first.click()
    expect(page.get_by_label("Empresa", exact=True)).to_have_value(str(firm.enterprise.public_id))
    page.get_by_label("Área de trabajo").fill("Tostado")
    page.locator("input[type=radio]").first.check(force=True)
    press(page, "Guardar")
    kept(page)


def improve(page: Page, line: Line, firm: CycleFirm) -> None:
    go(page, f"{line.url}/campo/hacer/mejora/{firm.enterprise.public_id}/")
    page.get_by_label("Qué se mejora").fill("Secado en tarimas")
    page.get_by_label("Foto del antes").set_input_files(
        {"name": "antes.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    press(page, "Guardar")
    kept(page)


def test_a_week_of_a_trainer_without_signal_is_on_the_server_once(
    site: Any, line: Line, phone: Phone, monkeypatch: Any
) -> None:
    held = Held()
    monkeypatch.setattr("digna.training.outcomes.held", held)
    firm = firm_in_training(held)
    now = timezone.now()
    workshop = training.workshop(
        firm.cycle, title="Limpio", starts_at=now, ends_at=now + timedelta(hours=2)
    )
    person = firm.participants.first().person  # type: ignore[union-attr]

    page = phone.switch_on()
    take_along(page, line)
    line.cut()
    go(page, line.url + "/campo/hoy")
    expect(page.get_by_text("Limpio")).to_be_visible()
    expect_sound(page)
    visit(page, line)
    new_firm(page, line)
    phone.switch_off()

    page = phone.switch_on()
    attendance(page, line, workshop.pk, person.pk)
    walk(page, line, firm)
    improve(page, line, firm)
    assert not Visit.objects.exists()

    line.join()
    go(page, line.url + "/campo/")
    expect(page.get_by_text("Todo se envió.")).to_be_visible(timeout=30_000)
    assert Visit.objects.get().findings == "Secan en el piso"
    assert Visit.objects.get().photos.count() == 1
    assert Enterprise.objects.get(name="Apicultura Sajama").notes.get().text == "Cuarenta colmenas"
    assert WorkshopAttendance.objects.get(workshop=workshop).is_present is True
    assert ChecklistRun.objects.get().enterprise == firm.enterprise
    assert Project.objects.get(title="Secado en tarimas").photos.count() == 1
    sent = Told.objects.exclude(intention=None).filter(actor__name="Tania Quispe")
    assert sent.count() == 6
