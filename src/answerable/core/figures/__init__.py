"""Figures: pure functions over the disclosed envelopes of cases. They say reports, not events."""
