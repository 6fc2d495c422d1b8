"""One POST of a telephone: examined, its files put down, then taken in or refused and noted."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from digna.errors import DomainError
from digna.journal.actor import Actor
from digna.programmes.models import Programme
from digna.surveys import openrosa, storing
from digna.surveys.models import Submission, SurveyForm
from digna.surveys.reading import attachments, instances
from digna.surveys.reading.instances import Sent
from digna.surveys.reading.trees import Unsafe
from digna.surveys.services import submissions
from digna.surveys.services.submissions import Arrival, Stored
from digna.surveys.telephones import Caller

logger = logging.getLogger("digna.surveys")
XML_PART = "xml_submission_file"
TRIES = 5
Upload = UploadedFile[Any]


def receive(request: HttpRequest, caller: Caller, device: str) -> Submission:
    """Take in what a telephone posts.

    Raises:
        DomainError: whatever is refused; it was noted in the journal.
    """
    actor = Actor(user=caller.key.user, device=f"{caller.key.label} {device}"[:120])
    form_id = ""
    try:
        xml, files = _parts(request)
        sent = read(xml)
        form_id = sent.form_id
        return take(actor, caller, sent, xml, files)
    except storing.NoRoom:
        raise
    except DomainError as problem:
        _note(actor, caller, problem, form_id)
        raise


def take(
    actor: Actor, caller: Caller, sent: Sent, xml: bytes, files: dict[str, Upload]
) -> Submission:
    """Take in one submission with some of its files."""
    form = form_of(caller.programme, sent)
    arrival = Arrival(sent, xml, put_down(files), Submission.Source.OPENROSA, caller.key)
    return settled(actor, form, arrival)


def put_down(files: dict[str, Upload]) -> dict[str, Stored]:
    """Write files so that they last, before anything names them."""
    return {name: _stored(file) for name, file in files.items()}


def settled(actor: Actor, form: SurveyForm, arrival: Arrival) -> Submission:
    """Write it; where two came at once and the other was first, see what is new beside it."""
    for _try in range(TRIES - 1):
        try:
            return submissions.receive(actor=actor, form=form, arrival=arrival)
        except IntegrityError:
            continue
    return submissions.receive(actor=actor, form=form, arrival=arrival)


def form_of(programme: Programme, sent: Sent) -> SurveyForm:
    """Return the form that a submission names: open, or closed and late.

    Raises:
        Unfit: `surveys.submission.unknown_form`.
    """
    rows = SurveyForm.objects.filter(programme=programme, form_id=sent.form_id)
    form = rows.exclude(state=SurveyForm.State.DRAFT).select_related("programme").first()
    if form is None:
        raise openrosa.Unfit(
            "surveys.submission.unknown_form",
            _("El programa no tiene un formulario abierto «%(form_id)s».")
            % {"form_id": sent.form_id},
            http=404,
        )
    return form


def _parts(request: HttpRequest) -> tuple[bytes, dict[str, Upload]]:
    """Return the XML and the files, each with a name that is one."""
    if not str(request.content_type).startswith("multipart/form-data"):
        raise openrosa.WrongType(
            "surveys.submission.not_multipart", _("El envío no llegó como multipart/form-data.")
        )
    try:
        lists = list(request.FILES.lists())
        written = request.POST.get(XML_PART, "")
    except RequestDataTooBig as problem:
        raise too_big() from problem
    except (MultiPartParserError, SuspiciousOperation, TooManyFilesSent, OSError) as problem:
        if storing.is_no_room(problem):  # of the folder where uploads wait
            raise storing.no_room() from problem
        raise openrosa.Unfit(
            "surveys.submission.damaged", _("El envío llegó cortado o dañado. Envíe otra vez.")
        ) from problem
    return parts_of(lists, written)


def parts_of(
    lists: Iterable[tuple[str, Iterable[Upload]]], written: str = ""
) -> tuple[bytes, dict[str, Upload]]:
    """Return the XML and the files of what came by field, each with a name that is one.

    Raises:
        DomainError: `surveys.submission.no_xml`, `.too_big`, `surveys.attachment.name`, `.kind`.
    """
    xml, files = b"", {}
    for field, uploads in lists:
        for file in uploads:
            if field == XML_PART:
                xml = _small(file)
            else:
                files[_checked(field, file)] = file
    xml = xml or written.encode()
    if not xml:
        raise openrosa.Unfit(
            "surveys.submission.no_xml", _("El envío no trae el formulario llenado.")
        )
    return xml, files


def too_big() -> DomainError:
    """Return the refusal of what is more than is taken at once."""
    return openrosa.TooBig(
        "surveys.submission.too_big", _("El envío es demasiado grande. Use fotos más livianas.")
    )


def _small(file: Upload) -> bytes:
    if (file.size or 0) > instances.MOST_XML:
        raise too_big()
    return bytes(file.read())


def _checked(field: str, file: Upload) -> str:
    """Return an attachment's name; what is no name, or no file of its kind, is refused."""
    name = file.name or ""
    # Django took the folders off `name`; the field still has what was sent.
    tricks = any(mark in field for mark in ("/", "\\", "\x00")) or not attachments.is_safe_name(
        name
    )
    if tricks:
        raise openrosa.Unfit(
            "surveys.attachment.name", _("Un archivo del envío tiene un nombre que no se acepta.")
        )
    kind = attachments.type_of(name)
    head = file.read(64)
    file.seek(0)
    if not kind or not attachments.is_what_it_says(kind, head):
        raise openrosa.WrongType(
            "surveys.attachment.kind",
            _("El archivo «%(name)s» no es de un tipo que se reciba.") % {"name": name},
        )
    return name


def read(xml: bytes) -> Sent:
    """Return what a submission says of itself.

    Raises:
        Unfit: `surveys.submission.unreadable`.
    """
    try:
        return instances.read(xml)
    except Unsafe as problem:
        words = {
            "too_big": _("El formulario llenado es demasiado grande."),
            "doctype": _("El formulario llenado trae lo que no debe (DOCTYPE)."),
            "no_form": _("El envío no dice de qué formulario es."),
            "encrypted": _("El envío está cifrado y no se puede leer."),
            "id": _("El identificador del envío no sirve."),
        }
        told = words.get(problem.why, _("El formulario llenado está dañado."))
        raise openrosa.Unfit("surveys.submission.unreadable", told, why=problem.why) from problem


def _stored(file: Upload) -> Stored:
    file.seek(0)
    return Stored(*storing.keep(_pieces(file)))


def _pieces(file: Upload) -> Iterator[bytes]:
    yield from file.chunks()


def _note(actor: Actor, caller: Caller, problem: DomainError, form_id: str) -> None:
    logger.warning("refused %s from key %s (%s)", problem.code, caller.key.name, form_id[:80])
    facts = {"why": problem.details["why"]} if "why" in problem.details else {}
    submissions.note_refusal(
        actor=actor, key=caller.key, code=problem.code, form_id=form_id, facts=facts
    )
