"""What people do in market access, one function per intention."""
