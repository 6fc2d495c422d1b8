"""A fact sheet from its opening to the portal: texts, citations, entries, versions, a firm."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import cast
import make
import market_world as worlds
from digna.errors import NotAllowed, Refused
from digna.markets import citations, documents, firm_pages, sheet_pages
from digna.markets.models import Entry, Sheet, SheetVersion
from digna.markets.selectors import sheets as selectors
from digna.markets.selectors import suggestions
from digna.markets.services import data, sheets, versions
from digna.pathways.services import exporting
from digna.programmes.services import kits

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet() -> Sheet:
    made = sheets.open_sheet(
        actor=make.actor(), programme=worlds.programme(), reading=worlds.stored(), title="Quinua"
    )
    return sheets.write_text(
        actor=make.actor(), sheet=made, part="summary",
        es="Alemania compra [[DEU importa]] y el mundo [[mundo importa]].",
    )  # fmt: skip


def sent(sheet: Sheet, who: Any = None) -> SheetVersion:
    return versions.send(actor=make.actor(who), sheet=sheet)


def test_a_new_sheet_shows_the_markets_recommended(sheet: Sheet) -> None:
    assert sheet.reading is not None
    assert sheet.reading.record is not None
    told = [row["market"] for row in sheet.reading.record["recommended"]]
    assert sheet.markets == told
    assert len(told) >= 3


def test_a_citation_is_written_as_its_number_and_leads_to_it(sheet: Sheet) -> None:
    record = sheet.reading.record  # type: ignore[union-attr]
    found = citations.pieces(sheet.texts["summary"]["es"], record)
    assert [one.path for one in found if one.path] == ["markets.DEU.value", "world.value"]
    assert "[[" not in citations.plain(sheet.texts["summary"]["es"], record)


@pytest.mark.parametrize("wrong", ["[[DEU precios]]", "[[XXX importa]]", "[[importa]]", "[[]]"])
def test_a_citation_of_nothing_is_refused_by_name(sheet: Sheet, wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        sheets.write_text(actor=make.actor(), sheet=sheet, part="prices", es=f"Vale {wrong}.")
    assert refused.value.code == "markets.text.citation"
    assert wrong in str(refused.value.message)
    sheet.refresh_from_db()
    assert "prices" not in sheet.texts


def test_every_citation_on_offer_can_be_written(sheet: Sheet) -> None:
    record = sheet.reading.record  # type: ignore[union-attr]
    tokens = [
        one.token for _who, found in citations.offers(record, tuple(sheet.markets)) for one in found
    ]
    assert len(tokens) > 30
    assert citations.unknown(" ".join(tokens), record) == ()


def test_a_text_that_does_not_fit_is_refused(sheet: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        sheets.write_text(actor=make.actor(), sheet=sheet, part="advice", es="x" * 501)
    assert refused.value.code == "markets.text.long"


def test_seven_markets_or_a_strange_one_are_refused(sheet: Sheet) -> None:
    for markets, code in (
        (list("ABCDEFG"), "markets.sheet.markets_many"),
        (["ATA"], "markets.sheet.market_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            sheets.change_sheet(actor=make.actor(), sheet=sheet, markets=markets)
        assert refused.value.code == code


def test_what_the_kit_knows_is_offered_once_with_its_source(sheet: Sheet) -> None:
    for code in ("bolivia", "formal", "export", "fichas"):
        kits.install_kit(actor=make.actor(), kit=make.kit(code))
    offered = suggestions.suggestions(sheet)
    codes = {one.code for one in offered}
    assert {"quinoa-codex:", "eu-gsp-plus:EU", "usa-facility:USA"} <= codes
    assert not any(code.startswith("eu-deforestation-coffee") for code in codes), "not of quinoa"
    one = next(one for one in offered if one.code == "quinoa-codex:")
    made = sheets.add_entry(actor=make.actor(), sheet=sheet, kind=one.kind, **one.values)
    assert made.source.startswith("Norma del Codex")
    assert made.step == "grain_quality"
    assert "quinoa-codex:" not in {row.code for row in suggestions.suggestions(sheet)}
    assert documents.document(sheet)["steps"]["grain_quality"]["es"]


def test_an_entry_that_ends_before_it_begins_is_refused(sheet: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        sheets.add_entry(
            actor=make.actor(), sheet=sheet, kind=Entry.Kind.FAIR, title="Feria", source="web",
            checked_on=date(2026, 1, 1), on=date(2026, 2, 3), until=date(2026, 2, 1),
        )  # fmt: skip
    assert refused.value.code == "markets.entry.days"


def test_a_version_keeps_what_was_sent_whatever_changes_after(sheet: Sheet) -> None:
    version = sent(sheet)
    sheets.write_text(actor=make.actor(), sheet=sheet, part="advice", es="Otra cosa.")
    version.refresh_from_db()
    assert "advice" not in version.document["texts"]
    assert documents.hash_of(version.document) == version.sha256


def test_the_same_sheet_is_not_sent_twice_nor_while_one_waits(sheet: Sheet) -> None:
    version = sent(sheet)
    with pytest.raises(Refused) as refused:
        sent(sheet)
    assert refused.value.code == "markets.version.waiting"
    versions.return_(actor=make.actor(), version=version, judgement="Falta el precio.")
    with pytest.raises(Refused) as refused:
        sent(sheet)
    assert refused.value.code == "markets.version.same"


def test_a_sheet_without_summary_is_not_sent(sheet: Sheet) -> None:
    sheets.write_text(actor=make.actor(), sheet=sheet, part="summary", es="")
    with pytest.raises(Refused) as refused:
        sent(sheet)
    assert refused.value.code == "markets.version.no_summary"


def test_who_sent_does_not_approve(sheet: Sheet) -> None:
    everybody = cast.cast()
    version = sent(sheet, everybody.lead)
    with pytest.raises(NotAllowed):
        versions.approve(actor=make.actor(everybody.lead), version=version)
    assert versions.approve(actor=make.actor(everybody.mel), version=version).state == "approved"


def test_a_version_altered_behind_the_back_is_not_approved(sheet: Sheet) -> None:
    version = sent(sheet)
    SheetVersion.objects.filter(pk=version.pk).update(document=version.document | {"product": "1"})
    version.refresh_from_db()
    with pytest.raises(Refused) as refused:
        versions.approve(actor=make.actor(), version=version)
    assert refused.value.code == "markets.version.altered"


def test_only_what_is_approved_is_published_and_withdrawing_says_why(sheet: Sheet) -> None:
    version = sent(sheet)
    with pytest.raises(Refused) as refused:
        versions.publish(actor=make.actor(), version=version)
    assert refused.value.code == "markets.version.not_approved"
    versions.approve(actor=make.actor(), version=version)
    versions.publish(actor=make.actor(), version=version)
    assert [card.version.pk for card in selectors.public_cards("quinua")] == [version.pk]
    with pytest.raises(Refused):
        versions.withdraw(actor=make.actor(), version=version, because=" ")
    versions.withdraw(actor=make.actor(), version=version, because="Datos corregidos.")
    assert selectors.public_cards() == []


def test_what_changed_between_versions_is_told(sheet: Sheet) -> None:
    versions.return_(actor=make.actor(), version=sent(sheet), judgement="Corrija.")
    sheets.write_text(actor=make.actor(), sheet=sheet, part="advice", es="Busque un comprador.")
    sheets.change_sheet(actor=make.actor(), sheet=sheet, markets=["USA"])
    told = selectors.changes(sent(sheet))
    assert any("Qué hacer primero" in one for one in told)
    assert any("Estados Unidos" in one for one in told)


def test_newer_numbers_are_offered_and_taken(sheet: Sheet) -> None:
    assert selectors.newer_reading(sheet) is None
    newer = worlds.stored(worlds.known_release(key="baci-hs17-202601", name="BACI 202601"))
    assert selectors.newer_reading(sheet) == newer
    sheets.take_reading(actor=make.actor(), sheet=sheet, reading=newer)
    assert sheet.reading == newer


def test_numbers_of_another_product_are_refused(sheet: Sheet) -> None:
    other = worlds.stored(worlds.known_release(key="other"))
    other.product = "090111"
    with pytest.raises(Refused) as refused:
        sheets.take_reading(actor=make.actor(), sheet=sheet, reading=other)
    assert refused.value.code == "markets.reading.other"


def test_a_paper_tells_conflicts_without_choosing(sheet: Sheet) -> None:
    for amount, source in ((25355000, "cuadro"), (35062000, "texto")):
        data.add_figure(
            actor=make.actor(), product="100850", exporter="BOL", year=2020, measure="quantity",
            amount=Decimal(amount), source=source,
        )  # fmt: skip
    told = sheet_pages.paper(documents.document(sheet))
    (one,) = told.conflicts
    assert [who for who, _what, _url in one.says][1:] == ["cuadro", "texto"]
    assert len({what for _who, what, _url in one.says}) == 3


def test_a_firm_gets_three_markets_with_reasons_and_its_own_price(sheet: Sheet) -> None:
    version = versions.approve(actor=make.actor(), version=sent(sheet))
    firm = make.enterprise("Granos Andinos")
    page = firm_pages.page(version, firm)
    assert len(page.markets) == 3
    assert all(one.reasons for one in page.markets)
    exporting.write_plan(
        actor=make.actor(), enterprise=firm, product="Quinua", hs_code="1008.50.90.00", unit="kg",
        price=Decimal("3.10"),
    )  # fmt: skip
    assert "3,10" in firm_pages.page(version, firm).price_words
    assert selectors.cards_for(firm)[0].is_own
