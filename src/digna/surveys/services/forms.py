"""Forms: uploaded and checked whole, new versions, media, opened and closed."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.registry import sheets
from digna.surveys import binding, lists, refusals
from digna.surveys.models import FormMedia, FormVersion, SurveyForm
from digna.surveys.reading import attachments, converting, definitions, live
from digna.surveys.reading.converting import Converted, Faulty

MOST_MEDIA = 50 * 1024 * 1024
MEDIA_TYPES = ("image/", "audio/", "video/", "text/csv", "application/geo+json")
Sent = File[Any]


@writes("surveys.form.uploaded")
def upload(
    *,
    actor: Actor,
    programme: Programme,
    workbook: Sent,
    media: Sequence[Sent] = (),
    note: str = "",
) -> SurveyForm:
    """Bring a new form in, as a draft.

    Raises:
        Refused: `surveys.form.faulty` (with `faults`), `surveys.form.unreadable`,
            `surveys.form.taken`, `surveys.media.kind`, `surveys.media.too_big`,
            `surveys.media.live`.
    """
    made, content = _converted(actor, workbook)
    if SurveyForm.objects.filter(programme=programme, form_id=made.form_id).exists():
        raise Refused(
            "surveys.form.taken",
            _(
                "El programa ya tiene un formulario «%(form_id)s». Súbalo ahí como versión "
                "nueva, o cambie form_id en la hoja settings."
            )
            % {"form_id": made.form_id},
            field="workbook",
        )
    form = record.add(
        SurveyForm(
            programme=programme,
            form_id=made.form_id,
            title=(made.title or made.form_id)[:200],
            created_by=actor.user,
        )
    )
    _add(actor, form, made, content, workbook, media, note)
    return form


@writes("surveys.version.added")
def add_version(
    *,
    actor: Actor,
    form: SurveyForm,
    workbook: Sent,
    media: Sequence[Sent] = (),
    note: str = "",
) -> FormVersion:
    """Add a version; what was sent with the ones before stays as it is.

    Raises:
        Refused: as `upload`; `surveys.version.other_form`, `surveys.version.same_number`,
            `surveys.version.same`.
    """
    made, content = _converted(actor, workbook)
    if made.form_id != form.form_id:
        raise Refused(
            "surveys.version.other_form",
            _(
                "Este formulario es «%(form_id)s» y el archivo dice «%(other)s». Corrija form_id "
                "en la hoja settings, o súbalo como formulario nuevo."
            )
            % {"form_id": form.form_id, "other": made.form_id},
            field="workbook",
        )
    digest = hashlib.sha256(content).hexdigest()
    if form.versions.filter(sha256=digest).exists():
        raise Refused(
            "surveys.version.same", _("Ese mismo archivo ya es una versión."), field="workbook"
        )
    if form.versions.filter(version=made.version).exists():
        raise Refused(
            "surveys.version.same_number",
            _(
                "Ya hay una versión «%(version)s» y no es igual. Cambie version en la hoja "
                "settings, para que los teléfonos se enteren."
            )
            % {"version": made.version},
            field="workbook",
        )
    record.change(form, title=(made.title or form.title)[:200])
    return _add(actor, form, made, content, workbook, media, note)


@writes("surveys.media.added")
def add_media(*, actor: Actor, version: FormVersion, media: Sequence[Sent]) -> FormVersion:
    """Add the files that a version leans on, or replace them.

    Raises:
        Refused: `surveys.media.kind`, `surveys.media.too_big`, `surveys.media.unknown`,
            `surveys.media.live`.
    """
    wanted = lists.uploaded(version.questions)
    for file in media:
        if _name(file) not in wanted and not live.is_live(_name(file)):
            raise Refused(
                "surveys.media.unknown",
                _("El formulario no usa «%(name)s». Usa: %(wanted)s.")
                % {"name": _name(file), "wanted": ", ".join(wanted) or "—"},
                field="attached",
            )
        _keep_media(version, file)
    return version


@writes("surveys.form.opened")
def open_form(*, actor: Actor, form: SurveyForm) -> SurveyForm:
    """Offer a form to telephones.

    Raises:
        Refused: `surveys.form.lacks_media`.
    """
    lacking = lacking_media(newest(form))
    if lacking:
        raise Refused(
            "surveys.form.lacks_media",
            _("Antes de abrirlo, suba los archivos que usa: %(names)s.")
            % {"names": ", ".join(lacking)},
        )
    if form.state == SurveyForm.State.OPEN:
        return form
    opened = form.opened_at or actor.at
    return record.change(form, state=SurveyForm.State.OPEN, opened_at=opened)


@writes("surveys.form.closed")
def close_form(*, actor: Actor, form: SurveyForm) -> SurveyForm:
    """Offer it no longer; what was filled before still comes in, marked as late."""
    if form.state != SurveyForm.State.OPEN:
        return form
    return record.change(form, state=SurveyForm.State.CLOSED)


def newest(form: SurveyForm) -> FormVersion:
    """Return the version that telephones get."""
    return form.versions.order_by("-number")[:1].get()


def lacking_media(version: FormVersion) -> list[str]:
    """Return the files that a version leans on and that nobody brought."""
    have = set(version.media.values_list("name", flat=True))
    return [name for name in lists.uploaded(version.questions) if name not in have]


def _converted(actor: Actor, workbook: Sent) -> tuple[Converted, bytes]:
    if (workbook.size or 0) > sheets.MAX_BYTES:
        raise refusals.unreadable("too_big")
    workbook.seek(0)
    content = workbook.read()
    stamp = actor.at.strftime("%Y%m%d%H%M%S")
    try:
        made = converting.convert(workbook.name or "formulario.xlsx", content, version=stamp)
    except sheets.UnreadableSheet as problem:
        raise refusals.unreadable(problem.code) from problem
    except Faulty as problem:
        raise refusals.faulty(problem.faults) from problem
    faults = [*binding.faults(made.definition), *lists.faults(made.definition)]
    if faults:
        raise refusals.faulty(faults)
    return made, content


def _add(
    actor: Actor,
    form: SurveyForm,
    made: Converted,
    content: bytes,
    workbook: Sent,
    media: Sequence[Sent],
    note: str,
) -> FormVersion:
    before = form.versions.order_by("-number").first()
    version = FormVersion(
        form=form,
        number=1 if before is None else before.number + 1,
        version=made.version[:200],
        file_name=_name(workbook)[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        xform=made.xform,
        md5=made.md5,
        definition=definitions.plain(made.definition),
        warnings=[fault.plain() for fault in made.warnings],
        note=note.strip()[:300],
        added_by=actor.user,
    )
    workbook.seek(0)
    version.workbook.save(f"{version.public_id}.xlsx", workbook, save=False)
    record.add(version)
    for file in media:
        if _name(file) in made.definition.media or live.is_live(_name(file)):
            _keep_media(version, file)
    _carry_over(version, before)
    return version


def _carry_over(version: FormVersion, before: FormVersion | None) -> None:
    """Keep the files of the version before, where the new one leans on them too."""
    if before is None:
        return
    lacking = set(lacking_media(version))
    known: Mapping[str, FormMedia] = {m.name: m for m in before.media.all()}
    for name in sorted(lacking & known.keys()):
        old = known[name]
        record.add(
            FormMedia(version=version, name=name, file=old.file.name, size=old.size, md5=old.md5)
        )


def _keep_media(version: FormVersion, file: Sent) -> None:
    name = _name(file)
    if live.is_live(name):
        raise Refused(
            "surveys.media.live",
            _(
                "«%(name)s» no se sube: es una lista que Digna mantiene al día. Si es otra lista, "
                "póngale un nombre que no comience con digna_."
            )
            % {"name": name},
            field="attached",
        )
    kind = attachments.type_of(name)
    if not attachments.is_safe_name(name) or not kind.startswith(MEDIA_TYPES):
        raise Refused(
            "surveys.media.kind",
            _("«%(name)s» no es una imagen, un sonido, un video ni un csv.") % {"name": name},
            field="attached",
        )
    if (file.size or 0) > MOST_MEDIA:
        raise Refused(
            "surveys.media.too_big",
            _("«%(name)s» pasa de %(n)s MB. Hágalo más liviano: irá a todos los teléfonos.")
            % {"name": name, "n": MOST_MEDIA // 1024 // 1024},
            field="attached",
        )
    file.seek(0)
    content = file.read()
    old = version.media.filter(name=name).first()
    held = {"size": len(content), "md5": converting.md5(content)}
    row = old or FormMedia(version=version, name=name, **held)
    file.seek(0)
    row.file.save(f"{version.public_id}-{name}", file, save=False)
    if old is None:
        record.add(row)
    else:
        record.change(old, file=row.file.name, **held)


def _name(file: Sent) -> str:
    return (file.name or "archivo").replace("\\", "/").rsplit("/", 1)[-1]
