"""What a firm agrees to show: each word kept with its day and who said it; the last one holds."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.linkages.models import MarketConsent
from digna.linkages.showing import GROUPS
from digna.registry.models import Enterprise


@writes("linkages.consent.said")
def say_consent(
    *,
    actor: Actor,
    enterprise: Enterprise,
    audience: str,
    said_by: str,
    on: date | None = None,
    **shows: bool,
) -> MarketConsent:
    """Note what a firm agrees to show and to whom: `name=True, price=False…`; unsaid is no.

    Raises:
        Refused: `linkages.consent.who`, `linkages.consent.future`.
    """
    unknown = set(shows) - set(GROUPS)
    if unknown:
        raise TypeError(f"nothing is called {sorted(unknown)}")
    if not said_by.strip():
        raise Refused(
            "linkages.consent.who",
            _("Escriba quién lo decidió: el consentimiento es de una persona de la empresa."),
            field="said_by",
        )
    today = timezone.localdate(actor.at)
    if on is not None and on > today:
        raise Refused(
            "linkages.consent.future",
            _("Ese día todavía no llega. Anote el consentimiento cuando lo den."),
            field="on",
        )
    agreed = {group: shows.get(group, False) for group in GROUPS}
    if audience == MarketConsent.Audience.NOBODY:
        agreed = dict.fromkeys(GROUPS, False)
    return record.add(
        MarketConsent(
            enterprise=enterprise,
            audience=audience,
            said_by=" ".join(said_by.split()),
            on=on or today,
            noted_by=actor.user,
            noted_at=actor.at,
            **{f"shows_{group}": value for group, value in agreed.items()},
        )
    )


@writes("linkages.consent.withdrawn")
def withdraw_consent(*, actor: Actor, enterprise: Enterprise, said_by: str) -> MarketConsent:
    """Take everything back: from this moment nothing of the firm is shown to anybody.

    Raises:
        Refused: `linkages.consent.who`.
    """
    return say_consent(
        actor=actor, enterprise=enterprise, audience=MarketConsent.Audience.NOBODY, said_by=said_by
    )
