"""A report as a Word file: real headings, tables with header rows, pictures with words for them."""

import io
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from digna.reports import drawing
from digna.reports.notes import n_of
from digna.reports.paper import (
    Block,
    Cards,
    Cell,
    Chart,
    Cited,
    Column,
    Note,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
)

if TYPE_CHECKING:
    from digna.reports.label import Label

STYLE = "Light Grid Accent 1"
WIDE = 6
"""A table of more columns than these turns its section on its side."""


def word(paper: Paper, label: "Label") -> bytes:
    """Return a report as docx, in its own language (which must be the one in use)."""
    import docx  # heavy, and only here

    document = docx.Document()
    _about(document, paper)
    document.add_heading(paper.title, 0)
    for line in (paper.subtitle, paper.period, label.standing, f"{_('Cifras al')} {paper.as_of}"):
        if line:
            document.add_paragraph(line)
    if paper.is_synthetic:
        document.add_paragraph(_("Datos sintéticos de demostración: nada de esto ocurrió."))
    for section in paper.sections:
        _section(document, section)
    _end(document, paper, label)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _about(document: Any, paper: Paper) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm

    core = document.core_properties
    core.title, core.author, core.language = paper.title, "Digna", _tag(paper)
    fonts = document.styles["Normal"].element.get_or_add_rPr()
    lang = fonts.makeelement(qn("w:lang"), {qn("w:val"): _tag(paper)})
    fonts.append(lang)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.8)


def _tag(paper: Paper) -> str:
    return "en-GB" if paper.language == "en" else "es-BO"


def _section(document: Any, section: Section) -> None:
    document.add_heading(section.title, 1)
    for block in section.blocks:
        _block(document, block)


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Paragraph):
        _paragraph(document.add_paragraph(), block.pieces)
    elif isinstance(block, Note):
        _emphasis(document.add_paragraph(), block.text)
    elif isinstance(block, Cards):
        _table(document, _as_table(block))
    elif isinstance(block, Table):
        _table(document, block)
    else:
        _chart(document, block)


def _emphasis(paragraph: Any, text: str) -> None:
    paragraph.add_run(text).italic = True


def _paragraph(paragraph: Any, pieces: tuple[Cell, ...]) -> None:
    for piece in pieces:
        if isinstance(piece, str):
            paragraph.add_run(piece)
            continue
        paragraph.add_run(piece.text).bold = True
        _reference(paragraph, piece)


def _reference(paragraph: Any, piece: Cited) -> None:
    """Write the number of a figure's definition, as a link to it at the end."""
    if not piece.note:
        return
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"def{piece.note}")
    run = paragraph.add_run(f"[{piece.note}]")
    run.font.superscript = True
    link.append(run._r)
    paragraph._p.append(link)


def _as_table(cards: Cards) -> Table:
    """Cards have no place on a page of words: they are rows."""
    rows = tuple(
        Row(one.label, (one, one.unit, n_of(one.n, one.of) or one.detail or "—"))
        for one in cards.items
    )
    columns = (
        Column(_("Cifra")), Column(_("Valor"), True), Column(_("Unidad")), Column(_("n de N")),
    )  # fmt: skip
    return Table("", columns, rows)


def _table(document: Any, table: Table) -> None:
    if table.title:
        document.add_heading(table.title, 2)
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style = STYLE
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.text = column.name
    _repeat(grid.rows[0])
    for head, rows in table.groups:
        first: Any = None
        for row in rows:
            cells = grid.add_row().cells
            for cell, column, value in zip(cells[1:], table.columns[1:], row.cells, strict=True):
                _fill(cell, column, value)
            first = first or cells[0]
        first.text = head
        if len(rows) > 1:
            first.merge(grid.rows[-1].cells[0])
    _smaller(grid, len(table.columns))
    _small(document.add_paragraph(table.note))


def _fill(cell: Any, column: Column, value: Cell) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _paragraph(cell.paragraphs[0], (value,))
    if column.is_number:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: Any) -> None:
    """Mark a row as the header: repeated on each page, and told as such to who listens."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _smaller(grid: Any, columns: int) -> None:
    from docx.shared import Pt

    size = Pt(9) if columns <= WIDE else Pt(7)
    for row in grid.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = size


def _small(paragraph: Any) -> None:
    from docx.shared import Pt

    for run in paragraph.runs:
        run.font.size = Pt(8)


def _chart(document: Any, chart: Chart) -> None:
    from docx.shared import Cm

    document.add_heading(chart.title, 2)
    picture = document.add_picture(io.BytesIO(drawing.png(chart)), width=Cm(16))
    properties = picture._inline.docPr
    properties.set("title", chart.title)
    properties.set("descr", chart.description)
    rows = tuple(Row(point.label, (point.text,)) for point in chart.points)
    columns = (Column(chart.label_name), Column(chart.value_name, True))
    _table(document, Table("", columns, rows))


def _end(document: Any, paper: Paper, label: "Label") -> None:
    document.add_heading(_("Definiciones"), 1)
    for number, one in enumerate(paper.definitions, start=1):
        paragraph = document.add_paragraph()
        _bookmark(paragraph, one.number)
        paragraph.add_run(f"[{one.number}] {one.name}. ").bold = True
        told = "; ".join(f"{name}: {value}" for name, value in one.lines)
        paragraph.add_run(f"{told}. {_('Fuente')}: {one.source}.")
        assert number == one.number  # noqa: S101 — definitions are numbered in order
    document.add_heading(_("Fuentes"), 1)
    for source in paper.sources:
        document.add_paragraph(source, style="List Bullet")
    for line in (label.url, f"sha256 {label.sha256}" if label.sha256 else ""):
        if line:
            _small(document.add_paragraph(line))


def _bookmark(paragraph: Any, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), f"def{number}")
        paragraph._p.append(mark)
