"""The letters that the network knows, and how Hangul syllables are put together from what it sees of them."""

_CHO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
JUNG = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
"""Vowels, in Unicode's order."""
JONG = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
"""Finals in Unicode's order, the first being none."""
OTHERS = "".join(map(chr, range(0x21, 0x7F))) + "₩·～℃×→"
"""What the network knows besides syllables; it takes the order of these for granted, and so do its weights."""
STARTS = _CHO + OTHERS
"""What a letter starts with: the initial of a syllable, or the whole of another letter."""


def composed(initial: int, vowel: int, final: int) -> str:
    """The syllable of these three parts, each as its place in Unicode's order.

    Source:
        The Unicode Standard, 3.12 Conjoining Jamo Behavior.

    Example:
        >>> composed(0, 0, 0), composed(18, 0, 4), composed(0, 0, 21)
        ('가', '한', '강')
    """
    return chr(0xAC00 + (initial * len(JUNG) + vowel) * len(JONG) + final)


def parts(syllable: str) -> tuple[int, int, int] | None:
    """Initial, vowel and final of a syllable; None for any other letter.

    Example:
        >>> parts("한"), parts("A")
        ((18, 0, 4), None)
    """
    at = ord(syllable) - 0xAC00
    if not 0 <= at < len(_CHO) * len(JUNG) * len(JONG):
        return None
    return at // (len(JUNG) * len(JONG)), at // len(JONG) % len(JUNG), at % len(JONG)
