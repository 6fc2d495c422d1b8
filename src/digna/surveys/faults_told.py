"""The faults of an XLSForm in words: what is wrong, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from digna.surveys.reading.faults import Fault


@dataclass(frozen=True, slots=True)
class Told:
    """A fault as a page shows it."""

    where: str
    sentence: str
    original: str
    is_warning: bool


def told(faults: Sequence[Fault]) -> list[Told]:
    """Return faults in words, in the order of the sheets."""
    return [Told(where(f), sentence(f), _original(f), f.is_warning) for f in faults]


def where(fault: Fault) -> str:
    """Return the cell: «Hoja survey, fila 7, columna type»."""
    pieces = []
    if fault.sheet:
        pieces.append(_("hoja %(sheet)s") % {"sheet": fault.sheet})
    if fault.row:
        pieces.append(_("fila %(row)s") % {"row": fault.row})
    if fault.column:
        pieces.append(_("columna %(column)s") % {"column": fault.column})
    said = ", ".join(pieces) or _("el archivo")
    return said[:1].upper() + said[1:]


def _original(fault: Fault) -> str:
    return fault.original if fault.code == "other" else ""


def sentence(fault: Fault) -> str:
    """Return what is wrong and what to do."""
    words = _words().get(fault.code, _("Esto no se entiende. La herramienta dice, en inglés:"))
    said = words % {"value": fault.value, "row": fault.row, "original": fault.original}
    if fault.near:
        said = f"{said} {_('¿Quiso decir «%(near)s»?') % {'near': fault.near}}"
    return said


def _words() -> dict[str, str]:
    return {**_of_survey(), **_of_conditions(), **_of_choices(), **_of_the_rest()}


def _of_survey() -> dict[str, str]:
    return {
        "no_survey": _("Falta la hoja «survey», donde van las preguntas. Agréguela."),
        "column": _("Falta la columna «%(value)s». Agréguela en la primera fila."),
        "column_twice": _("Dos columnas dicen lo mismo con otro nombre. Deje una."),
        "no_questions": _("No hay ninguna pregunta. Escriba al menos una."),
        "no_type": _("Esta fila no dice de qué tipo es. Escriba text, integer, select_one…"),
        "unknown_type": _("«%(value)s» no es un tipo de pregunta. Corrija la celda."),
        "unsupported_type": _(
            "Digna no recibe preguntas de tipo «%(value)s». Use otro tipo o quite la pregunta."
        ),
        "no_name": _("La pregunta no tiene nombre. Escriba uno corto, sin espacios."),
        "name": _(
            "El nombre debe comenzar con una letra y no llevar espacios ni signos, fuera de _ - y "
            "punto."
        ),
        "twice": _("Ya hay otra pregunta con ese nombre en el mismo grupo. Cambie uno de los dos."),
        "unmatched": _("Un grupo o una repetición no está bien cerrado. Cada begin pide su end."),
        "no_calculation": _("La fila es calculate y no dice qué calcular. Llene calculation."),
        "parameter": _("Los parámetros no se entienden. Se escriben así: start=0 end=10 step=1."),
    }


def _of_conditions() -> dict[str, str]:
    return {
        "expression": _(
            "La condición no se puede leer: revise comillas, paréntesis y signos. Dice: %(value)s"
        ),
        "function": _("Los teléfonos no conocen la función «%(value)s». Corríjala."),
        "reference": _("Se nombra la pregunta «%(value)s», que no existe. Corrija el nombre."),
        "reference_twice": _("Hay más de una pregunta «%(value)s»: no se sabe cuál se nombra."),
        "reference_form": _("Una pregunta se nombra así: ${nombre}. Revise las llaves."),
    }


def _of_choices() -> dict[str, str]:
    return {
        "no_choices": _("Falta la hoja «choices», con las opciones de las preguntas. Agréguela."),
        "no_list": _("La lista «%(value)s» no está en la hoja choices. Agréguela o corrija."),
        "no_list_named": _("La pregunta no dice qué lista de opciones usa: select_one LISTA."),
        "file_kind": _("Las opciones de un archivo se leen de un csv, y «%(value)s» no lo es."),
        "choice_without_list": _("La opción no dice de qué lista es. Llene list_name."),
        "choice_without_name": _("La opción no tiene código. Llene name."),
        "choice_with_space": _("El código de una opción no lleva espacios: «%(value)s»."),
        "choice_twice": _("La opción «%(value)s» está dos veces en su lista. Cambie un código."),
        "choice_without_label": _("La opción «%(value)s» no tiene texto. Llene label."),
    }


def _of_the_rest() -> dict[str, str]:
    return {
        "no_form_id": _("La hoja settings no dice form_id: el nombre por el que se lo conoce."),
        "form_id": _(
            "«%(value)s» no sirve de form_id: una letra, y luego letras, números, _ - o ."
        ),
        "encrypted": _("Digna no recibe formularios cifrados. Borre public_key."),
        "entities": _(
            "Digna no recibe la hoja entities. Quítela: para elegir de lo que ya está registrado "
            "escriba select_one_from_file digna_empresas.csv, y para llevar una respuesta a su "
            "ficha use la columna bind::digna:dato."
        ),
        "live_list": _(
            "«%(value)s» no es una lista de Digna. Las que comienzan con digna_ salen del "
            "registro; otras se suben con otro nombre."
        ),
        "binding": _("«%(value)s» no es un dato de Digna al que llevar respuestas."),
        "binding_twice": _("Dos preguntas van al mismo dato «%(value)s». Deje una."),
        "binding_lacks": _(
            "Para llevar respuestas hace falta también una pregunta para «%(value)s»."
        ),
        "binding_in_repeat": _(
            "«%(value)s» no se puede llevar desde una repetición. Sáquela de ella."
        ),
    }
