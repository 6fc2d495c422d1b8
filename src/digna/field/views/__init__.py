"""The shell, what telephones ask and send, and the office's screens about them."""
