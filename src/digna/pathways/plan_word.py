"""An export plan as a Word file, to be worked on."""

import io

from django.utils.translation import gettext as _

from digna.pathways.selectors.exporting import PlanPage


def word(page: PlanPage) -> bytes:
    """Return a plan as docx: the same parts as its paper, in the language in use."""
    import docx  # heavy, and only here

    document = docx.Document()
    document.add_heading(_("Plan de exportación"), 1)
    document.add_paragraph(
        _("%(firm)s · versión %(n)s") % {"firm": page.plan.enterprise, "n": page.plan.version}
    )
    grid = document.add_table(rows=0, cols=2)
    grid.style = "Light Grid Accent 1"
    for label, value in page.rows:
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = label, value or _("sin dato")
    for label, text in page.texts:
        document.add_heading(label, 2)
        document.add_paragraph(text or _("sin dato"))
    document.add_heading(_("Papeles"), 2)
    for line in page.papers.lines if page.papers is not None else ():
        document.add_paragraph(f"{line.face.name}: {line.word}", style="List Bullet")
    if page.papers is None:
        document.add_paragraph(_("Elija la ruta de exportación para ver sus papeles."))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
