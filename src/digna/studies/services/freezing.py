"""What may no longer be changed, and since when."""

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.studies.models import Decision, Round, Selection


def refuse_decided(selection: Selection) -> None:
    """Refuse any change of a selection that has its decision.

    Raises:
        Refused: `studies.selection.decided`.
    """
    if Decision.objects.filter(selection=selection).exists():
        raise Refused(
            "studies.selection.decided",
            _("Esta selección ya tiene decisión y quedó congelada. Para revisarla, haga una "
              "versión nueva."),
        )  # fmt: skip


def has_rounds(selection: Selection, kind: str) -> bool:
    """Whether people were asked already."""
    return Round.objects.filter(selection=selection, kind=kind).exists()


def refuse_scoring_begun(selection: Selection) -> None:
    """Refuse to change what people already score.

    Raises:
        Refused: `studies.selection.scoring_begun`, `studies.selection.decided`.
    """
    refuse_decided(selection)
    if has_rounds(selection, Round.Kind.SCORES):
        raise Refused(
            "studies.selection.scoring_begun",
            _("La gente ya está puntuando con esta lista. Para cambiarla, haga una versión nueva."),
        )
