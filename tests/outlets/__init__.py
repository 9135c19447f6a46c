"""What leaves the house, file by file."""
