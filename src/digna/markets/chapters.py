"""What this room offers on a firm's page in the register."""

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.markets import access
from digna.registry.models import Enterprise
from digna.registry.stories import Link


def links_of_enterprise(user: object, enterprise: Enterprise) -> list[Link]:
    """Return the way from a firm's page to the market sheets approved, where there are any."""
    if not rights.may(user, access.FIRM) or not access.approved_versions().exists():
        return []
    return [
        Link(
            _("Mercados para vender"),
            reverse("markets:firm", args=[enterprise.public_id]),
            "compass",
        )
    ]
