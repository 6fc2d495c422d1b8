"""To which partner this room's rows belong."""

from digna.registry.ownership import declare, follows, never, of_partner

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
