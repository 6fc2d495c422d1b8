"""Settings by surrounding: `base` for all; `dev`, `test` and `prod` say what differs."""
