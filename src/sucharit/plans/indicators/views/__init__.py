"""Pages of indicators: ``lists``, ``records``, ``figures``, ``verify``, ``rolls``."""
