"""Digna's core: plain values in, plain values out. No Django, network, clock or settings."""
