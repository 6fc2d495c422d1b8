"""The room's first page: what was sold of what was intended, what is due, where to go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from digna.accounts import rights
from digna.accounts.doors import door
from digna.linkages import access, sentences
from digna.linkages.selectors import deals, offers


@door(access.SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """Market access at a glance, for the firms one sees."""
    today = timezone.localdate()
    rows = deals.standings(deals.with_steps(access.visible_deals(request.user)))
    summary = deals.summary(rows)
    mine = access.visible_offers(request.user)
    sees_buyers = rights.may(request.user, access.SEE_BUYERS)
    context = {
        "sold": sentences.followed_lines(summary.followed),
        "known": sentences.known(summary.followed),
        "deal_count": len(rows),
        "due_count": len(deals.chase(rows, today)),
        "offer_count": mine.filter(state="published").count(),
        "draft_count": mine.filter(state="draft").count(),
        "waiting": offers.waiting_interests(mine).count(),
        "buyer_count": access.visible_buyers(request.user).filter(is_active=True).count(),
        "demand_count": offers.open_demands(today).count() if sees_buyers else 0,
        "sees_buyers": sees_buyers,
        "cohort_count": access.visible_cohorts(request.user).count(),
        "sees_cohorts": rights.may(request.user, access.SEE_COHORTS),
    }
    return render(request, "linkages/overview.html", context)
