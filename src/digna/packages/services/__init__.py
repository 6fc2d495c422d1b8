"""One function per intention: bringing packages in, playing them, what cmi5 asks for."""
