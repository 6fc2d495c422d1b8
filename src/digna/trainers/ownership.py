"""To which partner this room's rows belong: trainers to the partner they deliver for."""

from django.db.models import Q

from digna.registry.ownership import REFERENCE, claim, declare, follows, of_partner

declare(
    {
        "trainers.ladderrule": REFERENCE,
        "trainers.trainer": of_partner("partner", hush=("stopped_note",)),
        "trainers.way": follows("trainer"),
        "trainers.step": follows("way", hush=("reason",)),
        "trainers.evidence": follows("way", hush=("note", "comment")),
    }
)


def _people(key: int, _code: str) -> Q:
    return Q(partner=None, trainers__partner=key)


claim("registry.person", _people)
