"""What this room's tests share with the rooms it shows."""

from training.conftest import held

__all__ = ["held"]
