"""Pages of instruments: ``instruments`` (what is published), ``drafts`` (what is being written), ``files``."""
