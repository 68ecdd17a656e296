"""Pages of the evidence library and of what stands on it."""
