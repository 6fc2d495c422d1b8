"""To which partner this room's rows belong: a round is its partner's; what was said in it stays."""

from digna.registry.ownership import declare, follows, never, of_partner

WISHES = "a quién se quiere o no se quiere ver se dijo para la rueda y no sale de aquí"

declare(
    {
        "rounds.businessround": of_partner("partner"),
        "rounds.slot": follows("round"),
        "rounds.party": never("abre una puerta de esta instalación"),
        "rounds.interpreter": never("datos de una persona que ayudó ese día"),
        "rounds.wish": never(WISHES),
        "rounds.ruling": never(WISHES),
        "rounds.timetable": never(WISHES),
        "rounds.meeting": never("la venta que salió de ella va con su negocio"),
        "rounds.notice": never("avisos de un día que pasó"),
        "rounds.slip": never("la palabra de cada parte se dio para la rueda"),
    }
)
