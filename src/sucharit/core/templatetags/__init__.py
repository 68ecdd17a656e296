"""Template filters of the house: {% load thai %}."""
