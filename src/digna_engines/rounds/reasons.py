"""Why a wish is not in the timetable: the first thing that stands in its way, and in words."""

from collections.abc import Mapping
from typing import Any

from digna_engines.rounds.board import NOBODY, Board
from digna_engines.rounds.timetable import Unmet

SENTENCES: dict[str, tuple[str, str]] = {
    "refused": (
        "Una de las dos partes prefirió no reunirse.",
        "One of the two sides preferred not to meet.",
    ),
    "kept_apart": (
        "La organización pidió que no se reúnan.",
        "The organiser asked that they do not meet.",
    ),
    "delegation": (
        "Vienen en la misma delegación («{delegation}»).",
        "They come in the same delegation (“{delegation}”).",
    ),
    "language": (
        "No comparten idioma ({buyer} y {seller}) y ningún intérprete los une.",
        "They share no language ({buyer} and {seller}) and no interpreter joins them.",
    ),
    "never_together": (
        "No hay ningún turno en que ambas partes estén presentes.",
        "There is no slot in which both are present.",
    ),
    "buyer_full": (
        "El comprador ya tiene sus {most} reuniones con deseos de igual o mayor valor.",
        "The buyer already has its {most} meetings, with wishes worth as much or more.",
    ),
    "seller_full": (
        "La empresa ya tiene sus {most} reuniones con deseos de igual o mayor valor.",
        "The firm already has its {most} meetings, with wishes worth as much or more.",
    ),
    "buyer_full_one": (
        "El comprador ya tiene su única reunión, con un deseo de igual o mayor valor.",
        "The buyer already has its only meeting, with a wish worth as much or more.",
    ),
    "seller_full_one": (
        "La empresa ya tiene su única reunión, con un deseo de igual o mayor valor.",
        "The firm already has its only meeting, with a wish worth as much or more.",
    ),
    "no_common_free": (
        "En los {together} turnos en que coinciden, una de las dos partes ya tiene reunión.",
        "In the {together} slots they share, one of the two already has a meeting.",
    ),
    "no_common_free_one": (
        "En el único turno en que coinciden, una de las dos partes ya tiene reunión.",
        "In the only slot they share, one of the two already has a meeting.",
    ),
    "no_table": (
        "En los turnos en que ambas están libres no queda mesa.",
        "In the slots in which both are free no table is left.",
    ),
    "no_room": (
        "En los turnos en que ambas están libres no queda sala de videollamada.",
        "In the slots in which both are free no video room is left.",
    ),
    "no_interpreter": (
        "En los turnos en que ambas están libres no queda intérprete.",
        "In the slots in which both are free no interpreter is left.",
    ),
    "outweighed": (
        "Quedó fuera por falta de tiempo de cálculo: hay un turno posible.",
        "It was left out for want of computing time: a slot would be possible.",
    ),
}


LACKING: dict[str, tuple[str, str]] = {
    "no_table": ("no queda mesa", "no table is left"),
    "no_room": ("no queda sala de videollamada", "no video room is left"),
    "no_interpreter": ("no queda intérprete", "no interpreter is left"),
    "": ("una de las partes no puede", "one of the parties cannot"),
}


def lacking(what: str) -> tuple[str, str]:
    """What is missing in a slot, in Spanish and in English."""
    return LACKING[what]


def sentence(code: str, details: Mapping[str, Any], language: str = "es") -> str:
    """The reason in Spanish, or in English for ``en…``.

    >>> sentence("seller_full", {"most": 6}, "en")
    'The firm already has its 6 meetings, with wishes worth as much or more.'
    >>> sentence("seller_full", {"most": 1}, "en")
    'The firm already has its only meeting, with a wish worth as much or more.'
    """
    only_one = 1 in (details.get("most"), details.get("together")) and f"{code}_one" in SENTENCES
    text = SENTENCES[f"{code}_one" if only_one else code][1 if language.startswith("en") else 0]
    plain = {
        key: ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
        for key, value in details.items()
    }
    return text.format_map(plain)


def unmet(board: Board) -> tuple[Unmet, ...]:
    """Every wish that is not met, the worthiest first."""
    given = board.given
    found = list(given.refused)
    for pair, one in enumerate(given.pairs):
        if board.slot_of[pair] == NOBODY and one.points:
            code, details = _why(board, pair)
            buyer, seller = given.parties[one.buyer].key, given.parties[one.seller].key
            found.append(Unmet(buyer, seller, one.points, code, details))
    return tuple(sorted(found, key=lambda u: (-u.points, u.buyer, u.seller)))


def _why(board: Board, pair: int) -> tuple[str, dict[str, Any]]:
    one = board.given.pairs[pair]
    for side, party in (("buyer", one.buyer), ("seller", one.seller)):
        if board.counts[party] >= board.caps[party]:
            return f"{side}_full", {"most": int(board.caps[party])}
    together = [slot for slot, free in enumerate(board.free[pair]) if free]
    both = [
        slot
        for slot in together
        if board.at[one.buyer][slot] == NOBODY and board.at[one.seller][slot] == NOBODY
    ]
    if not both:
        return "no_common_free", {"together": len(together)}
    lacking = [board.lacks(pair, slot) for slot in both]
    return (lacking[0] or "outweighed") if all(lacking) else "outweighed", {}
