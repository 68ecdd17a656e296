"""Pages of collecting: respond (anonymous), answer (with an account), manage, setting, links, results."""
