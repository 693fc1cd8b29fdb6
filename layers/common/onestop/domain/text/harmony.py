"""Turkish suffixes that follow the sound of a number: ``2'li``, ``3'lü``, ``10'lu``."""

_ONES = {"1": "li", "2": "li", "3": "lü", "4": "lü", "5": "li", "6": "lı", "7": "li", "8": "li", "9": "lu"}
_TENS = {"1": "lu", "2": "li", "3": "lu", "4": "lı", "5": "li", "6": "lı", "7": "li", "8": "li", "9": "lı"}
_HUNDREDS, _MILLIONS, _ZERO = "lü", "lu", "lı"


def number_suffix(number: str) -> str:
    """The suffix "with so many" of a number, without its apostrophe; the last word of the spoken number decides.

    Args:
        number: digits, perhaps with a decimal mark.

    Source:
        Spoken numbers: bir, iki, üç, dört, beş, altı, yedi, sekiz, dokuz; on, yirmi, otuz, kırk, elli, altmış, yetmiş, seksen,
        doksan; yüz, bin, milyon; vowel harmony of -lı.

    Example:
        >>> [number_suffix(n) for n in ("2", "3", "6", "9", "10", "12", "24", "30", "40", "90", "100", "1000", "2000000", "1,5")]
        ['li', 'lü', 'lı', 'lu', 'lu', 'li', 'lü', 'lu', 'lı', 'lı', 'lü', 'li', 'lu', 'li']
    """
    digits = number.replace(",", ".").rsplit(".", maxsplit=1)[-1].lstrip("0")
    if not digits:
        return _ZERO
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros == 0:
        return _ONES[digits[-1]]
    if zeros == 1:
        return _TENS[digits[-2]]
    return _HUNDREDS if zeros == 2 else _MILLIONS if zeros >= 6 else "li"
