"""What pages of results show: frozen, and read in a handful of queries."""
