"""The doors of market access, by noun."""
