"""The register's screens, by noun: door, form, service or selector, render."""
