"""Small rounds of every kind, drawn by chance."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from digna_engines.rounds import Fixed, Interpreter, Party, Round, Slot, Wish

NINE = datetime.fromisoformat("2021-06-01T09:00-04:00")
SAYS = st.sampled_from(["must", "meet", "meet", "", "no"])
TONGUES = st.sampled_from(
    [frozenset(), frozenset({"es"}), frozenset({"en"}), frozenset({"es", "en"})]
)


def slots(count: int, pause: int | None = None) -> tuple[Slot, ...]:
    return tuple(
        Slot(str(n), NINE + timedelta(minutes=20 * n), is_break=n == pause) for n in range(count)
    )


@st.composite
def rounds(draw: st.DrawFn, most_wishes: int = 5) -> Round:
    """Up to three buyers, three sellers, three slots and five wishes, with all that may bind."""
    buyers, sellers, count = (draw(st.integers(1, 3)) for _ in range(3))
    pause = draw(st.sampled_from([None, None, 0, 1]))
    day = slots(count + (pause is not None), pause)
    keys = [s.key for s in day]
    some = st.none() | st.frozensets(st.sampled_from(keys))
    parties = [
        Party(
            key=f"{letter}{n}", side=side, slots=draw(some),  # type: ignore[arg-type]
            most=draw(st.sampled_from([None, None, 1, 2])),
            least=draw(st.sampled_from([0, 0, 1, 2])),
            delegation=draw(st.sampled_from(["", "", "", "x"])), languages=draw(TONGUES),
            mode=draw(st.sampled_from(["on_site", "on_site", "either", "virtual"])),
            table=draw(st.sampled_from(["", "", f"mesa {letter}{n}"])),
        )
        for side, letter, size in (("buyer", "B", buyers), ("seller", "S", sellers))
        for n in range(size)
    ]  # fmt: skip
    pairs = [(f"B{b}", f"S{s}") for b in range(buyers) for s in range(sellers)]
    wished = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=most_wishes))
    helpers = [
        Interpreter(f"I{n}", frozenset({"es", "en"}), draw(some))
        for n in range(draw(st.integers(0, 2)))
    ]
    fixed = []
    if draw(st.integers(0, 3)) == 0:
        fixed = [Fixed(*draw(st.sampled_from(pairs)), draw(st.sampled_from(keys)))]
    return Round(
        slots=day, parties=tuple(parties),
        wishes=tuple(
            Wish(*pair, draw(SAYS), draw(SAYS), draw(st.none() | st.integers(1, 8)))
            for pair in wished
        ),
        tables=len({p.table for p in parties} - {""}) + draw(st.integers(0, 3)),
        rooms=draw(st.sampled_from([None, None, 0, 1])),
        interpreters=tuple(helpers), fixed=tuple(fixed),
        without=frozenset(draw(st.lists(st.sampled_from(pairs), max_size=1))),
    )  # fmt: skip
