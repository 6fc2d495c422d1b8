"""The doors of training, by noun."""
