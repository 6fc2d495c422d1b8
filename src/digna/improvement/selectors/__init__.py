"""What the screens of this room show, by noun."""
