"""Rules of the register of units in plain Python: names, codes, columns, faults, differences."""
