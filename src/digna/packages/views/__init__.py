"""The staff's screens, the player, and the files that it plays."""
