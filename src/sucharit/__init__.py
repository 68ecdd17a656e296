"""Sucharit (สุจริต): the integrity-operations platform of a ministry and its provinces.

Start reading at ``docs/start-here.md``; the house and its floors are in ``docs/house.md``.
"""

__version__ = "0.1.0"
