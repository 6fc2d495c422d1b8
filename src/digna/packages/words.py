"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "packages.package.imported": _("Paquete importado"),
    "packages.version.added": _("Versión de paquete agregada"),
    "packages.package.corrected": _("Datos de paquete corregidos"),
    "packages.package.withdrawn": _("Paquete retirado"),
    "packages.package.returned": _("Paquete puesto otra vez en uso"),
    "packages.attempt.begun": _("Intento de paquete empezado"),
    "packages.progress.kept": _("Avance de paquete guardado"),
    "packages.unit.launched": _("Unidad cmi5 abierta"),
    "packages.unit.fetched": _("Clave de unidad cmi5 entregada"),
}
