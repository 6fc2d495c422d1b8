"""Doors of this room: the telephones', and the screens."""
