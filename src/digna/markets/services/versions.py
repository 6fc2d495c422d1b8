"""Versions of a sheet: sent, judged by somebody else, published, withdrawn."""

from django.utils.translation import gettext as _

from digna.errors import NotAllowed, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.markets import documents
from digna.markets.models import Sheet, SheetVersion

State = SheetVersion.State


@writes("markets.version.sent")
def send(*, actor: Actor, sheet: Sheet, note: str = "") -> SheetVersion:
    """Freeze the sheet as it stands and ask for it to be judged.

    Raises:
        Refused: `markets.reading.not_done`, `markets.version.same`, `markets.version.waiting`,
            `markets.version.no_summary`.
    """
    if sheet.reading is None or sheet.reading.record is None:
        raise Refused("markets.reading.not_done", _("La ficha todavía no tiene números."))
    if not sheet.texts.get("summary", {}).get("es"):
        raise Refused(
            "markets.version.no_summary",
            _("Escriba primero el resumen: es lo que una empresa lee."),
        )
    last = sheet.versions.first()
    if last is not None and last.is_waiting:
        raise Refused(
            "markets.version.waiting",
            _("La versión %(n)s todavía está en revisión.") % {"n": last.number},
        )
    document = documents.document(sheet)
    digest = documents.hash_of(document)
    if last is not None and last.sha256 == digest:
        raise Refused(
            "markets.version.same",
            _("Nada cambió desde la versión %(n)s: no hace falta otra.") % {"n": last.number},
        )
    return record.add(
        SheetVersion(
            sheet=sheet, number=(last.number if last else 0) + 1, document=document, sha256=digest,
            note=note, sent_at=actor.at, sent_by=actor.user,
        )
    )  # fmt: skip


@writes("markets.version.approved")
def approve(*, actor: Actor, version: SheetVersion, judgement: str = "") -> SheetVersion:
    """Approve what somebody else sent.

    Raises:
        NotAllowed: `markets.version.own`.
        Refused: `markets.version.judged`, `markets.version.altered`.
    """
    _refuse_judged(version)
    if actor.user is not None and actor.user.pk == version.sent_by_id:
        raise NotAllowed(
            "markets.version.own",
            _("Usted envió esta versión: la aprueba otra persona. Cuatro ojos ven más que dos."),
        )
    if documents.hash_of(version.document) != version.sha256:
        raise Refused(
            "markets.version.altered",
            _("Lo guardado ya no es lo que se envió: avise a quien administra el servidor."),
        )
    return record.change(
        version, state=State.APPROVED, judged_at=actor.at, judged_by=actor.user,
        judgement=judgement,
    )  # fmt: skip


@writes("markets.version.returned")
def return_(*, actor: Actor, version: SheetVersion, judgement: str) -> SheetVersion:
    """Send a version back with what is to be mended.

    Raises:
        Refused: `markets.version.judged`, `markets.version.why`.
    """
    _refuse_judged(version)
    if not judgement.strip():
        raise Refused("markets.version.why", _("Diga qué hay que corregir."), field="judgement")
    return record.change(
        version, state=State.RETURNED, judged_at=actor.at, judged_by=actor.user,
        judgement=judgement.strip(),
    )  # fmt: skip


def _refuse_judged(version: SheetVersion) -> None:
    if not version.is_waiting:
        raise Refused(
            "markets.version.judged",
            _("La versión %(n)s ya está %(state)s.")
            % {"n": version.number, "state": version.get_state_display()},
        )


@writes("markets.version.published")
def publish(*, actor: Actor, version: SheetVersion) -> SheetVersion:
    """Put an approved version on the portal, in place of the one before.

    Raises:
        Refused: `markets.version.not_approved`.
    """
    if version.state != State.APPROVED:
        raise Refused(
            "markets.version.not_approved", _("Se publica lo aprobado; apruebe primero la versión.")
        )
    return record.change(version, published_at=actor.at, withdrawn_at=None, withdrawn_because="")


@writes("markets.version.withdrawn")
def withdraw(*, actor: Actor, version: SheetVersion, because: str) -> SheetVersion:
    """Take a version off the portal, and say why to who had its address.

    Raises:
        Refused: `markets.version.why`.
    """
    if not because.strip():
        raise Refused("markets.version.why", _("Diga por qué se retira."), field="because")
    return record.change(version, withdrawn_at=actor.at, withdrawn_because=because.strip())
