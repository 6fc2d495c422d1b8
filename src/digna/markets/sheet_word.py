"""A fact sheet as a Word file, with real headings and tables, to be worked on."""

import io
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from digna.markets.models import Entry
from digna.markets.parts import PARTS
from digna.markets.sheet_pages import Paper
from digna.web import days

if TYPE_CHECKING:
    from digna.markets.delivering import Label


def word(paper: Paper, label: "Label") -> bytes:
    """Return a sheet as docx: the same parts as its paper, in the language in use."""
    import docx  # heavy, and only here

    document = docx.Document()
    document.core_properties.title = paper.title
    document.core_properties.author = "Digna"
    document.add_heading(paper.title, 0)
    document.add_paragraph(
        f"{paper.product.dotted} · {paper.product.name} · {paper.exporter} · {paper.years}"
    )
    for line in standing(label):
        document.add_paragraph(line)
    if paper.is_synthetic:
        document.add_paragraph(_("Datos sintéticos de demostración: nada de esto ocurrió."))
    _numbers(document, paper)
    _words(document, paper)
    _known(document, paper)
    _small_print(document, paper)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def standing(label: "Label") -> list[str]:
    """Say whether a paper is a draft, or which version it is and who approved it."""
    if label.number is None:
        return [_("Borrador: nadie lo aprobó todavía.")] if label.is_draft else []
    if label.approved_on is None:
        return [_("Versión %(n)s, todavía sin aprobar.") % {"n": label.number}]
    return [
        _("Versión %(n)s, aprobada el %(on)s por %(who)s.")
        % {"n": label.number, "on": days.day(label.approved_on), "who": label.approved_by or "—"}
    ]


def _numbers(document: Any, paper: Paper) -> None:
    document.add_heading(_("En pocas cifras"), 2)
    _grid(document, [(one.name, one.text, one.note) for one in paper.headlines])
    if paper.columns:
        document.add_heading(_("Los mercados, lado a lado"), 2)
        header = ("", *(column.name for column in paper.columns))
        rows = [
            (name, *(column.cells[at][0] for column in paper.columns))
            for at, name in enumerate(paper.rows)
        ]
        _grid(document, [header, *rows])
    document.add_heading(_("Quién vende hoy"), 2)
    head = (_("País"), _("Vende"), _("Parte del mundo"), _("Precio"))
    _grid(document, [head, *paper.suppliers])
    for one in paper.advice:
        document.add_heading(_("Por qué %(market)s") % {"market": one.name}, 3)
        for reason in (*one.reasons, *one.cautions):
            document.add_paragraph(reason, style="List Bullet")


def _words(document: Any, paper: Paper) -> None:
    for code, part in PARTS.items():
        if code in paper.parts:
            document.add_heading(str(part.name), 2)
            document.add_paragraph(paper.parts[code].text)


def _known(document: Any, paper: Paper) -> None:
    for kind in Entry.Kind.values:
        lines = paper.lines[kind]
        if not lines:
            continue
        document.add_heading(str(Entry.Kind(kind).label).capitalize(), 2)
        for line in lines:
            words = [f"{line.title}" + (f" ({line.market})" if line.market else ""), line.text]
            words += [line.detail, line.url, f"{line.source}, {line.checked_on}", line.certainty]
            document.add_paragraph(". ".join(w for w in words if w), style="List Bullet")


def _small_print(document: Any, paper: Paper) -> None:
    document.add_heading(_("Lo que hay que saber de estos números"), 2)
    for line in (*paper.caveats, *paper.source):
        document.add_paragraph(line, style="List Bullet")
    for one in paper.conflicts:
        says = "; ".join(f"{who}: {what}" for who, what, _url in one.says)
        document.add_paragraph(f"{one.measure}, {one.year}: {says}", style="List Bullet")


def _grid(document: Any, rows: Any) -> None:
    told = list(rows)
    grid = document.add_table(rows=0, cols=len(told[0]))
    grid.style = "Light Grid Accent 1"
    for row in told:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = str(text)
