"""What people do in training, one function per intention."""
