"""One page object, four forms: each opened with the program its readers use."""

import io
import re
from decimal import Decimal
from html.parser import HTMLParser

import docx
import openpyxl
import pypdfium2
import pytest
from django.utils import translation
from pypdfium2 import raw
from tests.digna.reports import made

from digna.reports import delivering, drawing, keeping, making, paper
from digna.reports.label import Label, draft
from digna.reports.models import Rendering
from digna.reports.paper import Chart, Paper, Point

pytestmark = pytest.mark.django_db
VOID = {"meta", "link", "img", "br", "hr", "input", "rect", "line", "path"}


@pytest.fixture
def found() -> Paper:
    return making.paper_of(made.report("logframe", programme=made.trained()), "es-bo")


def label() -> Label:
    with translation.override("es-bo"):
        return draft("https://digna.example/informes/1")


def test_a_page_object_reads_back_the_same_and_its_hash_holds(found: Paper) -> None:
    kept = keeping.written(found)
    assert keeping.paper_of(kept) == found
    assert keeping.hash_of(kept) == keeping.hash_of(keeping.written(keeping.paper_of(kept)))


def test_a_workbook_holds_numbers_as_numbers_equal_to_the_figures(found: Paper) -> None:
    content, _type = delivering.made(found, "xlsx", label())
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {"Informe", "Cifras", "Definiciones", "Fuentes"} <= set(book.sheetnames)
    assert len(book.sheetnames) == 4 + len(list(paper.tables(found)))
    rows = list(book["Cifras"].values)
    expected = {one.key: one for _section, one in paper.cited(found)}
    assert len(rows) == 1 + len(expected)
    for row in rows[1:]:
        one = expected[f"{row[2]}|{row[3]}"]
        shown = one.value / 100 if one.unit == "%" and one.value is not None else one.value
        if shown is None:
            assert row[4] == one.text
        else:
            assert Decimal(repr(row[4])) == pytest.approx(shown, rel=Decimal("1e-12"))
    total = next(row for row in rows if row[2] == "constituents_trained_women")
    assert (total[6], total[7]) == (158, 263)


def test_a_word_file_has_headings_header_rows_and_words_for_pictures() -> None:
    programme = made.trained()
    found = making.paper_of(made.report("statement", programme=programme), "en")
    content, _type = delivering.made(found, "docx", label())
    document = docx.Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [*(one.title for one in found.sections), "Definitions", "Sources"]
    assert document.core_properties.title == found.title
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    pictures = [shape._inline.docPr for shape in document.inline_shapes]
    charts = [b for s in found.sections for b in s.blocks if isinstance(b, Chart)]
    assert [picture.get("descr") for picture in pictures] == [one.description for one in charts]
    text = "\n".join(p.text for p in document.paragraphs)
    assert "158 de 263" not in text
    assert "158 of 263 (60 %)" in text


def test_a_pdf_is_tagged_titled_and_says_what_the_page_says(found: Paper) -> None:
    content = delivering.drawn(
        {"paper": keeping.written(found), "label": {"standing": "Borrador", "url": ""}}
    )
    document = pypdfium2.PdfDocument(content)
    assert raw.FPDFCatalog_IsTagged(document)
    assert raw.FPDF_StructTree_CountChildren(raw.FPDF_StructTree_GetForPage(document[0])) > 0
    assert document.get_metadata_value("Title").startswith("Marco lógico")
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Representantes capacitados" in text
    assert "158 de 263 (60 %)" in text
    width, height = document[0].get_size()
    assert round(width) == 842  # A4 on its side: a logframe is wide
    assert round(height) == 595


def test_a_pdf_is_drawn_once_and_found_by_what_it_says(found: Paper) -> None:
    first = delivering.rendering(found, label())
    again = delivering.rendering(found, label())
    assert first.state == Rendering.State.DONE  # tasks run at once in tests
    assert again.pk == first.pk
    assert first.paper is None
    other = delivering.rendering(found, Label("otra cosa"))
    assert other.pk != first.pk


class Tags(HTMLParser):
    """Every tag that opens closes, every id is there once, every anchor leads somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if str(told.get("href", "")).startswith("#"):
            self.anchors.append(str(told["href"])[1:])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself leaves nothing open."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", ["logframe", "statement"])
def test_the_offline_page_is_sound_and_asks_for_nothing(kind: str) -> None:
    found = making.paper_of(made.report(kind, programme=made.trained()), "es-bo")
    content, _type = delivering.made(found, "html", label())
    html = content.decode()
    tags = Tags()
    tags.feed(re.sub(r"<!DOCTYPE[^>]*>", "", html))
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))
    assert set(tags.anchors) <= set(tags.ids)
    assert not re.search(r'(?:src|href)="(?!#|data:)', html)
    assert '<html lang="es">' in html


def test_a_chart_starts_at_zero_escapes_its_words_and_is_told_in_words() -> None:
    chart = Chart(
        "A & B", "sube <mucho>", "Qué", "Cuánto",
        (Point("más", Decimal(3), "+3"), Point("menos", Decimal(-1), "−1"),
         Point("nadie sabe", None, "sin dato")),
    )  # fmt: skip
    drawn = drawing.svg(chart, "uno")
    assert "A &amp; B" in drawn
    assert "<mucho>" not in drawn
    assert 'aria-labelledby="uno-title uno-about"' in drawn
    assert drawn.count("<rect") == 2  # what is missing has no bar
    places = drawing.layout(chart)
    assert places.bars[0].x == places.zero
    assert places.bars[1].x + places.bars[1].width == pytest.approx(places.zero)
    assert drawing.png(chart).startswith(b"\x89PNG")
