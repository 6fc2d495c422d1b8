"""Pathways: what a firm has to do next to be formal, to export, to be registered as an operator."""
