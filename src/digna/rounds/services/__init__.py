"""What can be done in this room, one function an intention."""
