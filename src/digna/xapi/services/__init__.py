"""One function per intention: keeping statements and documents, keys and passes."""
