"""Screens of market intelligence: who enters, what is typed and kept, papers that leave."""

import io
import json
import uuid
from datetime import date
from typing import Any

import docx
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

import cast
import make
import market_world as worlds
from cast import client_of
from digna.markets.models import Bringing, Entry, PublishedFigure, Reading, Sheet, SheetVersion
from digna.markets.services import data, sheets, versions
from digna.registry.models import Enterprise
from digna.registry.models.people import Affiliation
from digna.registry.services import organisations, people
from digna_engines.trade.explaining import number_paths

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.cast()


@pytest.fixture
def reading() -> Reading:
    return worlds.stored()


@pytest.fixture
def sheet(reading: Reading, everybody: cast.Cast) -> Sheet:
    made = sheets.open_sheet(
        actor=make.actor(everybody.lead), programme=worlds.programme(), reading=reading,
        title="Quinua real",
    )  # fmt: skip
    sheets.write_text(
        actor=make.actor(everybody.lead), sheet=made, part="summary",
        es="Alemania compra [[DEU importa]].", en="Germany buys [[DEU importa]].",
    )  # fmt: skip
    return made


def approved(sheet: Sheet, everybody: cast.Cast) -> SheetVersion:
    version = versions.send(actor=make.actor(everybody.lead), sheet=sheet)
    return versions.approve(actor=make.actor(everybody.mel), version=version)


def owned(everybody: cast.Cast) -> Enterprise:
    partner = organisations.register_organisation(
        actor=make.actor(), name="CAINCO", code=cast.PARTNER, is_partner=True
    )
    firm = make.enterprise("Granos del Altiplano", partner=partner)
    owner = make.person("Olga")
    people.correct_person(actor=make.actor(), person=owner, account=everybody.owner)
    people.affiliate(actor=make.actor(), person=owner, enterprise=firm, role=Affiliation.Role.OWNER)
    return firm


OF_PRODUCT = ["BOL", "100850"]


def pages(sheet: Sheet) -> dict[str, str]:
    key = [sheet.public_id]
    named: dict[str, list[Any]] = {
        "sheets": [], "find": [], "data": [], "product": OF_PRODUCT, "compare": OF_PRODUCT,
        "market": [*OF_PRODUCT, "DEU"], "sheet": key, "texts": key, "entries": key, "versions": key,
    }  # fmt: skip
    return {name: reverse(f"markets:{name}", args=args) for name, args in named.items()}


WRITING = {
    "bring": [], "change_sheet": ["key"], "choose_markets": ["key"],
    "write_text": ["key", "prices"],
    "add_entry": ["key", "fair"], "add_figure": OF_PRODUCT,
}  # fmt: skip
INSIDE = {"lead", "mel", "coordinator", "other_coordinator", "trainer", "auditor"}


def test_who_may_read_reads_and_the_stranger_is_asked_who_they_are(
    sheet: Sheet, everybody: cast.Cast
) -> None:
    for name, user in everybody.everybody():
        for page, url in pages(sheet).items():
            status = client_of(user).get(url).status_code
            wanted = 200 if name in INSIDE else 302 if user is None else 403
            assert status == wanted, (name, page)


def test_only_lead_and_analyst_write(sheet: Sheet, everybody: cast.Cast) -> None:
    analyst = make.user("Ana Analista", role="analyst")
    for page, args in WRITING.items():
        url = reverse(
            f"markets:{page}", args=[sheet.public_id if one == "key" else one for one in args]
        )
        assert client_of(everybody.lead).get(url).status_code == 200, page
        assert client_of(analyst).get(url).status_code == 200, page
        assert client_of(everybody.mel).get(url).status_code == 403, page
        assert client_of(None).get(url).status_code == 302, page


