"""Pages of the roll-out, by who works with them."""
