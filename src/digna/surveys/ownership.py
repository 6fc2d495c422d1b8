"""To which partner this room's rows belong: questionnaires are the programme's; none leaves."""

from digna.registry.ownership import declare, never

_WHOLE = "Los formularios y sus envíos son del programa; un socio pide los suyos como archivo."
_STAYS = "Las claves de los teléfonos no salen de la instalación."

declare(
    {
        "surveys.surveyform": never(_WHOLE),
        "surveys.formversion": never(_WHOLE),
        "surveys.formmedia": never(_WHOLE),
        "surveys.appkey": never(_STAYS),
        "surveys.submission": never(_WHOLE),
        "surveys.submissionversion": never(_WHOLE),
        "surveys.attachment": never(_WHOLE),
        "surveys.review": never(_WHOLE),
        "surveys.bindingoutcome": never(_WHOLE),
        "surveys.export": never("Es de quien la pidió y vence en días; se pide de nuevo."),
    }
)
