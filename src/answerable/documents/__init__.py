"""Documents that leave the mechanism, and those that come back."""
