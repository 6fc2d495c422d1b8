"""People who evaluate: invited by a link of their own, leaving, coming back."""

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies.models import Evaluator, Selection
from digna.studies.models.selections import new_token
from digna.studies.services import freezing


@writes("studies.evaluator.invited")
def invite_evaluator(
    *,
    actor: Actor,
    selection: Selection,
    name: str,
    constituency: str,
    organisation: str = "",
    phone: str = "",
) -> Evaluator:
    """Give somebody a link to weigh and score with; also when rounds have begun.

    Raises:
        Refused: `studies.evaluator.repeated`, `studies.selection.decided`.
    """
    freezing.refuse_decided(selection)
    name = " ".join(name.split())
    if selection.evaluators.filter(name__iexact=name).exists():
        raise Refused(
            "studies.evaluator.repeated",
            _("%(name)s ya está en la lista. Si es otra persona, agregue su segundo apellido.")
            % {"name": name},
            field="name",
        )
    return record.add(
        Evaluator(
            selection=selection,
            name=name,
            constituency=constituency,
            organisation=organisation,
            phone=phone,
            order=selection.evaluators.count() + 1,
        )
    )


@writes("studies.evaluator.link_renewed")
def renew_link(*, actor: Actor, evaluator: Evaluator) -> Evaluator:
    """Give a new link; the old one stops working, the answers stay.

    Raises:
        Refused: `studies.selection.decided`.
    """
    freezing.refuse_decided(evaluator.selection)
    return record.change(evaluator, token=new_token())


@writes("studies.evaluator.left")
def note_leaving(*, actor: Actor, evaluator: Evaluator, answers_stand: bool = True) -> Evaluator:
    """Somebody takes part no more; whether what they answered counts is said, not assumed.

    Raises:
        Refused: `studies.selection.decided`.
    """
    freezing.refuse_decided(evaluator.selection)
    return record.change(evaluator, left_at=actor.at, answers_stand=answers_stand)


@writes("studies.evaluator.returned")
def note_return(*, actor: Actor, evaluator: Evaluator) -> Evaluator:
    """Somebody who had left takes part again.

    Raises:
        Refused: `studies.selection.decided`.
    """
    freezing.refuse_decided(evaluator.selection)
    return record.change(evaluator, left_at=None, answers_stand=True)
