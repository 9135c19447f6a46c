"""What must stay as it is whatever moves behind it."""
