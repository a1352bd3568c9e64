"""The verifier: one HTML file that checks receipts without this program and without a network."""
