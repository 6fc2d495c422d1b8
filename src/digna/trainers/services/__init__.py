"""What people do with trainers, their ways up and their evidence: one module a noun."""
