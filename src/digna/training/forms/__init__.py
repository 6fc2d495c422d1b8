"""Shapes of what people send to training, by noun."""