def test_a_partners_sheet_is_not_anothers(sheet: Sheet, everybody: cast.Cast) -> None:
    partner = organisations.register_organisation(
        actor=make.actor(), name="CAINCO", code=cast.PARTNER, is_partner=True
    )
    sheets.change_sheet(actor=make.actor(), sheet=sheet, partner=partner)
    url = reverse("markets:sheet", args=[sheet.public_id])
    assert client_of(everybody.coordinator).get(url).status_code == 200
    assert client_of(everybody.other_coordinator).get(url).status_code == 404


def test_the_product_page_says_who_buys_and_how_much_is_left(
    reading: Reading, everybody: cast.Cast
) -> None:
    page = client_of(everybody.mel).get(reverse("markets:product", args=OF_PRODUCT))
    text = page.content.decode()
    for word in ("Alemania", "Potencial sin usar", "Por dónde empezar", "no es un tope"):
        assert word in text


def test_opening_a_product_asks_for_its_numbers_once(everybody: cast.Cast) -> None:
    worlds.known_release()
    client = client_of(everybody.mel)
    for _ in range(2):
        assert client.get(reverse("markets:product", args=OF_PRODUCT)).status_code == 200
    assert Reading.objects.count() == 1


def test_without_data_the_page_says_where_to_get_them(everybody: cast.Cast) -> None:
    text = client_of(everybody.lead).get(reverse("markets:sheets")).content.decode()
    assert "Traer datos" in text


def test_the_readers_weights_reorder_the_score_and_store_nothing(
    reading: Reading, everybody: cast.Cast
) -> None:
    url = reverse("markets:product", args=OF_PRODUCT)
    page = client_of(everybody.mel).get(f"{url}?peso_growth=100&peso_nada=3&orden=puntaje")
    weights = page.context["page"].weights
    assert [(key, value) for key, _name, value in weights] == [("growth", 1.0)]
    reading.refresh_from_db()
    assert len((reading.record or {})["weights"]) > 3


def test_every_number_of_a_reading_explains_itself(reading: Reading, everybody: cast.Cast) -> None:
    """All paths, in both languages, through the page: none may fail."""
    client = client_of(everybody.auditor)
    url = reverse("markets:figure", args=OF_PRODUCT)
    paths = list(number_paths(reading.record or {}))
    assert len(paths) > 200
    for path in paths[:: max(len(paths) // 60, 1)]:
        page = client.get(f"{url}?de={path}")
        assert page.status_code == 200, path
    assert client.get(f"{url}?de=markets.XXX.value").status_code == 404
    assert client.get(f"{url}?de=").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_table_leaves(reading: Reading, everybody: cast.Cast, form: str) -> None:
    reply = client_of(everybody.mel).get(reverse("markets:export", args=[*OF_PRODUCT, form]))
    assert reply.status_code == 200
    assert "attachment" in reply["Content-Disposition"]
    if form == "csv":
        lines = reply.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + len((reading.record or {})["markets"])
    if form == "json":
        assert json.loads(reply.content) == reading.record


def test_an_earlier_reading_is_still_there(reading: Reading, everybody: cast.Cast) -> None:
    newer = worlds.stored(reading.release)
    client = client_of(everybody.mel)
    url = reverse("markets:product", args=OF_PRODUCT)
    assert client.get(url).context["reading"] == newer
    page = client.get(f"{url}?lectura={reading.public_id}")
    assert page.context["reading"] == reading
    assert "Lecturas anteriores" in page.content.decode()


def test_fairs_go_to_a_calendar(sheet: Sheet, everybody: cast.Cast) -> None:
    day = {"source": "web", "checked_on": date(2026, 11, 1)}
    sheets.add_entry(
        actor=make.actor(), sheet=sheet, kind=Entry.Kind.FAIR, title="BIOFACH", place="Núremberg",
        on=date(2027, 2, 16), until=date(2027, 2, 19), **day,
    )  # fmt: skip
    sheets.add_entry(
        actor=make.actor(), sheet=sheet, kind=Entry.Kind.FAIR, title="Sin fecha", place="x", **day
    )
    url = reverse("markets:paper", args=[sheet.public_id, "ics"])
    (event,) = Calendar.from_ical(client_of(everybody.mel).get(url).content).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 2, 16), date(2027, 2, 20))
    assert "calendario" in client_of(everybody.mel).get(sheet.get_absolute_url()).content.decode()


