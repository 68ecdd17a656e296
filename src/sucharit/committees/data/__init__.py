"""What committees stand on, as data: sections of the agenda, grounds of recusal, templates of committees."""
