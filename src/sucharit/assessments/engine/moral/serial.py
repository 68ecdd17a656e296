"""Serials of certificates: letters and digits that cannot be mixed up, the last one a check character.

The check is ISO/IEC 7064 style with a prime modulus (31 characters): every single wrong character and
every swap of two neighbours is found.
"""

from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTUVWX"  # 31: without I, L, O, Y, Z
BODY = 9  # characters before the check character: about 2.6e13 serials
_M = len(ALPHABET)


def make_serial(pick: Callable[[str], str]) -> str:
    """A serial as printed, "ABC12-3DE45"; ``pick`` chooses one character of a text at random."""
    body = "".join(pick(ALPHABET) for _ in range(BODY))
    return shown(body + check_character(body))


def check_character(body: str) -> str:
    """The character after ``body``. ValueError for characters outside the alphabet."""
    total = 0
    for place, char in enumerate(reversed(body), start=2):
        if char not in ALPHABET:
            raise ValueError(f"{char!r} is in no serial")
        total += place * ALPHABET.index(char)
    return ALPHABET[-total % _M]


def tidy(text: str) -> str:
    """What somebody typed, in the one spelling: capitals, one hyphen, O read as 0, I and L as 1."""
    plain = "".join(c for c in text.upper() if c.isalnum())
    return shown(plain.translate(str.maketrans("OIL", "011")))


def is_serial(text: str) -> bool:
    """Whether a tidy text has the form of a serial and its check character fits."""
    plain = text.replace("-", "")
    if len(plain) != BODY + 1 or set(plain) - set(ALPHABET) or text != shown(plain):
        return False
    return check_character(plain[:-1]) == plain[-1]


def shown(plain: str) -> str:
    """With the hyphen in the middle."""
    half = (BODY + 1) // 2
    return f"{plain[:half]}-{plain[half:]}" if len(plain) > half else plain
