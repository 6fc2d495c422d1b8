"""Pages: door, form, service or selector, render."""
