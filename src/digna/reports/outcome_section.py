"""The part of a report on what changed in the firms; trainers' and partners' reports share it."""

from django.utils.translation import gettext as _

from digna.reports import firm_outcomes
from digna.reports.notes import Counter, What, part_of, signed
from digna.reports.paper import Block, Cards, Chart, Cited, Column, Note, Point, Row, Section, Table


def section(counter: Counter, found: firm_outcomes.Outcomes, code: str = "outcomes") -> Section:
    """Return what changed, with n of N; nothing measured is said, not left out."""
    blocks: list[Block] = [Cards(_cards(counter, found))]
    if found.kpis:
        blocks += [_table(counter, found), _chart(found)]
        blocks.append(
            Note(_("Una mediana de pocas empresas habla de ellas, no de todas: mire siempre su n."))
        )
    else:
        blocks.append(
            Note(_("Ninguna empresa tiene todavía un antes y un ahora que se puedan comparar."))
        )
    return Section(code, _("Qué cambió en las empresas"), tuple(blocks))


def _source() -> str:
    return _("Mediciones de las empresas")


def _cards(counter: Counter, found: firm_outcomes.Outcomes) -> tuple[Cited, ...]:
    measured = What(
        "firms_measured", _("Empresas con un antes y un ahora"),
        _("Empresas con al menos una pareja antes–ahora de un mismo indicador, con registro visto "
          "o por ver (calidad A o B); el total son todas las empresas, no las que respondieron."),
        _source(), _("empresas"),
    )  # fmt: skip
    better = What(
        "kpis_better", _("Indicadores de empresa que mejoraron"),
        _("Parejas de empresa e indicador que mejoraron, de todas las parejas comparables."),
        _source(), _("pares empresa–indicador"),
    )  # fmt: skip
    adopted = What(
        "practices_adopted", _("Prácticas adoptadas"),
        _("De las prácticas que faltaban en la línea de base, las que la última medición "
          "encuentra."),
        _source(), _("prácticas que faltaban"),
    )  # fmt: skip
    lost = What(
        "practices_lost", _("Prácticas perdidas"),
        _("De las prácticas que había en la línea de base, las que la última medición no "
          "encuentra."),
        _source(), _("prácticas que había"),
    )  # fmt: skip
    return (
        counter.share(measured, found.firms_with_pairs, found.firms),
        counter.share(better, found.improved, found.pairs),
        counter.share(adopted, found.adopted, found.lacked),
        counter.share(lost, found.lost, found.kept),
    )


def _table(counter: Counter, found: firm_outcomes.Outcomes) -> Table:
    rows = tuple(
        Row(
            one.name,
            (
                counter.change(_of_kpi(one), one.median, n=one.pairs, of=found.firms),
                part_of(one.pairs, found.firms),
                part_of(one.improved, one.pairs),
            ),
        )
        for one in found.kpis
    )
    return Table(
        _("Cambio mediano de cada indicador, positivo si es mejor"),
        (
            Column(_("Indicador de la empresa")), Column(_("Cambio mediano"), True),
            Column(_("n de N empresas"), True), Column(_("Mejoraron"), True),
        ),
        rows,
        _("Mediana de los cambios de las mismas empresas entre su línea de base y su último valor, "
          "como parte de la base. No se promedia ni se suma entre indicadores."),
    )  # fmt: skip


def _of_kpi(one: firm_outcomes.Changed) -> What:
    name = _("Cambio mediano: %(kpi)s") % {"kpi": one.name}
    told = _(
        "Mediana de (ahora − antes) ÷ antes, con el signo puesto de modo que positivo es mejor; "
        "solo pares de la misma empresa, de calidad A o B, revisados donde hacía falta."
    )
    return What(f"change_{one.code.lower()}", name, told, _source(), _("de la línea de base"))


def _chart(found: firm_outcomes.Outcomes) -> Chart:
    points = tuple(
        Point(
            one.name,
            None if one.median is None else 100 * one.median,
            _("sin dato")
            if one.median is None
            else f"{signed(100 * one.median)} % (n = {one.pairs})",
        )
        for one in found.kpis
    )
    told = "; ".join(f"{point.label}: {point.text}" for point in points)
    return Chart(
        _("Cambio mediano por indicador"),
        _("Barras desde cero; a la derecha, mejor. %(told)s.") % {"told": told},
        _("Indicador"), _("Cambio mediano, %"), points, "%",
    )  # fmt: skip
