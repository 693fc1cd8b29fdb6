"""Text as a translator takes it: what must not change is wrapped, long text is cut where a sentence ends, and all is checked on return."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

_OPEN, _CLOSE = '<span translate="no">', "</span>"
_SPAN = re.compile(r"<span\s+translate\s*=\s*[\"']no[\"']\s*>(.*?)</span>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_UNIT = re.compile(r'<span translate="no">.*?</span>|<[^<>]*>|&#?\w+;|.', re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|tr|td|ul|ol|table)>$|<br\s*/?>$", re.IGNORECASE)
_TAG_LENGTH = 16
# Letters that belong to the one before: the joiner and what it joins, variation marks, Thai and Lao am, shades of skin.
_EXTENDING = frozenset("\u200d\u200c\u0e33\u0eb3") | {chr(code) for code in range(0x1F3FB, 0x1F400)}


def protect(text: str, keep: Iterable[str]) -> str:
    """The text as HTML, with every kept string in an element that translators leave alone.

    Example:
        >>> protect("ANUA 토너 50ml & 크림", ["ANUA", "50ml"])
        '<span translate="no">ANUA</span> 토너 <span translate="no">50ml</span> &amp; 크림'
    """
    longest_first = sorted({word for word in keep if word}, key=lambda word: (-len(word), word))
    words = "|".join(map(re.escape, longest_first)) or "(?!)"
    pieces: list[str] = []
    end = 0
    for match in re.finditer(rf"(?<![A-Za-z0-9])(?:{words})(?![A-Za-z0-9])", text):
        pieces += [html.escape(text[end : match.start()], quote=False), _OPEN, html.escape(match[0], quote=False), _CLOSE]
        end = match.end()
    return "".join([*pieces, html.escape(text[end:], quote=False)])


def restore(answer: str, sent: str) -> str | None:
    """The plain text of an answer, or None when what was protected did not come back as it was sent, or other markup came.

    Args:
        answer: what the translator gave.
        sent: what :func:`protect` made.

    Example:
        >>> restore('Toner <span translate="no">50ml</span> &amp; cream', '토너 <span translate="no">50ml</span> &amp; 크림')
        'Toner 50ml & cream'
        >>> restore("Toner 50ml", '토너 <span translate="no">50ml</span>') is None
        True
    """
    if sorted(_SPAN.findall(answer)) != sorted(_SPAN.findall(sent)):
        return None
    bare = _SPAN.sub(r"\1", answer)
    return None if _TAG.search(bare) else " ".join(html.unescape(bare).split())


def has_markup(text: str) -> bool:
    """Whether a text that should be plain holds a tag.

    Example:
        >>> has_markup("Cotton <script>x</script>"), has_markup("1 < 2")
        (True, False)
    """
    return bool(_TAG.search(text))


def chunks(text: str, max_bytes: int) -> list[str]:
    """A text in pieces of at most ``max_bytes`` of UTF-8, cut where a block ends, else a sentence, else a word, else a letter.

    Never inside a protected span, a tag, or a letter with its marks; a single such thing that is longer stays whole. The pieces
    joined are the text.

    Example:
        >>> chunks("첫 문장이다. 둘째 문장이다.", 24)
        ['첫 문장이다.', ' 둘째 문장이다.']
    """
    found: list[str] = []
    while len(text.encode()) > max_bytes:
        cut = _cut(text, max_bytes)
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text] if text or not found else found


def _cut(text: str, max_bytes: int) -> int:
    best, best_rank, size, last = 0, -1, 0, 0
    for end in _boundaries(text):
        size += len(text[last:end].encode())
        last = end
        if size > max_bytes:
            break
        if (rank := _rank(text, end)) >= best_rank:
            best, best_rank = end, rank
    return best or last


def _boundaries(text: str) -> Iterator[int]:
    for match in _UNIT.finditer(text):
        end = match.end()
        if end == len(text) or not (_joined(text[end - 1], text[end]) or _tears_flag(text, end)):
            yield end


def _tears_flag(text: str, end: int) -> bool:
    """Whether a cut here would part the two letters that make a flag; flags in a row are told apart by counting."""
    letters = 0
    while letters < end and _is_flag_letter(text[end - 1 - letters]):
        letters += 1
    return letters % 2 == 1 and _is_flag_letter(text[end])


def _is_flag_letter(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _joined(before: str, after: str) -> bool:
    if after in _EXTENDING or unicodedata.category(after).startswith("M") or before == "\u200d":
        return True
    jamo = "\u1160" <= after <= "\u11ff" and ("\u1100" <= before <= "\u11ff" or "가" <= before <= "힣")
    return jamo or before + after == "\r\n"


def _rank(text: str, end: int) -> int:
    before, after = text[end - 1], text[end : end + 1]
    if before == ">" and _BLOCK_END.search(text[max(0, end - _TAG_LENGTH) : end]):
        return 3
    if before in "。！？\n" or (before in ".!?…" and (not after or after.isspace() or after == "<")):
        return 2
    return 1 if before.isspace() or after.isspace() else 0
