"""What must hold of a stored ledger, part by part; check.py puts the parts together."""
