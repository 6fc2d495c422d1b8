"""The words of this room: ways of meeting, states, reasons that blame nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """Languages people can be mentored in."""

    SPANISH = "es", _("castellano")
    QUECHUA = "qu", _("quechua")
    AYMARA = "ay", _("aymara")
    GUARANI = "gn", _("guaraní")
    ENGLISH = "en", _("inglés")


class Slot(models.TextChoices):
    """Weekly times that somebody can keep free."""

    MON_AM = "mon-am", _("lunes en la mañana")
    MON_PM = "mon-pm", _("lunes en la tarde")
    MON_EVE = "mon-eve", _("lunes en la noche")
    TUE_AM = "tue-am", _("martes en la mañana")
    TUE_PM = "tue-pm", _("martes en la tarde")
    TUE_EVE = "tue-eve", _("martes en la noche")
    WED_AM = "wed-am", _("miércoles en la mañana")
    WED_PM = "wed-pm", _("miércoles en la tarde")
    WED_EVE = "wed-eve", _("miércoles en la noche")
    THU_AM = "thu-am", _("jueves en la mañana")
    THU_PM = "thu-pm", _("jueves en la tarde")
    THU_EVE = "thu-eve", _("jueves en la noche")
    FRI_AM = "fri-am", _("viernes en la mañana")
    FRI_PM = "fri-pm", _("viernes en la tarde")
    FRI_EVE = "fri-eve", _("viernes en la noche")
    SAT_AM = "sat-am", _("sábado en la mañana")
    SAT_PM = "sat-pm", _("sábado en la tarde")
    SUN_AM = "sun-am", _("domingo en la mañana")
    SUN_PM = "sun-pm", _("domingo en la tarde")


class WantedSex(models.TextChoices):
    """Whom somebody asked to work with; blank is «me da igual»."""

    FEMALE = "female", _("solo con una mujer")
    MALE = "male", _("solo con un hombre")


class Care(models.TextChoices):
    """Whether somebody looks after others; blank is «sin dato»."""

    YES = "yes", _("sí, cuido a alguien todos los días")
    SOMETIMES = "sometimes", _("a veces")
    NO = "no", _("no")
    UNDISCLOSED = "undisclosed", _("prefiero no decir")


class Channel(models.TextChoices):
    """How a mentor and a mentee met. A call by WhatsApp counts as any other."""

    WHATSAPP = "whatsapp", _("llamada de WhatsApp")
    PHONE = "phone", _("llamada de teléfono")
    VIDEO = "video", _("videollamada")
    IN_PERSON = "in_person", _("en persona")
    CHAT = "chat", _("chat o audios")


class Happened(models.TextChoices):
    """What came of a session."""

    PLANNED = "planned", _("agendada")
    HELD = "held", _("se hizo")
    MENTEE_ABSENT = "mentee_absent", _("no pudo quien emprende")
    MENTOR_ABSENT = "mentor_absent", _("no pudo quien acompaña")
    CANCELLED = "cancelled", _("se canceló con aviso")


NO_SHOWS = (Happened.MENTEE_ABSENT, Happened.MENTOR_ABSENT)


class Ending(models.TextChoices):
    """Why a pair stops before its end. None of them says whose fault it was."""

    SCHEDULE = "schedule", _("los horarios dejaron de coincidir")
    FOCUS = "focus", _("ahora necesita otro tema")
    LIFE = "life", _("cambió la situación de una de las dos personas")
    FIT = "fit", _("otra pareja puede servir mejor")
    BUSINESS = "business", _("el negocio cerró o cambió de rubro")
    OTHER = "other", _("otro")
