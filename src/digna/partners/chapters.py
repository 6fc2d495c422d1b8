"""What this room tells of a firm on its page in the register: what it agreed to pay and paid."""

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.partners.models import Fee
from digna.partners.selectors import money
from digna.registry.models import Enterprise
from digna.registry.stories import Entry
from digna.web.numbers import money as told


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return one entry a fee, with what of it was paid."""
    fees = Fee.objects.filter(enterprise=enterprise).select_related("cycle__partner")
    return [_entry(fee) for fee in fees.prefetch_related("payments")]


def _entry(fee: Fee) -> Entry:
    detail = _("pagó %(paid)s de %(agreed)s") % {
        "paid": told(money.paid_of(fee), fee.currency),
        "agreed": told(fee.agreed, fee.currency),
    }
    return Entry(
        when=fee.agreed_on,
        what=_("Cuota de «%(cycle)s»") % {"cycle": fee.cycle.title},
        detail=detail,
        url=reverse("partners:cycle_money", args=[fee.cycle.public_id]),
    )
