"""What is missing for IATI: a sentence, and where it is mended."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.programmes.models import Programme
from digna.results.models import IatiProfile


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing to say or to know.

    What the standard requires forbids publishing; what is reserved lacks nothing: it stays in.
    """

    sentence: str
    url: str
    is_required: bool = False
    is_reserved: bool = False


def settings_url(programme: Programme, field: str = "") -> str:
    """Return where what IATI asks is written, at a field."""
    address = reverse("results:iati_settings", args=[programme.code])
    return f"{address}#id_{field}" if field else address


def of_profile(programme: Programme, profile: IatiProfile) -> list[Lack]:
    """Return what the profile of a programme does not say."""
    asked = (
        ("org_ref", _("Falta el identificador IATI de la organización que informa."), True),
        ("org_name", _("Falta el nombre de la organización que informa."), True),
        ("org_type", _("Falta el tipo de la organización que informa."), True),
        ("country", _("Falta el país."), True),
        ("currency", _("Falta la moneda de la actividad."), True),
        ("sectors", _("Faltan los sectores, con su código."), True),
        ("contact_email", _("Falta un correo de contacto."), False),
        ("tags", _("No se dice a qué metas de los ODS aporta."), False),
    )
    return [
        Lack(sentence, settings_url(programme, name), required)
        for name, sentence, required in asked
        if not getattr(profile, name)
    ]


def of_summary(programme: Programme) -> list[Lack]:
    """Return the lack of a description."""
    if programme.summary_es:
        return []
    page = reverse("programmes:programme", args=[programme.code])
    return [Lack(_("El programa no tiene resumen: IATI pide una descripción."), page, True)]
