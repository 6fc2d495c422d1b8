"""What people do with studies: one function an intention, by noun."""
