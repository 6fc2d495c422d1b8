"""Which records stand behind each part of a figure: found when somebody first asks, then kept."""

from collections.abc import Mapping

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.results.models import Figure, FigureSlice
from digna.results.packing import Packed

Part = tuple[str, str | None]


@writes("results.figure.members_found")
def record_members(*, actor: Actor, figure: Figure, members: Mapping[Part, Packed]) -> int:
    """Keep the records of every part of a figure; how many parts there are now.

    `computing.find_members` finds them and calls this. Found twice is found once.
    """
    Figure.objects.select_for_update().get(pk=figure.pk)
    if figure.slices.exists():
        return figure.slices.count()
    rows = [
        FigureSlice(
            figure=figure,
            dimension=dimension,
            category=category or "",
            record_count=packed.count,
            records=packed.data,
            records_sha256=packed.sha256,
        )
        for (dimension, category), packed in members.items()
    ]
    return len(record.add_many(rows, each=False))
