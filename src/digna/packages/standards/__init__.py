"""What each standard says of an archive: pure readers, no Django."""
