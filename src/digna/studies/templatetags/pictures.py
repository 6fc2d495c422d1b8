"""Colours of a drawing, by what a shape is: light ground and strong edge, fit for paper."""

from django import template

register = template.Library()
COLOURS = {
    "symptom": ("#fbe9e6", "#a8261c"),
    "proximate": ("#f8efd9", "#7d5200"),
    "root": ("#e2eef0", "#0b5563"),
    "function": ("#e2eef0", "#0b5563"),
    "rule": ("#e3f1e7", "#1e6b3a"),
    "open": ("#ffffff", "#a8261c"),
    "link": ("#e2eef0", "#0b5563"),
    "actor": ("#ffffff", "#80889a"),
    "farm": ("#e3f1e7", "#1e6b3a"),
    "margin": ("#cfe3ef", "#0072b2"),
    "jump": ("#fbe9e6", "#a8261c"),
    "gap": ("#f3f0e8", "#80889a"),
    "whole": ("#e2eef0", "#0b5563"),
    "fall": ("#fbe9e6", "#a8261c"),
    "ground": ("#ffffff", "#80889a"),
    "dot": ("#0b5563", "#0b5563"),
    "line": ("#5a6372", "#5a6372"),
    "leader": ("none", "#80889a"),
    "grid": ("none", "#d9d5ca"),
    "ink": ("#1b2330", "#1b2330"),
    "muted": ("#5a6372", "#5a6372"),
    "on": ("#ffffff", "#ffffff"),
}


@register.filter
def fill_of(kind: str) -> str:
    """The ground of a shape."""
    return COLOURS[kind][0]


@register.filter
def stroke_of(kind: str) -> str:
    """The edge of a shape, or the ink of words."""
    return COLOURS[kind][1]