def test_a_sheet_is_opened_from_a_reading_and_written(
    reading: Reading, everybody: cast.Cast
) -> None:
    programme = worlds.programme()
    client = client_of(everybody.lead)
    url = f"{reverse('markets:open_sheet')}?lectura={reading.public_id}"
    assert client.get(url).status_code == 200
    client.post(url, {"programme": programme.pk, "title": "Quinua"})
    made = Sheet.objects.get()
    text = reverse("markets:write_text", args=[made.public_id, "summary"])
    page = client.post(text, {"es": "Compra [[DEU nada]]", "en": ""})
    assert page.status_code == 422
    assert "[[DEU nada]]" in page.content.decode(), "what was typed is still there"
    assert client.post(text, {"es": "Compra [[DEU importa]]", "en": ""}).status_code == 302
    body = client.get(made.get_absolute_url()).content.decode()
    assert "de=markets.DEU.value" in body


@pytest.mark.parametrize("kind", list(Entry.Kind))
def test_every_kind_of_entry_is_added_and_corrected(
    sheet: Sheet, everybody: cast.Cast, kind: str
) -> None:
    client = client_of(everybody.lead)
    url = reverse("markets:add_entry", args=[sheet.public_id, kind])
    typed = {
        "title": "Algo", "source": "Una norma", "checked_on": "2026-11-01", "certainty": "medium",
        "currency": "USD", "unit": "kg", "place": "Núremberg", "amount": "3,20",
    }  # fmt: skip
    assert client.post(url, {"title": "Algo"}).status_code == 422
    assert client.post(url, typed).status_code == 302
    entry = Entry.objects.get(kind=kind)
    again = reverse("markets:change_entry", args=[entry.public_id])
    assert client.get(again).status_code == 200
    assert client.post(again, typed | {"title": "Otro"}).status_code == 302
    entry.refresh_from_db()
    assert entry.title == "Otro"
    assert "Otro" in client.get(sheet.get_absolute_url()).content.decode()
    client.post(reverse("markets:remove_entry", args=[entry.public_id]))
    assert not Entry.objects.filter(pk=entry.pk).exists()


def test_a_version_goes_from_hand_to_hand_on_screen(sheet: Sheet, everybody: cast.Cast) -> None:
    lead, other = client_of(everybody.lead), client_of(make.user("Otra Jefa", role="lead"))
    lead.post(reverse("markets:send", args=[sheet.public_id]), {"note": "Primera"})
    version = SheetVersion.objects.get()
    page = reverse("markets:version", args=[version.public_id])
    assert "La envió usted" in lead.get(page).content.decode()
    lead.post(reverse("markets:approve", args=[version.public_id]), {})
    version.refresh_from_db()
    assert version.state == SheetVersion.State.SENT, "nobody approves their own"
    other.post(reverse("markets:send_back", args=[version.public_id]), {"judgement": ""})
    version.refresh_from_db()
    assert version.state == SheetVersion.State.SENT, "sending back needs a reason"
    other.post(reverse("markets:approve", args=[version.public_id]), {"judgement": "Bien"})
    other.post(reverse("markets:publish", args=[version.public_id]), {})
    public = reverse("markets:public_sheet", args=[sheet.public_id])
    assert client_of(None).get(public).status_code == 200
    assert "Quinua real" in client_of(None).get(reverse("markets:public_sheets")).content.decode()
    other.post(reverse("markets:withdraw", args=[version.public_id]), {"because": "Se corrige"})
    gone = client_of(None).get(public)
    assert gone.status_code == 404
    assert "Se corrige" in gone.content.decode()


