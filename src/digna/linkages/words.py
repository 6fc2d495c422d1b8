"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "linkages.deal.opened": _("Negocio abierto"),
    "linkages.deal.changed": _("Negocio corregido"),
    "linkages.deal.stepped": _("Paso de un negocio anotado"),
    "linkages.deal.step_corrected": _("Paso de un negocio corregido"),
    "linkages.deal.step_withdrawn": _("Paso de un negocio quitado"),
    "linkages.deal.step_confirmed": _("Pago dudoso confirmado"),
    "linkages.deal.asked_after": _("Seguimiento de un negocio anotado"),
    "linkages.deal.lost": _("Negocio perdido"),
    "linkages.buyer.registered": _("Comprador registrado"),
    "linkages.buyer.changed": _("Datos de un comprador corregidos"),
    "linkages.buyer.linked": _("Enlace personal dado a un comprador"),
    "linkages.buyer.unlinked": _("Enlace de un comprador anulado"),
    "linkages.buyer.came_in": _("Un comprador abrió su enlace"),
    "linkages.demand.noted": _("Demanda anotada"),
    "linkages.demand.changed": _("Demanda corregida"),
}
