"""What people do with courses: one module a noun."""
