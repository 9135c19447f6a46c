"""Importers of official files, against small files and stub servers that reproduce their formats."""
