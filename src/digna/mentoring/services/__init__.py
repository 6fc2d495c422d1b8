"""Every change of this room, one function each."""