def test_only_who_may_approve_approves(sheet: Sheet, everybody: cast.Cast) -> None:
    version = versions.send(actor=make.actor(everybody.lead), sheet=sheet)
    for user in (everybody.mel, everybody.coordinator, everybody.auditor):
        url = reverse("markets:approve", args=[version.public_id])
        assert client_of(user).post(url, {}).status_code == 403


def test_a_sheet_is_two_pages_in_both_languages(sheet: Sheet, everybody: cast.Cast) -> None:
    version = approved(sheet, everybody)
    for language, word in (("es", "Los mercados, lado a lado"), ("en", "side by side")):
        url = reverse("markets:version_paper", args=[version.public_id, "pdf"])
        reply = client_of(everybody.mel).get(f"{url}?idioma={language}")
        assert reply["Content-Type"] == "application/pdf"
        paper = pypdfium2.PdfDocument(reply.content)
        text = "".join(page.get_textpage().get_text_range() for page in paper)
        assert len(paper) == 2
        assert word in text


def test_the_word_file_has_headings_tables_and_the_numbers(
    sheet: Sheet, everybody: cast.Cast
) -> None:
    reply = client_of(everybody.mel).get(reverse("markets:paper", args=[sheet.public_id, "docx"]))
    document = docx.Document(io.BytesIO(reply.content))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "Borrador" in text
    assert "Alemania" in "".join(c.text for t in document.tables for r in t.rows for c in r.cells)


def test_the_html_file_asks_the_network_for_nothing(sheet: Sheet, everybody: cast.Cast) -> None:
    reply = client_of(everybody.mel).get(reverse("markets:paper", args=[sheet.public_id, "html"]))
    text = reply.content.decode()
    assert "<style>" in text
    assert 'name="viewport"' in text
    for asks in ("<script", "<link", "src=", "url(", "@import"):
        assert asks not in text


def test_a_firm_reads_its_own_page_and_nobody_elses(sheet: Sheet, everybody: cast.Cast) -> None:
    approved(sheet, everybody)
    own, other = owned(everybody), make.enterprise("Otra empresa")
    client = client_of(everybody.owner)
    page = client.get(reverse("markets:firm_sheet", args=[own.public_id, sheet.public_id]))
    assert page.status_code == 200
    assert page.content.decode().count("Falta vender") >= 3
    assert client.get(reverse("markets:firm", args=[own.public_id])).status_code == 200
    url = reverse("markets:firm_sheet", args=[other.public_id, sheet.public_id])
    assert client.get(url).status_code == 404
    told = client.get(reverse("registry:enterprise", args=[own.public_id])).content.decode()
    assert reverse("markets:firm", args=[own.public_id]) in told


def test_a_firms_paper_is_one_page(sheet: Sheet, everybody: cast.Cast) -> None:
    approved(sheet, everybody)
    firm = owned(everybody)
    url = reverse("markets:firm_paper", args=[firm.public_id, sheet.public_id, "pdf"])
    paper = pypdfium2.PdfDocument(client_of(everybody.owner).get(url).content)
    assert len(paper) == 1
    text = paper[0].get_textpage().get_text_range()
    assert "Granos del Altiplano" in text


def test_an_unapproved_sheet_is_no_firms(sheet: Sheet, everybody: cast.Cast) -> None:
    url = reverse("markets:firm_sheet", args=[owned(everybody).public_id, sheet.public_id])
    assert client_of(everybody.owner).get(url).status_code == 404


