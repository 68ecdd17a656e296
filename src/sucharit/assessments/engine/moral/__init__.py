"""Moral organisations, communities, districts and provinces: ladder, roll-up, certificate serials.

What is asked and how points become a level stands in the instruments (data/instruments/moral.*); this
package reads their computed values and counts.
"""

from .ladder import Ladder, Need, Rung, ladder
from .rollup import Change, Count, Pyramid, change, pyramid, reaches, tally
from .serial import check_character, is_serial, make_serial, tidy

__all__ = [
    "Change",
    "Count",
    "Ladder",
    "Need",
    "Pyramid",
    "Rung",
    "change",
    "check_character",
    "is_serial",
    "ladder",
    "make_serial",
    "pyramid",
    "reaches",
    "tally",
    "tidy",
]
