"""To which partner this room's rows belong."""

from django.db.models import Q

from digna.registry.ownership import claim, declare, follows, never, of_partner

declare(
    {
        "events.process": of_partner("partner"),
        "events.topic": follows("process"),
        "events.session": follows("process"),
        "events.enrolment": follows("process"),
        "events.attendance": follows("session"),
        "events.callsheet": never("trae a quien estuvo en la llamada, sea de quien sea"),
    }
)


def _guests(key: int, _code: str) -> Q:
    return Q(partner=None, enrolments__process__partner=key)


claim("registry.person", _guests)
