"""The acts of a proceeding, one module for each matter; table.py has them all."""
