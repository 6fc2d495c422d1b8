"""A table of targets and actuals looked at before it is kept: rows, faults in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.errors import Refused
from digna.programmes.models import Programme
from digna.registry import sheets
from digna.results import tabular
from digna.results.models import Indicator

SENTENCES = {
    "no_header": gettext_lazy(
        "No se encuentra el encabezado. "
        "Hace falta una fila con: indicador, de, período, meta, valor."
    ),
    "no_indicator": gettext_lazy("Falta el indicador."),
    "unknown_indicator": gettext_lazy("Este programa no tiene el indicador «%(text)s»."),
    "no_period": gettext_lazy("Falta el período. Escriba, por ejemplo, 2021-T3 o 2021."),
    "unreadable_period": gettext_lazy(
        "No se entiende el período «%(text)s». Escriba, por ejemplo, 2021-T3."
    ),
    "no_value": gettext_lazy("La fila no tiene meta ni valor."),
    "unreadable_value": gettext_lazy(
        "«%(text)s» no es una cifra. Escriba, por ejemplo, 250, 35 (60%%F) o 50%%."
    ),
    "not_a_pair": gettext_lazy("«%(text)s» no tiene la forma meta/valor."),
    "repeated": gettext_lazy("Otra fila ya dice lo de «%(text)s» en el mismo período."),
    "computed": gettext_lazy("«%(text)s» se calcula de los registros: su valor no se escribe."),
}


def sentence(fault: tabular.CellFault) -> str:
    """Return what is wrong with a cell."""
    return str(SENTENCES[fault.code]) % {"text": fault.text}


def rows_of(*, pasted: str = "", name: str = "", content: bytes = b"") -> list[list[str]]:
    """Return the rows of a pasted table or of an uploaded file."""
    try:
        found = sheets.read(name or "pegado.csv", content or pasted.encode())
    except sheets.UnreadableSheet as unreadable:
        raise Refused(
            "results.import.unreadable",
            _("No se puede leer la tabla. Péguela desde su planilla o envíe un xlsx, ods o csv."),
        ) from unreadable
    return [list(row) for row in found[0].rows]


def dry_run(
    *, programme: Programme, rows: Sequence[Sequence[str]], create_missing: bool = False
) -> tabular.Table:
    """Read a table against the programme's indicators without writing anything."""
    standing = known(programme)

    def find(title: str) -> tabular.Known | None:
        row = standing.get(tabular.folded(title))
        if row is not None:
            return tabular.Known(row.unit, row.is_reported)
        return tabular.Known(unit_in(title), takes_actuals=True) if create_missing else None

    return tabular.read(rows, find)


def known(programme: Programme) -> dict[str, Indicator]:
    """Return indicators by code and by name, as people may write them."""
    found = {}
    for row in Indicator.objects.filter(programme=programme):
        for title in (row.name_es, row.name_en, row.code):
            if title:
                found[tabular.folded(title)] = row
    return found


def unit_in(title: str) -> str:
    """Return the unit a title gives away: «% del costo…» is in percent."""
    return "%" if title.lstrip().startswith("%") else ""
