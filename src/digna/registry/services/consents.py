"""Consent: asked per purpose with the text shown, answered, withdrawn."""

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Consent, ConsentText, Enterprise, Person


@writes("registry.consent.recorded")
def record_consent(
    *,
    actor: Actor,
    text: ConsentText,
    is_given: bool,
    channel: str,
    person: Person | None = None,
    enterprise: Enterprise | None = None,
) -> Consent:
    """Record a yes or a no to one text. A withdrawal is a later no; nothing is overwritten.

    Raises:
        Refused: `registry.consent.text_retired` when the text is no longer in use.
    """
    if text.retired_on is not None and text.retired_on <= actor.at.date():
        raise Refused(
            "registry.consent.text_retired",
            _("El texto «%(title)s» tiene una versión nueva. Recargue y muéstrela a la persona.")
            % {"title": text.title},
        )
    return record.add(
        Consent(
            person=person,
            enterprise=enterprise,
            text=text,
            is_given=is_given,
            at=actor.at,
            channel=channel,
            recorded_by=actor.user,
        )
    )
