"""Hangul in Latin letters by the Revised Romanization of Korean, for brand names without a Latin spelling of their own."""

import re

_ONSETS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i")
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_SOUND = {
    **dict.fromkeys("ㄱㄲㄳㄺㅋ", "k"), **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "t"), **dict.fromkeys("ㅂㅄㄿㅍ", "p"),
    **dict.fromkeys("ㄴㄵㄶ", "n"), **dict.fromkeys("ㄹㄼㄽㄾㅀ", "l"), **dict.fromkeys("ㅁㄻ", "m"), "ㅇ": "ng", "": "",
}  # fmt: skip
# What a final leaves behind and what it hands to a following vowel.
_LIAISON = {
    "ㄱ": ("", "g"), "ㄲ": ("", "kk"), "ㄳ": ("k", "s"), "ㄴ": ("", "n"), "ㄵ": ("n", "j"), "ㄶ": ("", "n"), "ㄷ": ("", "d"),
    "ㄹ": ("", "r"), "ㄺ": ("l", "g"), "ㄻ": ("l", "m"), "ㄼ": ("l", "b"), "ㄽ": ("l", "s"), "ㄾ": ("l", "t"), "ㄿ": ("l", "p"),
    "ㅀ": ("", "r"), "ㅁ": ("", "m"), "ㅂ": ("", "b"), "ㅄ": ("p", "s"), "ㅅ": ("", "s"), "ㅆ": ("", "ss"), "ㅇ": ("ng", ""),
    "ㅈ": ("", "j"), "ㅊ": ("", "ch"), "ㅋ": ("", "k"), "ㅌ": ("", "t"), "ㅍ": ("", "p"), "ㅎ": ("", ""), "": ("", ""),
}  # fmt: skip
_NASAL = {"k": "ng", "t": "n", "p": "m"}
_ASPIRATE = {"g": "k", "d": "t", "j": "ch"}
_BEFORE_H = {"ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅈ": "ch"}
# ㄴ insertion cannot be computed; well-known words keep the spelling the world knows.
_EXCEPTIONS = {
    "학여울": "hangnyeoul", "알약": "allyak", "신문로": "sinmunno", "깻잎": "kkaennip", "김치": "kimchi", "라면": "ramyeon",
}  # fmt: skip
_HANGUL_RUN = re.compile("[가-힣]+")
_LOOSE_LETTERS = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\ud7b0-\ud7ff\uffa0-\uffdc]+")

_Syllable = tuple[str, str, str]


def romanise(text: str, *, verb: bool = False) -> str:
    """The text with every Hangul run in Latin letters, lower-case; all else stays.

    Args:
        verb: whether ㄱ, ㄷ, ㅂ before ㅎ merge with it, as they do in verbs and adjectives but not in nouns.

    Source:
        Revised Romanization of Korean, Ministry of Culture notice 2000-8, section 3.

    Example:
        >>> romanise("종로"), romanise("모아한"), romanise("잡혀", verb=True)
        ('jongno', 'moahan', 'japyeo')
    """
    return _HANGUL_RUN.sub(lambda match: _EXCEPTIONS.get(match[0]) or _romanise_run(match[0], verb=verb), text)


def romanise_name(text: str) -> str:
    """A brand or proper name in Latin letters, each word with a capital; ``?`` where nothing can be sounded out.

    Example:
        >>> romanise_name("온새미 키친")
        'Onsaemi Kichin'
    """
    sounded = _LOOSE_LETTERS.sub("", romanise(text))
    return " ".join(word[:1].upper() + word[1:] for word in sounded.split()) or "?"


def _romanise_run(run: str, *, verb: bool) -> str:
    syllables = [_split(syllable) for syllable in run]
    out, onset = "", syllables[0][0]
    for index, (_, vowel, final) in enumerate(syllables):
        following = syllables[index + 1] if index + 1 < len(syllables) else None
        closing, next_onset = _meet(final, following, verb=verb) if following else (_SOUND[final], "")
        out += onset + vowel + closing
        onset = next_onset
    return out


def _split(syllable: str) -> _Syllable:
    code = ord(syllable) - 0xAC00
    return _ONSETS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28]


def _meet(final: str, following: _Syllable, *, verb: bool) -> tuple[str, str]:
    """How a final and the next syllable's onset sound together: (closing, onset)."""
    onset, vowel, _ = following
    if onset == "":
        return _before_vowel(final, vowel)
    if final in ("ㅎ", "ㄶ", "ㅀ") and onset in _ASPIRATE:
        return {"ㅎ": "", "ㄶ": "n", "ㅀ": "l"}[final], _ASPIRATE[onset]
    if onset == "h" and verb and final in _BEFORE_H:
        return "", "ch" if (final, vowel) == ("ㄷ", "i") else _BEFORE_H[final]
    return _assimilate(_SOUND[final], onset)


def _before_vowel(final: str, vowel: str) -> tuple[str, str]:
    if vowel == "i" and final in ("ㄷ", "ㅌ"):
        return "", {"ㄷ": "j", "ㅌ": "ch"}[final]
    return _LIAISON[final]


def _assimilate(closing: str, onset: str) -> tuple[str, str]:
    if onset in ("n", "m") and closing in _NASAL:
        return _NASAL[closing], onset
    if onset == "r" and closing in (*_NASAL, "m", "ng"):
        return _NASAL.get(closing, closing), "n"
    if (closing, onset) in (("n", "r"), ("l", "n"), ("l", "r")):
        return "l", "l"
    return closing, onset
