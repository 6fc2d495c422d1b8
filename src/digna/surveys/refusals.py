"""Why a file is not taken in as a form: the faults, told each in its cell."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.surveys.reading.faults import Fault


def faulty(faults: Sequence[Fault]) -> Refused:
    """Return the refusal of a workbook with faults; they come along as `faults`."""
    return Refused(
        "surveys.form.faulty",
        _("El formulario tiene %(n)s faltas. Corríjalas en la planilla y súbala otra vez.")
        % {"n": len(faults)},
        field="workbook",
        faults=tuple(faults),
    )


def unreadable(why: str) -> Refused:
    """Return the refusal of a file that is no workbook."""
    words = {
        "too_big": _("El archivo pasa de 10 MB. Un formulario pesa mucho menos: revise si es él."),
        "bomb": _("El archivo crece demasiado al abrirse y no parece de fiar."),
        "too_many_rows": _("El archivo tiene demasiadas filas para ser un formulario."),
        "empty": _("El archivo está vacío."),
    }
    told = words.get(why, _("El archivo no es una planilla xlsx que se pueda abrir."))
    return Refused("surveys.form.unreadable", told, field="workbook", why=why)
