"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "markets.bringing.begun": _("Archivo de comercio entregado"),
    "markets.bringing.advanced": _("Archivo de comercio: avance de la lectura"),
    "markets.bringing.refused": _("Archivo de comercio rechazado"),
    "markets.bringing.finished": _("Archivo de comercio guardado junto a los datos"),
    "markets.release.brought": _("Datos de comercio traídos"),
    "markets.release.retired": _("Datos de comercio retirados"),
    "markets.reading.asked": _("Lectura de mercado pedida"),
    "markets.reading.begun": _("Lectura de mercado empezada"),
    "markets.reading.computed": _("Lectura de mercado calculada"),
    "markets.reading.failed": _("Lectura de mercado que falló"),
    "markets.figures.loaded": _("Cifras publicadas cargadas"),
    "markets.figure.added": _("Cifra publicada anotada"),
    "markets.figure.removed": _("Cifra publicada quitada"),
    "markets.sheet.opened": _("Ficha de mercado abierta"),
    "markets.sheet.changed": _("Ficha de mercado corregida"),
    "markets.sheet.read_again": _("Ficha de mercado con números nuevos"),
    "markets.sheet.written": _("Texto de una ficha de mercado"),
    "markets.entry.added": _("Dato agregado a una ficha"),
    "markets.entry.changed": _("Dato de una ficha corregido"),
    "markets.entry.removed": _("Dato de una ficha quitado"),
    "markets.version.sent": _("Ficha de mercado enviada a revisión"),
    "markets.version.approved": _("Ficha de mercado aprobada"),
    "markets.version.returned": _("Ficha de mercado devuelta"),
    "markets.version.published": _("Ficha de mercado publicada"),
    "markets.version.withdrawn": _("Ficha de mercado retirada del portal"),
}
