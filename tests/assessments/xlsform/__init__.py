"""XLSForm: reading, writing, refusing."""