def test_figures_of_others_are_noted_and_taken_back(reading: Reading, everybody: cast.Cast) -> None:
    client = client_of(everybody.lead)
    typed = {"year": "2020", "measure": "value", "amount": "46500000", "source": "IBCE"}
    assert client.post(reverse("markets:add_figure", args=OF_PRODUCT), typed).status_code == 302
    row = PublishedFigure.objects.get()
    assert "IBCE" in client.get(reverse("markets:product", args=OF_PRODUCT)).content.decode()
    twice = client.post(reverse("markets:add_figure", args=OF_PRODUCT), typed)
    assert twice.status_code == 422
    client.post(reverse("markets:remove_figure", args=[row.pk]))
    assert not PublishedFigure.objects.exists()


def test_a_file_is_brought_on_screen_and_its_report_shown(
    everybody: cast.Cast, tmp_path: Any, settings: Any
) -> None:
    settings.HOME = tmp_path / "home"
    path = worlds.baci(tmp_path)
    client = client_of(everybody.lead)
    file = SimpleUploadedFile(path.name, path.read_bytes())
    reply = client.post(reverse("markets:bring"), {"file": file}, follow=True)
    assert Bringing.objects.get().state == Bringing.State.DONE
    text = reply.content.decode()
    assert "BACI 202501" in text
    assert "Sin cantidad" in text
    assert "BACI 202501" in client.get(reverse("markets:data")).content.decode()
    release = Bringing.objects.get().release
    assert release is not None
    client.post(reverse("markets:retire", args=[release.key]))
    release.refresh_from_db()
    assert release.retired_at is not None


def test_a_refused_file_says_where_and_offers_another(
    everybody: cast.Cast, tmp_path: Any, settings: Any
) -> None:
    settings.HOME = tmp_path / "home"
    path = worlds.baci(tmp_path, y2020="t,i,j,k,v,q\n2020,68,842,100850,doce,1\n")
    file = SimpleUploadedFile(path.name, path.read_bytes())
    client = client_of(everybody.lead)
    text = client.post(reverse("markets:bring"), {"file": file}, follow=True).content.decode()
    assert "doce" in text
    assert reverse("markets:bring") in text


def test_common_words_find_the_product_and_digits_go_straight(
    reading: Reading, everybody: cast.Cast
) -> None:
    client = client_of(everybody.mel)
    assert client.get(reverse("markets:find"), {"q": "1008.50"}).status_code == 302
    found = client.get(reverse("markets:find"), {"q": "café oro"}).context["found"]
    assert found[0].code == "090111"
    text = client.get(reverse("markets:find"), {"q": "zzzz"}).content.decode()
    assert "Ningún producto" in text


def test_english_is_whole_on_the_paper(sheet: Sheet, everybody: cast.Cast) -> None:
    from digna.markets import documents, sheet_pages

    with translation.override("en"):
        told = sheet_pages.paper(documents.document(sheet))
        assert told.parts["summary"].text.startswith("Germany buys USD")
        assert not told.parts["summary"].is_other
        assert any("ceiling" in one for one in told.caveats)


def test_an_address_of_nothing_is_not_found(everybody: cast.Cast) -> None:
    for name in ("sheet", "version", "public_sheet"):
        url = reverse(f"markets:{name}", args=[uuid.uuid4()])
        assert client_of(everybody.lead).get(url).status_code == 404
    url = reverse("markets:open_sheet")
    assert client_of(everybody.lead).get(f"{url}?lectura=x").status_code == 404


def test_lists_cost_the_same_at_ten_and_twenty_rows(
    reading: Reading, everybody: cast.Cast, django_assert_max_num_queries: Any
) -> None:
    programme = worlds.programme()
    counts = []
    for more in (10, 10):
        for at in range(more):
            sheets.open_sheet(
                actor=make.actor(), programme=programme, reading=reading, title=f"F{at}"
            )
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client = client_of(everybody.mel)
        client.get(reverse("markets:sheets"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("markets:sheets"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 25


def test_data_are_registered_once(everybody: cast.Cast) -> None:
    first, second = worlds.known_release(), worlds.known_release()
    assert first == second
    data.retire_release(actor=make.actor(), release=first)
    again = worlds.known_release()
    assert again.retired_at is None
