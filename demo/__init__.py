"""A store of invented data, to see what the pages do when every ward is published."""
