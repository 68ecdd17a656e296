"""Pages of the moral room."""
