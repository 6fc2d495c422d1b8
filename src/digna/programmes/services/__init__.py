"""Every change to programmes, their parts and the kits installed."""
