"""What is written about telephones and about what could not be settled at once."""
