"""What templates know about the programme: its name in the header, and whether it is synthetic."""

from typing import Any

from django.http import HttpRequest

from digna.journal import selectors as journal
from digna.programmes.models import Programme
from digna.web import paging


def synthetic(request: HttpRequest) -> dict[str, Any]:
    """Give templates `has_synthetic` and, where there is one programme only, `programme_name`."""

    def ask() -> tuple[bool, str]:
        rows = list(Programme.objects.values_list("name", "is_synthetic")[:2])
        has_synthetic = Programme.objects.filter(is_synthetic=True).exists()
        return has_synthetic, rows[0][0] if len(rows) == 1 else ""

    has_synthetic, name = paging.remembered("programmes:context", journal.version(), ask)
    return {"has_synthetic": has_synthetic, "programme_name": name}
