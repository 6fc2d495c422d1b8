"""Pages of results: doors, one selector or service each, a template."""
