"""What every answer to a telephone carries, and how it is told of a problem.

Source: docs.getodk.org, «OpenRosa» (form discovery, metadata authentication, form submission).
"""

import time
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.utils.http import http_date
from lxml import etree  # type: ignore[import-untyped]

from digna.errors import DomainError, Refused

LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
RESPONSE = "http://openrosa.org/http/response"
XML = "text/xml; charset=utf-8"


class Unknown(DomainError):
    """No key, or one that is not good: the answer says how to come in."""

    status = 401


class Unfit(Refused):
    """Something that is no submission."""

    status = 400


class TooBig(Refused):
    """More than is taken at once."""

    status = 413


class WrongType(Refused):
    """A file of a kind that is not taken."""

    status = 415


class NotOffered(Refused):
    """A method that an address does not know."""

    status = 405


def dressed(response: HttpResponseBase) -> HttpResponseBase:
    """Add the headers without which a telephone does not believe an answer."""
    response["X-OpenRosa-Version"] = "1.0"
    response["X-OpenRosa-Accept-Content-Length"] = str(settings.SURVEYS_MOST_BYTES)
    response["Date"] = http_date(time.time())
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def said(message: str, status: int, *, is_error: bool = False) -> HttpResponse:
    """Return an answer with a sentence, which Collect shows to the person."""
    root = etree.Element(f"{{{RESPONSE}}}OpenRosaResponse", nsmap={None: RESPONSE})
    told = etree.SubElement(root, f"{{{RESPONSE}}}message")
    told.set("nature", "error" if is_error else "submit_success")
    told.text = message
    return document(root, status)


def document(root: Any, status: int = 200) -> HttpResponse:
    """Return XML."""
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(content, status=status, content_type=XML)


def listing(rows: list[dict[str, str]]) -> HttpResponse:
    """Return the list of forms."""
    root = etree.Element(f"{{{LIST}}}xforms", nsmap={None: LIST})
    for row in rows:
        form = etree.SubElement(root, f"{{{LIST}}}xform")
        for name, value in row.items():
            etree.SubElement(form, f"{{{LIST}}}{name}").text = value
    return document(root)


def manifest(rows: list[dict[str, str]]) -> HttpResponse:
    """Return the files of a form."""
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={None: MANIFEST})
    for row in rows:
        file = etree.SubElement(root, f"{{{MANIFEST}}}mediaFile")
        for name, value in row.items():
            etree.SubElement(file, f"{{{MANIFEST}}}{name}").text = value
    return document(root)


def of_problem(problem: DomainError) -> HttpResponse:
    """Return a problem as a telephone understands it."""
    return said(str(problem.message), problem.status, is_error=True)
