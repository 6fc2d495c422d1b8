"""What is written to somebody who learns: short, friendly, with the link that works."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.learning.models import Enrolment
from digna.learning.selectors.boards import Row
from digna.web import links
from digna_engines.courses import said


def link_of(request: HttpRequest, enrolment: Enrolment) -> str:
    """Return the personal link as an address that can be sent."""
    if not enrolment.token:
        return ""
    return request.build_absolute_uri(reverse("learning:enter", args=[enrolment.token]))


def chat(request: HttpRequest, row: Row) -> str:
    """Return the address that opens a chat with the text written; "" without a telephone."""
    return links.whatsapp(row.enrolment.person.phone, text(request, row))


def text(request: HttpRequest, row: Row) -> str:
    """Return what fits where somebody stands: an invitation, a hand, a last step."""
    one = row.enrolment
    done, total = row.progress.lessons
    told = {
        "name": one.person.given_names.split(" ")[0],
        "course": said(one.version.course_read.name, "es"),
        "link": link_of(request, one),
        "n": done,
        "total": total,
    }
    if one.began_at is None:
        words = _("Hola %(name)s. Ya puede comenzar el curso «%(course)s» en su celular: %(link)s")
    elif done < total:
        words = _(
            "Hola %(name)s. Lleva %(n)s de %(total)s lecciones de «%(course)s». Siga donde quedó, "
            "son pocos minutos: %(link)s"
        )
    else:
        words = _(
            "Hola %(name)s. Terminó las lecciones de «%(course)s»; mire lo que falta para su "
            "certificado: %(link)s"
        )
    return words % told
