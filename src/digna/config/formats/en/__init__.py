"""English as it is written in Bolivia: day first, 24 hours."""
