"""Reads shaped for the pages of training."""
