"""Screens of this room: inside, and the public check."""
