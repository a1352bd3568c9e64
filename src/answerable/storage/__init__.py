"""Acts, entries and exhibits, kept in a database."""
