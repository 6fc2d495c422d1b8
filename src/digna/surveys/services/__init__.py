"""What can be done here, one function an intention."""
