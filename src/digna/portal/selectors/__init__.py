"""What the public sees: frozen pages of numbers that were made safe to publish."""
