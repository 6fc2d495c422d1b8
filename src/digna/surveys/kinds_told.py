"""Kinds of question, and parts of one, in words."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "text": _("texto"),
    "integer": _("número entero"),
    "decimal": _("número"),
    "range": _("escala"),
    "date": _("fecha"),
    "time": _("hora"),
    "datetime": _("fecha y hora"),
    "note": _("nota"),
    "select_one": _("una opción"),
    "select_multiple": _("varias opciones"),
    "rank": _("orden de preferencia"),
    "acknowledge": _("visto bueno"),
    "image": _("foto"),
    "audio": _("sonido"),
    "video": _("video"),
    "file": _("archivo"),
    "geopoint": _("lugar (GPS)"),
    "barcode": _("código de barras"),
    "group": _("grupo"),
    "repeat": _("se repite"),
    "calculate": _("cálculo"),
    "metadata": _("dato del teléfono"),
}
DIFFERENCES = {"new": _("nueva"), "gone": _("quitada"), "changed": _("cambiada")}
PARTS = {
    "kind": _("tipo"),
    "labels": _("texto"),
    "hints": _("ayuda"),
    "is_required": _("si es obligatoria"),
    "relevant": _("cuándo se pregunta"),
    "constraint": _("qué se acepta"),
    "calculation": _("cálculo"),
    "binds": _("a qué dato va"),
    "choices": _("opciones"),
}
