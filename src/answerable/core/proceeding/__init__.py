"""A proceeding: a monitor's request, the bodies' contributions, and the one collected response."""
