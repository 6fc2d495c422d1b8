"""What an import says of a cell, in a sentence: what is wrong, and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "name.missing": _("Falta el nombre. Escríbalo o borre la fila."),
    "name.digits": _("«%(text)s» tiene cifras: no parece un nombre. Revise la columna."),
    "name.one_word": _("«%(text)s» es un solo nombre: falta el apellido. Entra así."),
    "sex.unknown": _(
        "«%(text)s» no se entiende como sexo. Escriba mujer u hombre. Entra sin dato."
    ),
    "document.form": _("«%(text)s» no es un número de documento. Son 4 a 10 cifras."),
    "nit.digits": _("«%(text)s» no es un NIT. Son 6 a 15 cifras, sin letras."),
    "phone.unreadable": _("«%(text)s» no es un teléfono. Escriba 8 cifras, o +país y número."),
    "phone.digits": _("«%(text)s»: le faltan o sobran cifras. En Bolivia son 8."),
    "email.form": _("«%(text)s» no es un correo. Le falta la @ o el dominio."),
    "date.impossible": _("«%(text)s» no es una fecha que exista. Escriba día/mes/año."),
    "birth.implausible": _("«%(text)s» da una edad imposible. Revise el año."),
    "number.unreadable": _("«%(text)s» no es un número."),
    "number.not_whole": _("«%(text)s» no es un número entero de personas."),
    "number.negative": _("«%(text)s» es negativo: aquí no puede ser."),
    "place.unknown": _("No conocemos el municipio «%(text)s». Entra sin municipio."),
    "constituency.unknown": _("«%(text)s» no es empleadores, trabajadores ni gobierno. Sin dato."),
    "sector.unknown": _("No conocemos el rubro «%(text)s». Entra sin rubro."),
    "legal_form.unknown": _("No conocemos la forma jurídica «%(text)s». Entra sin ella."),
    "yes_no.unknown": _("«%(text)s» no es sí ni no. Entra sin dato."),
    "formula": _("«%(text)s» es una fórmula y no se importa. Escriba el valor."),
    "key.other_name": _("Ese número ya es de otro nombre (%(text)s). Corrija el que esté mal."),
    "repeated": _("Es igual a la fila %(text)s. No se crea otra vez."),
}
HINTED = _("¿Quiso decir %(hint)s?")


def sentence(problem: Mapping[str, str]) -> str:
    """Return the sentence for a stored problem, in the language in use."""
    text = str(SENTENCES[problem["code"]]) % {"text": problem["text"]}
    return f"{text} {HINTED % {'hint': problem['hint'].title()}}" if problem.get("hint") else text
