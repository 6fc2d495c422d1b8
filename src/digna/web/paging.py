"""Pages of a long list, whose total is counted once however often it is asked."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest

PER_PAGE = 50


class CountedOnce(Paginator[Any]):
    """A paginator that is told how to count; the count is kept by `remembered`."""

    def __init__(self, rows: Any, counted: Callable[[], int]) -> None:
        super().__init__(rows, PER_PAGE)
        self._counted = counted

    @cached_property
    def count(self) -> int:
        return self._counted()


def page_of(
    request: HttpRequest, rows: models.QuerySet[Any] | Sequence[Any], counted: Callable[[], int]
) -> Page[Any]:
    """Return the page that `?pagina=` asks for; a number out of range gives the nearest."""
    return CountedOnce(rows, counted).get_page(request.GET.get("pagina"))


def remembered(key: str, version: int, ask: Callable[[], Any]) -> Any:
    """Return what `ask` gave for this `version` of the data, asking again when it moved on.

    The version is the journal's count of lines: any write makes every remembered count stale, so
    a number shown is never older than the last change.
    """
    full = f"{key}:{version}"
    value = cache.get(full)
    if value is None:
        value = ask()
        cache.set(full, value, 600)
    return value
