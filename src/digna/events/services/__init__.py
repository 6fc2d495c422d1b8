"""What people do with processes, sessions, enrolments and attendance: one module a noun."""
