"""Editions: a report issued as it stands, published on the portal, withdrawn with a reason."""

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.reports import keeping, making
from digna.reports.models import Edition, Report

State = Edition.State


@writes("reports.edition.issued")
def issue(*, actor: Actor, report: Report, note: str = "") -> Edition:
    """Keep the report as it stands, in both languages, under its hash.

    Raises:
        Refused: `reports.edition.same`: nothing changed since the last one.
    """
    standing = Report.objects.select_for_update().get(pk=report.pk)
    papers = {
        language: keeping.written(making.paper_of(standing, language))
        for language in making.LANGUAGES
    }
    digest = keeping.hash_of(papers)
    last = standing.editions.first()
    if last is not None and last.sha256 == digest:
        raise Refused(
            "reports.edition.same",
            _("Nada cambió desde la edición %(n)s: no hace falta otra.") % {"n": last.number},
        )
    return record.add(
        Edition(
            report=standing, number=(last.number if last is not None else 0) + 1, papers=papers,
            sha256=digest, engine=making.ENGINE, note=note, issued_at=actor.at,
            issued_by=actor.user,
        )
    )  # fmt: skip


@writes("reports.edition.published")
def publish(*, actor: Actor, edition: Edition) -> Edition:
    """Put an edition of a public statement on the portal, in place of the one before.

    Raises:
        Refused: `reports.edition.internal`, `reports.edition.withdrawn`,
            `reports.edition.altered`, `reports.edition.programme_not_public`.
    """
    standing = Edition.objects.select_for_update().get(pk=edition.pk)
    report = standing.report
    if report.kind != Report.Kind.STATEMENT or report.programme is None:
        raise Refused(
            "reports.edition.internal",
            _("Este informe nombra a personas y empresas: se entrega, no se publica. Se publica la "
              "declaración pública."),
        )  # fmt: skip
    if standing.state == State.WITHDRAWN:
        raise Refused(
            "reports.edition.withdrawn",
            _("Esta edición se retiró. Emita otra y publíquela."),
        )
    if not report.programme.is_public:
        raise Refused(
            "reports.edition.programme_not_public",
            _("El programa no rinde cuentas en el portal todavía: márquelo como público primero."),
        )
    if keeping.hash_of(standing.papers) != standing.sha256:
        raise Refused(
            "reports.edition.altered",
            _("Lo guardado ya no es lo que se emitió: avise a quien administra el servidor."),
        )
    return record.change(standing, state=State.PUBLISHED, published_at=actor.at)


@writes("reports.edition.withdrawn")
def withdraw(*, actor: Actor, edition: Edition, because: str) -> Edition:
    """Withdraw an edition: it stays kept, and says why it no longer holds.

    Raises:
        Refused: `reports.edition.why`, `reports.edition.withdrawn`.
    """
    standing = Edition.objects.select_for_update().get(pk=edition.pk)
    if not because.strip():
        raise Refused("reports.edition.why", _("Diga por qué se retira."), field="because")
    if standing.state == State.WITHDRAWN:
        raise Refused("reports.edition.withdrawn", _("Esta edición ya se retiró."))
    return record.change(
        standing, state=State.WITHDRAWN, withdrawn_at=actor.at,
        withdrawn_because=because.strip(),
    )  # fmt: skip
