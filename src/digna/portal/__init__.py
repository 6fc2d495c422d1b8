"""The public account of the programme: a few kilobytes, no sign-in, small cells suppressed."""
