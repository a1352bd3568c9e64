"""A grievance: what is handed in, and who may read which part of it."""
