"""What people do with results: declare, promise, import, compute, freeze, reopen."""
