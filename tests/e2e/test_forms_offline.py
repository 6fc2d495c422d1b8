"""A form taken along: begun without signal, left, taken up where it was, sent with the signal."""

from playwright.sync_api import Page, expect
from surveys import featured, phone

import filling
from browser import Site, expect_sound
from digna.surveys.models import Submission
from filling import ask, choose, following, take_along, write
from handset import give_pin


def test_a_form_taken_along_is_begun_left_taken_up_and_sent(thumb: Page, bare_site: Site) -> None:
    form = phone.form(
        featured.one(
            featured.row("begin group", "uno", "Primero", ay="Nayriri"),
            featured.row("text", "nombre", "Nombre", required="yes", ay="Suti", en="Name"),
            featured.row("end group", ""),
            featured.row("begin group", "dos", "Segundo"),
            featured.row("select_one_from_file oficios.csv", "oficio", "¿Cuál es su oficio?",
                         choice_filter="rubro = 'madera'"),
            featured.row("end group", ""),
            featured.row("begin group", "tres", "Tercero"),
            featured.row("integer", "edad", "Edad"),
            featured.row("end group", ""),
        ),
        media=(featured.list_file(),),
    )  # fmt: skip
    url = f"{bare_site.url}/campo/formularios/{form.public_id}/"
    page = thumb
    take_along(page, url)
    context = page.context
    context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Llenar uno nuevo").click()
    filling.ready(page)
    write(page, "nombre", "Carpintería Sorata")
    following(page)
    search = ask(page, "oficio").get_by_role("searchbox")
    search.fill("oficio 1000")
    choose(page, "oficio", "Oficio 1000")
    page.get_by_role("button", name="Seguir después").click()
    expect(page.get_by_role("heading", name="Borradores")).to_be_visible()
    expect(page.get_by_text("Carpintería Sorata")).to_be_visible()
    expect_sound(page)
    page.reload()
    page.get_by_role("link", name="Seguir: Carpintería Sorata").click()
    filling.ready(page)
    expect(page.get_by_role("heading", name="Segundo")).to_be_visible()
    expect(ask(page, "oficio").get_by_label("Oficio 1000", exact=True)).to_be_checked()
    page.reload()  # the address holds which draft it is
    filling.ready(page)
    page.get_by_role("button", name="Atrás").click()
    page.get_by_label("Idioma del formulario").select_option(label="Aymara")
    expect(page.get_by_role("heading", name="Nayriri")).to_be_visible()
    expect(page.get_by_label("Suti")).to_have_value("Carpintería Sorata")
    for _part in range(3):
        following(page)
    filling.hand_in(page)
    expect(page.get_by_text("Se enviará cuando haya señal.")).to_be_visible()
    assert Submission.objects.count() == 0
    context.set_offline(False)
    page.goto(f"{bare_site.url}/campo/")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    sent = Submission.objects.get()
    assert b"<oficio>o1000</oficio>" in sent.versions.get().plain
    assert sent.source == "field"
    page.goto(url)
    expect(page.get_by_text("Carpintería Sorata")).to_be_hidden()


def test_a_draft_goes_away_only_when_it_is_said_twice(thumb: Page, bare_site: Site) -> None:
    form = phone.form(featured.one(featured.row("text", "nombre", "Nombre")))
    page = thumb
    for name in ("Primera", "Segunda"):
        filling.open_form(page, bare_site, form)
        write(page, "nombre", name)
        page.get_by_role("button", name="Seguir después").click()
    expect(page.get_by_role("link", name="Seguir")).to_have_count(2)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Borrar: Primera").click()
    expect(page.get_by_role("link", name="Seguir")).to_have_count(2)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Borrar: Primera").click()
    expect(page.get_by_role("link", name="Seguir")).to_have_count(1)


