"""The room that everyone may enter: pages of a published register, and nothing else."""
