"""Views: door, form, one service or selector, render."""
