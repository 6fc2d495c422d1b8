"""A round on screen: organised, wished for by telephone without scripts, held, followed up."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

import make
from browser import Site, browser_of, expect_sound, is_phone, new_window, press
from digna.linkages.models import Deal
from digna.linkages.services import buyers
from digna.programmes.services import programmes
from digna.rounds.models import BusinessRound, Meeting, Notice, Party, Timetable

BUYERS, FIRMS = 2, 3


@pytest.fixture
def market(site: Site) -> Site:
    """A programme, two buyers of whom one abroad, three firms."""
    programme = programmes.found_programme(
        actor=make.actor(), code="illari", name="Programa Illari",
        starts_on=date(2019, 1, 1), ends_on=date(2039, 1, 1),
    )  # fmt: skip
    for name, country, languages in (
        ("Hotel Cordillera", "BO", ["es"]), ("Feinkost Hamburg", "DE", ["en", "es"]),
    ):  # fmt: skip
        buyers.register_buyer(
            actor=make.actor(), name=name, kind="national" if country == "BO" else "foreign",
            country=country, languages=languages, programmes=[programme],
            time_zone="Europe/Berlin" if country == "DE" else "America/La_Paz",
        )  # fmt: skip
    for name in ("Molino Qhana", "Tostaduría Illimani", "Tejidos Warmi"):
        make.enterprise(name, phone="+59170000001")
    return site


def test_from_the_invitation_to_the_result(market: Site, screen: Page) -> None:
    market.sign_in(screen)
    row = organise(screen, market)
    for party in row.parties.all():
        register_and_wish(screen, market, party)
    publish_first(screen, market, row)
    gone = hold_the_day(screen, market, row)
    solve_again(screen, market, row, gone)
    one = tell_how_it_went(screen, market, row, gone)
    follow_and_look(screen, market, row, one)


def address(site: Site, row: BusinessRound, face: str = "") -> str:
    return f"{site.url}/ruedas/{row.public_id}/{face}"


def organise(page: Page, site: Site) -> BusinessRound:
    page.goto(site.url + "/ruedas/")
    press(page, "Organizar la primera")
    page.get_by_label("Nombre", exact=True).fill("Rueda de prueba")
    page.get_by_label("Programa", exact=True).select_option(label="Programa Illari")
    page.get_by_label("Fecha").fill(timezone.localdate().isoformat())
    page.get_by_label("Mesas").fill("2")
    page.get_by_label("Reuniones por empresa, al menos").fill("1")
    press(page, "Crear la rueda")
    page.get_by_label("Turnos", exact=True).fill("4")
    press(page, "Programar", exact=True)
    expect(page.get_by_text("Programamos los turnos.")).to_be_visible()
    expect_sound(page)
    row = BusinessRound.objects.get()
    for face, names in (("compradores", BUYERS), ("empresas", FIRMS)):
        page.goto(address(site, row, f"participantes/{face}"))
        boxes = page.locator("input[type=checkbox][name=buyers], input[type=checkbox][name=firms]")
        expect(boxes).to_have_count(names)
        for number in range(names):
            boxes.nth(number).check()
        press(page, "Invitar", exact=True)
    expect_sound(page)
    page.goto(address(site, row))
    press(page, "Abrir la inscripción")
    expect(page.get_by_text("Envíe los enlaces")).to_be_visible()
    return row


def register_and_wish(page: Page, site: Site, party: Party) -> None:
    """On a telephone of its own, with scripts switched off."""
    context = browser_of(page).new_context(
        viewport={"width": 360, "height": 780}, java_script_enabled=False, locale="es-BO"
    )
    phone = context.new_page()
    phone.goto(f"{site.url}/rueda/{party.token}/")
    phone.get_by_role("link", name=re.compile("Inscribirme|Register")).click()
    phone.locator("[name=contact_name]").fill("Rosa Quispe")
    phone.locator("[name=products]").fill("Quinua y café")
    phone.locator("[name=languages][value=es]").check()
    phone.get_by_role("button", name="Guardar mi inscripción").click()
    phone.goto(f"{site.url}/rueda/{party.token}/deseos")
    for other in phone.locator("input[value=meet]").all():
        other.check()
    save = phone.get_by_role("button", name="Guardar mis deseos")
    if save.count():
        save.click()
        phone.get_by_text(re.compile("Respondió sobre")).wait_for()
    context.close()


def publish_first(page: Page, site: Site, row: BusinessRound) -> None:
    for party in row.parties.filter(side="buyer"):  # they came first, and saw nobody yet
        page.goto(f"{address(site, row)}participantes/{party.public_id}/deseos")
        for other in page.locator("input[value=must]").all():
            other.check()
        press(page, "Guardar mis deseos")
    page.goto(address(site, row))
    press(page, "Cerrar la inscripción")
    page.goto(address(site, row, "agenda"))
    page.get_by_label("Segundos de cálculo").fill("2")
    press(page, "Calcular", exact=True)
    page.get_by_role("link", name="Versión 1").click()
    expect(page.get_by_role("main")).to_contain_text("no hay otra mejor")
    expect_sound(page)
    press(page, "Publicar esta agenda")
    expect(page.get_by_text("La agenda está publicada")).to_be_visible()
    assert Meeting.objects.count() == BUYERS * FIRMS
    expect_sound(page)


def hold_the_day(page: Page, site: Site, row: BusinessRound) -> Party:
    """One checks in by its own link, one by the organiser; one does not come."""
    gone, own, *others = row.parties.filter(side="seller")
    phone = new_window(browser_of(page), "phone").new_page()
    phone.goto(f"{site.url}/rueda/{own.token}/")
    expect_sound(phone)
    press(phone, "Ya llegué")
    expect(phone.get_by_text("Llegada registrada")).to_be_visible()
    page.goto(address(site, row, "sala?turno=1"))
    expect_sound(page)
    for party in (*others, *row.parties.filter(side="buyer")):
        page.get_by_role("button", name=f"Llegó {party.name}").click()
        expect(page.get_by_role("button", name=f"Llegó {party.name}")).to_have_count(0)
    page.get_by_role("button", name=f"No viene {gone.name}").click()
    expect(page.get_by_text(f"{gone.name} queda ausente")).to_be_visible()
    return gone


def solve_again(page: Page, site: Site, row: BusinessRound, gone: Party) -> None:
    before = {(m.buyer_id, m.firm_id): m.slot_id for m in Meeting.objects.exclude(firm=gone)}
    page.goto(address(site, row, "agenda"))
    page.get_by_label("Segundos de cálculo").fill("2")
    page.get_by_label("Por qué").fill("No vino una empresa")
    press(page, "Calcular", exact=True)
    page.get_by_role("link", name="Versión 2").click()
    expect(page.get_by_role("main")).to_contain_text("0 cambian de hora")
    press(page, "Publicar esta agenda")
    expect(page.get_by_role("heading", name="Avisos de cambio")).to_be_visible()
    expect_sound(page)
    after = {(m.buyer_id, m.firm_id): m.slot_id for m in Meeting.objects.exclude(firm=gone)}
    assert after == before
    assert Timetable.objects.get(state="published").number == 2
    abroad = row.parties.get(side="buyer", buyer__country="DE")
    if Notice.objects.filter(party=abroad).exists():
        phone = new_window(browser_of(page), "phone").new_page()
        phone.goto(f"{site.url}/rueda/{abroad.token}/")
        expect(phone.get_by_text("Cambió su agenda")).to_be_visible()
        press(phone, "Entendido")
        expect(phone.get_by_text("Cambió su agenda")).to_have_count(0)


def tell_how_it_went(page: Page, site: Site, row: BusinessRound, gone: Party) -> Meeting:
    one = Meeting.objects.exclude(firm=gone).exclude(state="cancelled").select_related("firm")[0]
    phone = new_window(browser_of(page), "phone").new_page()
    phone.goto(f"{site.url}/rueda/{one.firm.token}/ficha/{one.public_id}")
    phone.get_by_label("3 · muy alto").check()
    phone.get_by_label("mandar muestra").check()
    phone.get_by_label("Monto que se conversó").fill("1200")
    phone.locator("[name=currency]").select_option("USD")
    expect_sound(phone)
    press(phone, "Guardar")
    expect(phone.get_by_text("Gracias: quedó guardado.")).to_be_visible()
    deal = Deal.objects.get()
    assert deal.origin == f"round-meeting:{one.public_id}"
    page.goto(address(site, row, "fichas"))
    expect(page.get_by_text("abrió un negocio")).to_be_visible()
    expect_sound(page)
    return one


def follow_and_look(page: Page, site: Site, row: BusinessRound, one: Meeting) -> None:
    page.goto(address(site, row))
    press(page, "Dar la rueda por realizada")
    page.goto(address(site, row, "seguimiento"))
    expect(page.get_by_text("0 de 1 reuniones con negocio tienen seguimiento.")).to_be_visible()
    page.goto(address(site, row, f"seguimiento/{one.public_id}"))
    page.get_by_label("vendió y cobró").check()
    page.get_by_label("Monto").fill("300")
    page.locator("[name=currency]").select_option("USD")
    press(page, "Guardar")
    page.goto(address(site, row, "resultado"))
    main = page.get_by_role("main")
    expect(main).to_contain_text("USD 300,00")
    expect(main).to_contain_text("USD 1.200,00")
    expect(main).to_contain_text("1 de 1 reuniones con negocio tienen seguimiento.")
    expect_sound(page)
    own = page.request.get(f"{site.url}/rueda/{one.firm.token}/agenda.pdf")
    assert own.body().startswith(b"%PDF")
    assert is_phone(page) or page.get_by_role("table").first.is_visible()
    assert timezone.localdate() - row.held_on <= timedelta(days=1)
