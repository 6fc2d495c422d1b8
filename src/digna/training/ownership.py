"""To which partner this room's rows belong."""

from django.db.models import Q

from digna.registry.ownership import REFERENCE, claim, declare, follows, of_partner

declare(
    {
        "training.module": REFERENCE,
        "training.buyerprogramme": of_partner("partner"),
        "training.supplierconsent": follows("buyer_programme"),
        "training.cycle": of_partner("partner"),
        "training.cycletrainer": follows("cycle"),
        "training.cyclefirm": follows("cycle", hush=("plan_approved_by", "paused_reason")),
        "training.move": follows("firm"),
        "training.participant": follows("firm"),
        "training.workshop": follows("cycle"),
        "training.workshopattendance": follows("workshop"),
        "training.teammember": follows("firm"),
        "training.opportunity": of_partner("partner", hush=("lost_note",)),
        "training.intake": follows("opportunity"),
        "training.visit": follows("firm", hush=("findings", "minutes_text")),
        "training.visitpresence": follows("visit"),
        "training.nextstep": follows("visit", hush=("what", "who")),
        "training.visitphoto": follows("visit", gone_when_quiet=True),
        "training.trainerreport": follows(
            "firm", hush=("situation", "changes", "difficulties", "advice")
        ),
        "training.reportcomment": follows("report"),
    }
)


def _firms(key: int, _code: str) -> Q:
    return Q(partner=None, cycle_firms__cycle__partner=key)


def _people(key: int, _code: str) -> Q:
    return Q(partner=None, training_seats__firm__cycle__partner=key)


claim("registry.enterprise", _firms)
claim("registry.person", _people)
