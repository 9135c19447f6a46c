"""Readers of official files and makers of reference data; each writes what the catalogue describes."""
