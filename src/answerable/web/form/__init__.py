"""The form: what a sender fills in, hands in, and comes back to with the return key."""
