"""To which partner this room's rows belong: none leaves, for a report names firms and people."""

from digna.registry.ownership import declare, never

WHY = "nombra a personas y empresas que quizá no consintieron: se hace de nuevo allá"

declare(
    {
        "reports.report": never(WHY),
        "reports.narrative": never(WHY),
        "reports.edition": never(WHY),
        "reports.rendering": never("se dibuja de nuevo a partir de su edición"),
    }
)
