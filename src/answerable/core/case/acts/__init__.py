"""The acts of a case, one file for each matter: the table of case.md 4 as code."""
