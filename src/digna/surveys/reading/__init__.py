"""What a form and a submission are, read out of files that strangers send. No Django."""
