"""What people do with instruments, measurements, the board, projects, lists, pulses and plans."""
