"""Why an archive is not taken in: what is wrong, where, and what to do about it."""

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.packages.standards.values import Broken


def sentence(problem: Broken) -> str:
    """Return what the person who uploads is told."""
    told = problem.details
    words = {
        "not_zip": _("El archivo no es un zip que se pueda abrir. Expórtelo otra vez."),
        "empty": _("El archivo está vacío. Expórtelo otra vez."),
        "too_many": _(
            "Trae %(count)s archivos; se aceptan hasta %(most)s. Quite lo que la lección no usa."
        ),
        "too_big": _("Es demasiado grande (%(path)s). Comprima los videos o divida la lección."),
        "bomb": _(
            "«%(path)s» crece demasiado al abrirse y no parece de fiar. Pida otro archivo a quien "
            "lo hizo."
        ),
        "encrypted": _("«%(path)s» está cifrado. Exporte el paquete sin contraseña."),
        "path": _("«%(path)s» quiere salir de su carpeta. No lo use: pida otro a quien lo hizo."),
        "link": _("«%(path)s» no es un archivo sino un enlace. Expórtelo sin enlaces."),
        "runs": _("«%(path)s» es un programa que se ejecuta. Quítelo y comprima de nuevo."),
        "reserved": _("La carpeta «_digna» está reservada. Cámbiele el nombre."),
        "twice": _("«%(path)s» viene dos veces en el zip. Expórtelo otra vez."),
        "damaged": _("«%(path)s» está dañado dentro del zip. Expórtelo otra vez."),
        "missing": _("Falta «%(path)s», que el paquete dice traer. Expórtelo completo."),
        "nested": _(
            "El manifiesto está dentro de una carpeta (%(path)s). Comprima el contenido de la "
            "carpeta, no la carpeta."
        ),
        "not_package": _(
            "No trae imsmanifest.xml (SCORM), h5p.json (H5P) ni cmi5.xml (cmi5). Expórtelo en uno "
            "de esos formatos."
        ),
        "xml": _("«%(path)s» no es un XML que se pueda leer. Expórtelo otra vez."),
        "json": _("«%(path)s» no es un JSON que se pueda leer. Expórtelo otra vez."),
        "version": _("Es de una versión que no se reproduce (%(version)s). Use SCORM 1.2 o 2004."),
        "organization": _("imsmanifest.xml no tiene una organización. Expórtelo otra vez."),
        "no_parts": _("El paquete no trae ninguna lección que abrir."),
        "resource": _("La parte «%(title)s» no dice qué archivo abrir."),
        "outside": _(
            "Abre una página de otro sitio (%(path)s) y eso no se puede vigilar. Incluya la página "
            "en el paquete."
        ),
        "mastery": _("El puntaje para aprobar no se entiende (%(value)s)."),
        "field": _("A «%(path)s» le falta el dato «%(name)s»."),
        "value": _("«%(path)s» dice «%(value)s», que el estándar no conoce."),
        "library": _("Falta la biblioteca H5P «%(name)s». Exporte el H5P con sus bibliotecas."),
        "twice_id": _("Dos unidades usan el mismo id (%(name)s). Corríjalo y exporte otra vez."),
    }
    return words[problem.why] % told


def refused(problem: Broken) -> Refused:
    """Return the refusal of an archive."""
    return Refused("packages.import.broken", sentence(problem), field="archive", why=problem.why)
