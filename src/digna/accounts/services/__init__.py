"""What can be done to accounts, one function per intention."""
