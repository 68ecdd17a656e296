"""Reads of the desk: my work (``board``), its counts (``tally``), closing rates (``closing``), days (``calendar``)."""
