"""The reports a person sees, each with its last edition; and the editions of one, compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.reports import access, keeping
from digna.reports import paper as papers
from digna.reports.models import Edition, Report
from digna.reports.paper import Cited, Paper

TITLES = {
    "trainer": gettext_lazy("Informe de una formadora o un formador"),
    "partner": gettext_lazy("Informe trimestral de un socio"),
    "logframe": gettext_lazy("Marco lógico para el donante"),
    "statement": gettext_lazy("Declaración pública por área estratégica"),
}
SHORT = {
    "trainer": gettext_lazy("Formadores"),
    "partner": gettext_lazy("Socios"),
    "logframe": gettext_lazy("Marco lógico"),
    "statement": gettext_lazy("Declaración pública"),
}
ABOUT = {
    "trainer": gettext_lazy("Sus empresas, sus visitas, qué falta perseguir y qué cambió."),
    "partner": gettext_lazy("Ciclos, personas, dinero, madurez, resultados y lo que sigue."),
    "logframe": gettext_lazy("Línea de base, metas y logros por período, con sus fuentes."),
    "statement": gettext_lazy("Lo logrado en cada área, cada cifra con su definición."),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of report that may be made."""

    kind: str
    title: str
    about: str


def offers(user: object) -> list[Offer]:
    """Return the kinds of report a user may make."""
    return [Offer(kind, str(TITLES[kind]), str(ABOUT[kind])) for kind in access.kinds(user)]


def title_of(report: Report) -> str:
    """Return what a report is called in a list."""
    subject = report.trainer or report.partner or report.programme
    if report.kind == "trainer" and report.partner is not None:
        return f"{subject} ({report.partner})"
    return str(subject)


def reports(user: object, kind: str = "") -> QuerySet[Report]:
    """Return the reports a user sees, the newest days first, with their last edition."""
    rows = access.visible_reports(user).order_by("-ends_on", "kind", "-pk")
    if kind in Report.Kind.values:
        rows = rows.filter(kind=kind)
    newest = Edition.objects.order_by("-number").defer("papers")
    return rows.prefetch_related(Prefetch("editions", queryset=newest, to_attr="issued"))


def kind_counts(user: object) -> dict[str, int]:
    """Return how many reports of each kind a user sees; "" is all of them."""
    rows = access.visible_reports(user).order_by().values_list("kind").annotate(n=Count("pk"))
    found = dict(rows)
    return {"": sum(found.values()), **{kind: found.get(kind, 0) for kind in Report.Kind.values}}


def editions_of(report: Report) -> list[Edition]:
    """Return the editions of a report, the last first, without what they hold."""
    return list(report.editions.defer("papers").select_related("issued_by"))


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that two editions say differently, or that only one has."""

    section: str
    label: str
    period: str
    before: str
    after: str


def paper_in(edition: Edition, language: str) -> Paper:
    """Return what an edition says in a language."""
    return keeping.paper_of(edition.papers["en" if language == "en" else "es-bo"])


def differences(before: Paper, after: Paper) -> list[Difference]:
    """Return which figures differ, from what to what, in reading order."""
    old, new = _by_key(before), _by_key(after)
    found = []
    for key in dict.fromkeys([*new, *old]):
        section, one = new.get(key) or old[key]
        was, now = _said(old.get(key)), _said(new.get(key))
        if was != now:
            found.append(Difference(section, one.label, one.period, was, now))
    return found


def _by_key(paper: Paper) -> dict[str, tuple[str, Cited]]:
    found: dict[str, tuple[str, Cited]] = {}
    for section, one in papers.cited(paper):
        found.setdefault(one.key, (section.title, one))
    return found


def _said(found: tuple[str, Cited] | None) -> str:
    """Return what an edition says of a figure: its number with its n of N, so that both show."""
    if found is None:
        return _("no está")
    one = found[1]
    return one.text if one.n is None else f"{one.text} (n = {one.n})"


def pair(editions: Sequence[Edition], first: str, second: str) -> tuple[Edition, Edition] | None:
    """Return the two editions an address names, else the last two; None with fewer than two."""
    by_number = {str(one.number): one for one in editions}
    if first in by_number and second in by_number and first != second:
        found = sorted((by_number[first], by_number[second]), key=lambda one: one.number)
        return found[0], found[1]
    return (editions[1], editions[0]) if len(editions) > 1 else None
