"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "rounds.round.created": _("Rueda de negocios creada"),
    "rounds.round.changed": _("Rueda de negocios corregida"),
    "rounds.round.staged": _("Rueda de negocios: pasó a otra etapa"),
    "rounds.slots.planned": _("Turnos de una rueda programados"),
    "rounds.slot.changed": _("Turno de una rueda corregido"),
    "rounds.interpreter.added": _("Intérprete de una rueda agregado"),
    "rounds.interpreter.removed": _("Intérprete de una rueda quitado"),
    "rounds.buyers.invited": _("Compradores invitados a una rueda"),
    "rounds.firms.invited": _("Empresas invitadas a una rueda"),
    "rounds.party.registered": _("Inscripción en una rueda"),
    "rounds.party.changed": _("Participante de una rueda corregido"),
    "rounds.party.moved": _("Participante de una rueda: cambió su estado"),
    "rounds.party.link_renewed": _("Enlace de una rueda cambiado"),
    "rounds.party.arrived": _("Llegada a una rueda"),
    "rounds.party.missed": _("Ausencia en una rueda"),
    "rounds.wishes.given": _("Deseos para una rueda"),
    "rounds.pair.ruled": _("Reunión fijada o vetada a mano"),
    "rounds.pair.unruled": _("Decisión sobre una reunión quitada"),
    "rounds.timetable.begun": _("Cálculo de agenda pedido"),
    "rounds.timetable.solved": _("Agenda calculada"),
    "rounds.timetable.failed": _("Cálculo de agenda fallido"),
    "rounds.timetable.published": _("Agenda de una rueda publicada"),
    "rounds.notice.told": _("Aviso de cambio dado"),
    "rounds.notices.seen": _("Avisos de cambio vistos"),
    "rounds.slip.given": _("Ficha de una reunión"),
    "rounds.follow_up.given": _("Seguimiento de una reunión"),
}
