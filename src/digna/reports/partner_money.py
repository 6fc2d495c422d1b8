"""The money of a partner's report: recovered of the full cost, and what firms paid, apart."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.partners import recovery
from digna.partners.recovery import CycleMoney, Recovery
from digna.partners.selectors import money
from digna.registry.models import Organisation
from digna.reports.notes import Counter, What, part_of, plain
from digna.reports.paper import Block, Cards, Chart, Cited, Column, Note, Point, Row, Section, Table
from digna.reports.quarters import Stretch
from digna.web import numbers

ZERO = Decimal(0)


def section(counter: Counter, partner: Organisation, stretch: Stretch) -> Section:
    """Return what the cycles begun by the end of the period cost and who paid."""
    cycles = [one for one in money.cycles_of([partner.pk]) if one.starts_on <= stretch.ends_on]
    known = money.money_of(cycles)
    begun = {one.pk for one in cycles if one.starts_on >= stretch.starts_on}
    recent = [one for one in known if one.cycle in begun]
    now, whole = recovery.recovery(recent), recovery.recovery(known)
    blocks: list[Block] = [Cards(_cards(counter, partner, now, whole))]
    if whole.complete < whole.cycles:
        told = _("El costo está completo en %(n)s de %(all)s ciclos: solo esos entran, en los dos "
                 "lados de la división.")  # fmt: skip
        blocks.append(Note(told % {"n": whole.complete, "all": whole.cycles}, "warning"))
    if whole.is_known:
        blocks += [_by_group(known), *_who_paid(known)]
    return Section("money", _("Dinero"), tuple(blocks))


def _cards(
    counter: Counter, partner: Organisation, now: Recovery, whole: Recovery
) -> tuple[Cited, ...]:
    source, url = _("Socios"), reverse("partners:money", args=[partner.code])
    told = _("(Cuotas de las empresas + dinero del socio + comprador o auspiciador + subsidio "
             "público) ÷ costo completo, en bolivianos. El dinero del donante no "
             "cuenta.")  # fmt: skip
    paid = _(
        "Cuotas pagadas por las empresas, menos devoluciones, ÷ costo completo, en bolivianos."
    )
    return (
        counter.share(
            What("cost_recovery", _("Costo recuperado, ciclos que empezaron en el período"), told,
                 source, _("bolivianos"), url),
            now.covered, now.cost, n=now.complete, of=now.cycles,
        ),
        counter.share(
            What("firm_paid_share", _("De eso, lo pagado por las empresas, en el período"), paid,
                 source, _("bolivianos"), url),
            now.firm_paid, now.cost, n=now.complete, of=now.cycles,
        ),
        counter.share(
            What("cost_recovery_to_date", _("Costo recuperado, todos sus ciclos"), told,
                 source, _("bolivianos"), url),
            whole.covered, whole.cost, n=whole.complete, of=whole.cycles,
        ),
        counter.share(
            What("firm_paid_share_to_date", _("De eso, lo pagado por las empresas"), paid,
                 source, _("bolivianos"), url),
            whole.firm_paid, whole.cost, n=whole.complete, of=whole.cycles,
        ),
    )  # fmt: skip


def _by_group(known: list[CycleMoney]) -> Table:
    rolled = recovery.by(known, lambda one: one.group)
    rows = [
        Row(word, _cells(rolled[code]))
        for code, word in money.group_words().items()
        if code in rolled
    ]
    rows.append(Row(_("Todos los módulos"), _cells(recovery.recovery(known)), is_total=True))
    return Table(
        _("Recuperación del costo por grupo de módulos, todos sus ciclos"),
        (
            Column(_("Módulos")), Column(_("Costo completo, Bs"), True),
            Column(_("Cubierto, Bs"), True),
            Column(_("Recuperado"), True), Column(_("Pagan las empresas"), True),
            Column(_("Ciclos completos"), True),
        ),
        tuple(rows),
        _("El total divide la suma de lo cubierto entre la suma de los costos: no promedia "
          "porcentajes."),
    )  # fmt: skip


def _cells(found: Recovery) -> tuple[Cited, ...]:
    return (
        plain(found.cost, 2), plain(found.covered, 2), part_of(found.covered, found.cost, "%"),
        part_of(found.firm_paid, found.cost, "%"), part_of(found.complete, found.cycles),
    )  # fmt: skip


def _who_paid(known: list[CycleMoney]) -> tuple[Chart]:
    complete = [one for one in known if one.cost is not None]
    points = []
    for source, word in money.source_words().items():
        amount = sum((one.of(source) for one in complete), ZERO)
        points.append(Point(word, amount, f"Bs {numbers.number(amount)}"))
    told = "; ".join(f"{point.label}: {point.text}" for point in points)
    return (
        Chart(
            _("Quién pagó, en los ciclos de costo completo"),
            _("Barras desde cero, en bolivianos. %(told)s.") % {"told": told},
            _("Fuente del dinero"), _("Bolivianos"), tuple(points), "Bs",
        ),
    )  # fmt: skip
