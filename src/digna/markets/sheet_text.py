"""A sheet and a ranking as plain text for the terminal, and as plain values for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from digna.markets import measures, naming, sheet_pages
from digna.web import numbers


def text(document: Mapping[str, Any], language: str) -> str:
    """Return a sheet as text: its few numbers, markets, reasons and small print."""
    with translation.override(language):
        return "\n".join(_lines(sheet_pages.paper(document)))


def _lines(paper: sheet_pages.Paper) -> Iterator[str]:
    yield f"{paper.title} · {paper.product.dotted} · {paper.exporter} · {paper.years}"
    if paper.is_synthetic:
        yield _("Datos sintéticos de demostración: no describen ningún mercado ni ninguna empresa.")
    for one in paper.headlines:
        yield f"  {one.name}: {one.text} ({one.note})" if one.note else f"  {one.name}: {one.text}"
    for column in paper.columns:
        yield ""
        yield column.name
        for name, (written, _path) in zip(paper.rows, column.cells, strict=True):
            yield f"  {name}: {written}"
        for advice in paper.advice:
            if advice.market == column.code:
                yield from (f"  + {reason}" for reason in advice.reasons)
                yield from (f"  ! {caution}" for caution in advice.cautions)
    yield ""
    for line in (*paper.caveats, *paper.source):
        yield f"· {line}"


def ranking(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the markets in the order of what could still be sold, with what they rest on."""
    keys = (
        "market", "rank_by_potential", "unrealised", "potential", "actual", "rank_by_score",
        "score", "value", "growth", "growth_n", "unit_value", "distance_km", "distance_how",
        "tariff", "warnings",
    )  # fmt: skip
    return {
        "exporter": record["exporter"]["code"], "product": record["product"]["code"],
        "years": record["years"], "release": record["release"], "weights": record["weights"],
        "composite": record["composite"], "missing": record["missing"],
        "caveats": record["caveats"],
        "markets": [{key: row[key] for key in keys} for row in ordered(record)],
    }  # fmt: skip


def ordered(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the markets by their place in USD; those without a potential come last."""
    return sorted(
        record["markets"],
        key=lambda row: (row["rank_by_potential"] is None, row["rank_by_potential"] or 0),
    )


def ranking_text(record: Mapping[str, Any], language: str) -> str:
    """Return the ranking as a table of text."""
    with translation.override("en" if language == "en" else "es-bo"):
        head = (_("Mercado"), _("Sin usar"), _("Potencial"), _("Se vende"), _("Importa"),
                _("Crece"), _("Puntaje"))  # fmt: skip
        rows = [
            (
                naming.country(row["market"]), measures.short_usd(row["unrealised"]),
                measures.short_usd(row["potential"]), measures.short_usd(row["actual"]),
                measures.short_usd(row["value"]), measures.signed(row["growth"]),
                numbers.number(row["score"], 2),
            )
            for row in ordered(record)
        ]  # fmt: skip
        widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
        table = ["  ".join(_padded(row, widths)) for row in [head, *rows]]
        return "\n".join([*table, "", f"{_('USD al año')} · {sheet_pages.release_name(record)}"])


def _padded(row: tuple[str, ...], widths: list[int]) -> list[str]:
    """The first column to the left, numbers to the right."""
    numbers_ = zip(row[1:], widths[1:], strict=True)
    return [row[0].ljust(widths[0]), *(one.rjust(width) for one, width in numbers_)]
