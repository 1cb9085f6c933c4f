"""What commands say of themselves, in the reader's language."""
