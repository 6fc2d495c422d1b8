"""Screens of market access: inside, for buyers by their link, and for the public."""
