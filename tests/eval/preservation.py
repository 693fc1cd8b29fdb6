"""A second reader of facts, which shares nothing with the engine's: were the source's figures, codes, brands and negations kept?

It is written to be simple, and knows only what it needs: numbers with the units in which sellers measure, and the words for "without".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

_COMMA_IS_DECIMAL = ("vi", "id", "es", "pt-PT", "pt-BR", "tr")
# Base unit, factor, spellings; Korean first.
_UNITS: tuple[tuple[str, str, str], ...] = (
    ("ml", "1", "ml|cc|มล|毫升"), ("ml", "1000", "리터|l|ลิตร|lít|升|公升|リットル"),
    ("g", "0.001", "mg|มก|毫克"), ("g", "1000", "kg|กก|千克|公斤"), ("g", "1", "그램|g|กรัม|克|公克"),
    ("mm", "10", "cm|ซม|厘米|公分"), ("mm", "1", "mm|มม|毫米|公釐"), ("mm", "25.4", "인치|inç|inci|inch|pulgadas|polegadas|นิ้ว|インチ|英寸|吋|英吋"),
    ("mm", "1000", "미터|m|เมตร|米|公尺|メートル"),
    ("mah", "1", "mah|毫安时|毫安時"), ("wh", "1", "wh"), ("w", "1", "w|วัตต์|瓦"), ("%", "1", "%"),
    ("gb", "1", "gb"), ("gb", "1024", "tb"), ("hz", "1", "hz"), ("ghz", "1", "ghz"),
)  # fmt: skip
_BY_NAME = {name: (base, Decimal(factor)) for base, factor, names in _UNITS for name in names.split("|")}
_NAMES = "|".join(sorted(map(re.escape, _BY_NAME), key=lambda name: -len(name)))
_FIGURE = re.compile(rf"(?<![\d.,])(\d+(?:[.,]\d+)*)(?!\d)(?:\s?({_NAMES})(?![a-zà-ÿ]))?", re.IGNORECASE)
# Words that hold their figure: seven tenths of a sleeve are three quarters, five layers may be spelled out, pure cotton is 100 % of it.
_WORDED = re.compile(r"[5789]부|1회용|통?\d중|순면")
_SPOKEN = re.compile(r"\b[13]/[24]\b|\b1\.[ºo]|綿100%")
_SUM = re.compile(r"(?<![\d+.])[1-9](?:\+[1-9])+(?![\d+.])")
_CODE = re.compile(r"(?<![A-Za-z0-9-])(?=[A-Z][A-Z-]*\d)[A-Z0-9](?:-?[A-Z0-9]){3,}(?![A-Za-z0-9-])")
_DENIED = re.compile(
    r"무(?:설탕|첨가|가당|색소|향료|방부제|농약|알코올|알콜|파라벤|실리콘|카페인|염)(?!색)|[가-힣]{2}프리(?![가-힣])|미포함"
)
_WITHOUT = {
    "en": r"free|without|\bno\b|\bnon-|un(?:sweetened|scented|salted)|not included|zero", "th": "ไม่|ปราศจาก|ไร้|ปลอด", "vi": r"không|chưa",
    "ja": "無|不使用|なし|フリー|にくい|別売|ゼロ|レス|ノン", "zh-Hans": "无|不|零|免", "zh-Hant": "無|不|零|免", "id": r"tanpa|bebas|tidak|non|anti",
    "ms": r"tanpa|bebas|tidak|tiada|anti", "es": r"\bsin\b|libre|\bno\b|anti", "pt-PT": r"\bsem\b|livre|\bnão\b|anti", "pt-BR": r"\bsem\b|livre|\bnão\b|anti",
    "tr": r"\w+s[iıuü]z|\w+m[ae]z\b|içermeyen|hariç|değil",
}  # fmt: skip


def lost_facts(source: str, target: str, locale: str, brands: Iterable[str] = ()) -> tuple[str, ...]:
    """What the target says otherwise than the source: ``lost 30ml``, ``added 12``, ``code SM-S928N``, ``brand Harim``, ``negation``.

    Args:
        source: Korean, promotion taken out.
        brands: Latin names of the brands that the source names.

    Example:
        >>> lost_facts("생수 2L 6병", "Mineral Water 2000ml x 6", "en"), lost_facts("무설탕 사탕 50g", "Candy 500g", "en")
        ((), ('lost 50g', 'added 500g', 'negation'))
    """
    source, target = unicodedata.normalize("NFKC", source), unicodedata.normalize("NFKC", target)
    return (*_figures(source, target, locale), *_names(source, target, brands), *_negation(source, target, locale))


def _figures(source: str, target: str, locale: str) -> Iterator[str]:
    said = list(_read(source.replace("백일", "100일"), "ko"))
    owed = list(_read(_WORDED.sub(" ", source), "ko"))
    shown = list(_read(target, locale))
    yield from (f"lost {text}" for text, *fact in owed if not any(_agree(fact, other[1:]) for other in shown))
    extra = _read(_SPOKEN.sub(" ", target), locale)
    yield from (f"added {text}" for text, *fact in extra if not any(_agree(other[1:], fact) for other in said))


def _agree(source: list[object] | tuple[object, ...], target: list[object] | tuple[object, ...]) -> bool:
    """Equal in base unit and amount; a number that one side measures in no unit of ours agrees by the number alone."""
    (base, amount, number), (other_base, other_amount, other_number) = source, target
    return (base == other_base and amount == other_amount) if base and other_base else number == other_number


def _read(text: str, locale: str) -> Iterator[tuple[str, str, Decimal, Decimal]]:
    text = _SUM.sub(lambda match: str(sum(map(int, match[0].split("+")))), text)
    for code in _CODE.findall(text):
        text = text.replace(code, " ")
    for match in _FIGURE.finditer(re.sub(r"%(\d+)", r"\1%", text) if locale == "tr" else text):
        number = _number(match[1], locale)
        base, factor = _BY_NAME.get((match[2] or "").lower(), ("", Decimal(1)))
        yield match[0].strip(), base, number * factor, number


def _number(written: str, locale: str) -> Decimal:
    mark, thousands = (",", ".") if locale in _COMMA_IS_DECIMAL else (".", ",")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(mark)}\d+)?", written):
        written = written.replace(thousands, "")
    whole, *rest = re.split("[.,]", written)
    return Decimal(f"{whole}.{''.join(rest)}") if rest else Decimal(whole)


def _names(source: str, target: str, brands: Iterable[str]) -> Iterator[str]:
    yield from (f"code {code}" for code in _CODE.findall(source) if code not in target)
    yield from (f"brand {brand}" for brand in brands if brand.lower() not in target.lower())


def _negation(source: str, target: str, locale: str) -> Iterator[str]:
    if _DENIED.search(source) and not re.search(_WITHOUT[locale], target, re.IGNORECASE):
        yield "negation"
