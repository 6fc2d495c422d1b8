"""What lists share: chips with counts, a download as csv or xlsx."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from digna.registry import downloads


def chips(
    request: HttpRequest, name: str, labels: Mapping[str, Any], counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return filter chips over one parameter of the address; the page goes back to the first."""
    chosen = request.GET.get(name, "")
    found = []
    for value, label in labels.items():
        query = request.GET.copy()
        query.pop("pagina", None)
        query[name] = value
        found.append(
            {
                "label": label,
                "count": counts.get(value, 0),
                "url": f"?{query.urlencode()}",
                "is_on": chosen == value,
            }
        )
    return found


def file(
    request: HttpRequest, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Return rows as a workbook where `?formato=xlsx` asks for it, else as csv."""
    is_xlsx = request.GET.get("formato") == "xlsx"
    return (downloads.xlsx_file if is_xlsx else downloads.csv_file)(name, header, rows)
