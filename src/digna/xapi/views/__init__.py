"""The endpoints of the interface, and the screens of those who keep it."""