def test_under_a_pin_a_draft_is_nobody_elses(thumb: Page, bare_site: Site) -> None:
    form = phone.form(featured.one(featured.row("text", "nombre", "Nombre")))
    url = f"{bare_site.url}/campo/formularios/{form.public_id}/"
    page = thumb
    take_along(page, url)
    page.goto(f"{bare_site.url}/campo/")
    page.get_by_role("button", name="Ponga un PIN").click()
    give_pin(page)
    give_pin(page)
    expect(page.get_by_role("button", name="Bloquear ahora")).to_be_visible()
    filling.open_form(page, bare_site, form)
    write(page, "nombre", "Secreto de Sorata")
    page.get_by_role("button", name="Seguir después").click()
    expect(page.get_by_text("Secreto de Sorata")).to_be_visible()
    assert "Sorata" not in page.evaluate(KEPT)
    page.goto(f"{bare_site.url}/campo/")
    page.get_by_role("button", name="Bloquear ahora").click()
    expect(page.get_by_role("button", name="Abrir con el PIN de")).to_be_visible()
    page.goto(url)
    open_button = page.get_by_role("button", name="Abrir con mi PIN")
    expect(open_button).to_be_visible()
    expect(page.get_by_text("Secreto de Sorata")).to_be_hidden()
    open_button.click()
    give_pin(page)
    page.get_by_role("link", name="Seguir: Secreto de Sorata").click()
    filling.ready(page)
    expect(ask(page, "nombre").locator("input")).to_have_value("Secreto de Sorata")
    following(page)
    filling.hand_in(page)
    expect(page.get_by_text("Enviado y recibido.")).to_be_visible()
    assert b"Secreto de Sorata" in Submission.objects.get().versions.get().plain


KEPT = """async () => {
  const told = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => { indexedDB.open(name).onsuccess = (e) => done(e.target.result); });
    for (const store of db.objectStoreNames) {
      const rows = await new Promise((done) => { db.transaction(store).objectStore(store).getAll().onsuccess = (e) => done(e.target.result); });
      told.push(name, store, JSON.stringify(rows));
    }
    db.close();
  }
  return told.join(' ');
}"""  # noqa: E501


def test_paper_is_typed_in_by_keyboard_alone(thumb: Page, bare_site: Site) -> None:
    form = phone.form(
        featured.one(
            featured.row("text", "nombre", "Nombre", required="yes"),
            featured.row("select_one si_no", "formal", "¿Tiene NIT?"),
            featured.row("integer", "personas", "Personas"),
        )
    )
    page = thumb
    page.goto(f"{bare_site.url}/campo/formularios/{form.public_id}/papel")
    filling.ready(page)
    for number, (name, option) in enumerate((("Hoja uno", "1"), ("Hoja dos", "2")), start=1):
        expect(ask(page, "nombre").locator("input")).to_be_focused()
        expect(ask(page, "nombre").locator("input")).to_have_value("")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.keyboard.press(option)
        page.keyboard.press("Enter")
        page.keyboard.type("7")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Guardado: {name}.")).to_be_visible()
        expect(page.locator("[data-place=typed]")).to_have_text(str(number))
    page.goto(f"{bare_site.url}/campo/")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    told = [row.versions.get().plain for row in Submission.objects.order_by("id")]
    assert [b"<formal>si</formal>" in xml for xml in told] == [True, False]
    assert set(Submission.objects.values_list("source", flat=True)) == {"paper"}


def test_a_hostile_form_does_nothing(thumb: Page, bare_site: Site) -> None:
    evil = (
        "<script>window.hurt=1</script><img src=x onerror='window.hurt=1'> "
        "[aquí](javascript:alert(1))"
    )
    form = phone.form(
        featured.one(
            featured.row("text", "nombre", f"Nombre {evil}", hint=evil),
            featured.row("calculate", "eco", calculation="concat('<b onclick=x>', ${nombre})"),
            featured.row("note", "nota", "Dijo: ${nombre} ${eco}"),
        )
    )
    page = thumb
    filling.open_form(page, bare_site, form)
    write(page, "nombre", "<img src=x onerror='window.hurt=1'>")
    expect(page.get_by_text("Dijo:")).to_be_visible()
    assert page.evaluate("() => window.hurt") is None
    assert page.locator(".ask-form script, .ask-form a, .ask-form img").count() == 0
