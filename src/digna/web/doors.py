"""The one door that needs no account; the others are in `digna.accounts.doors`."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

PUBLIC = "public"


def public(view: View[P]) -> View[P]:
    """Mark a view as open to the world."""
    view.door = PUBLIC  # type: ignore[attr-defined]
    return view
