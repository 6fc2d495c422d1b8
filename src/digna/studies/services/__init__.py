"""What people do with selections and assessments: one module a noun."""
