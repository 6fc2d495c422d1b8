"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "reports.report.opened": _("Informe abierto"),
    "reports.narrative.written": _("Texto de un informe"),
    "reports.edition.issued": _("Informe emitido"),
    "reports.edition.published": _("Informe publicado en el portal"),
    "reports.edition.withdrawn": _("Informe retirado"),
    "reports.rendering.asked": _("PDF de un informe pedido"),
    "reports.rendering.drawn": _("PDF de un informe listo"),
    "reports.rendering.failed": _("PDF de un informe que falló"),
}
