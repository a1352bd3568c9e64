"""Reads the files that people hand in: YAML and JSON, and the exhibits beside them."""
