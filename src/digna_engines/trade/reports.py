"""What an import says: how far it is, and in the end what came in and what stayed out."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from digna_engines.trade.manifest import Manifest

Progress = Callable[[str, int, int | None], None]
"""Told (step, done, of how many or None when nobody knows) as an import goes on."""


def silent(_step: str, _done: int, _total: int | None) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Report:
    """What an import did.

    Symbols: ``already`` is true when the same files were there before and nothing was written;
    ``missing_quantities`` rows without a quantity, of ``manifest.rows``.
    """

    release_id: str
    folder: str
    manifest: Manifest
    already: bool

    @property
    def missing_quantities(self) -> int:
        return self.manifest.rows - self.manifest.quantities

    @property
    def left_out(self) -> Mapping[str, int]:
        return self.manifest.left_out

    def to_plain(self) -> dict[str, Any]:
        """The report as JSON holds it."""
        plain = asdict(self)
        plain["missing_quantities"] = self.missing_quantities
        return plain
