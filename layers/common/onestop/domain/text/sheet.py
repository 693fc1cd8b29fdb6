"""The facts of a product beside its title: attributes, highlights, search words, and a description that is a plain list of facts."""

import html
import re
from collections.abc import Iterable

from onestop.domain.catalog.product import Product
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.brand import Brand
from onestop.domain.text.compose.words import joined
from onestop.domain.text.languages import language
from onestop.domain.text.normalise import normalise
from onestop.domain.text.options import translate
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.quantity import Figure
from onestop.domain.text.tables import Locale, Tables
from onestop.domain.text.termbase import Senses

_INGREDIENT_ROOTS = ("뷰티", "식품")
_DIMENSION_LABELS = {"volume_ml": "volume", "mass_mg": "net_weight", "length_mm": "dimensions", "charge_mah": "battery"}
_HIGHLIGHTS, _KEYWORDS = 6, 20
_TAG = re.compile(r"<[^<>]*>")


def attributes(
    product: Product, parsed: ParsedTitle, shown: list[Figure], brand: Brand | None, tables: Tables, code: Locale, root: str
) -> dict[str, str]:
    """What is known for certain, label -> value, both in the language: brand, origin, material, measures, shipping weight.

    Args:
        shown: the title's figures.
    """
    material = "ingredient" if root in _INGREDIENT_ROOTS else "material"
    known = {
        "brand": brand.latin if brand else "",
        material: joined((_line(item, code) for item in parsed.of(Role.MATERIAL)), ", "),
        **_measures(shown),
        "origin": tables.origins.get(product.origin or "", {}).get(code, ""),
        "weight": f"{product.weight_g} g" if product.weight_g else "",
    }
    return {tables.label(label, code): value for label, value in known.items() if value}


def _measures(shown: list[Figure]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for figure in shown:
        if label := _DIMENSION_LABELS.get(figure.dimension):
            found.setdefault(label, []).append(figure.text)
    return {label: ", ".join(values) for label, values in found.items()}


def _line(item: Item, code: Locale) -> str:
    return language(code).standalone(item.text)


def highlights(parsed: ParsedTitle, code: Locale) -> tuple[str, ...]:
    """Short lines, most important first: features, material, uses, what is included."""
    roles = (Role.MOD, Role.MATERIAL, Role.USE, Role.INCLUDE, Role.EXCLUDE)
    lines = (_line(item, code) for role in roles for item in parsed.of(role))
    return tuple(dict.fromkeys(lines))[:_HIGHLIGHTS]


def description(parsed: ParsedTitle, shown: list[Figure], facts: dict[str, str], tables: Tables, code: Locale) -> dict[str, str]:
    """The facts that a description lists before the options, label -> value, most important first.

    Args:
        shown: the title's figures.
        facts: from :func:`attributes`.
    """
    how = language(code)
    features = (_line(item, code) for item in parsed.of(Role.MOD, Role.USE, Role.INCLUDE, Role.EXCLUDE))
    target = [how.standalone(how.plain_target(item.text)) for item in parsed.of(Role.TARGET, Role.COMPAT)]
    # A count that a measure carries ("120g x 5 pcs") is told with the measure.
    contents = [how.standalone(figure.text) for figure in shown if figure.counted and figure.dimension not in _DIMENSION_LABELS]
    said = {
        "product": _line(parsed.head, code) if parsed.head else "",
        "features": ", ".join(dict.fromkeys(features)),
        "target": ", ".join(target),
        "contents": ", ".join(contents),
    }
    named = {tables.label(label, code): value for label, value in said.items() if value}
    return {**named, **facts}


def as_html(facts: dict[str, str], limit: int | None) -> str:
    """Facts as an HTML list, every name and value escaped.

    Args:
        limit: characters; facts that do not fit are left out from the end, whole.

    Example:
        >>> as_html({"Material": "Cotton & <b>linen</b>"}, None)
        '<ul><li>Material: Cotton &amp; &lt;b&gt;linen&lt;/b&gt;</li></ul>'
    """
    items = [f"<li>{html.escape(name)}: {html.escape(value)}</li>" for name, value in facts.items()]
    while limit is not None and items and len("".join(items)) + len("<ul></ul>") > limit:
        items.pop()
    return f"<ul>{''.join(items)}</ul>" if items else ""


def fact_list(product: Product, facts: dict[str, str], names: dict[str, str], values: dict[str, str], limit: int | None) -> str:
    """The description's list: the facts, then each option with the values on offer in the seller's order.

    Args:
        names, values: of the options, Korean -> the language.
        limit: characters; see :func:`as_html`.
    """
    return as_html({**facts, **offered(product, names, values)}, limit)


def offered(product: Product, names: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    """Each option with the values on offer, in the seller's order; see :func:`fact_list`."""
    found: dict[str, dict[str, None]] = {}
    for variant in product.variants:
        for name, value in variant.options.items():
            found.setdefault(names[name], {})[values[value]] = None
    return {name: ", ".join(on_offer) for name, on_offer in found.items()}


def listed_anew(before: AdaptedText, after: AdaptedText, product: Product, limit: int | None) -> AdaptedText:
    """The text with its description's list saying what its options and brand are called now; a description of a person's own stays.

    Args:
        before: the text whose list the description still begins with.
        limit: characters of the whole description.
    """
    was, now = (fact_list(product, one.facts, one.option_names, one.option_values, limit) for one in (before, after))
    if was == now or not was or not after.description_html.startswith(was):
        return after
    rest = after.description_html.removeprefix(was)
    room = None if limit is None else limit - len(rest)
    now = fact_list(product, after.facts, after.option_names, after.option_values, room)
    return after.model_copy(update={"description_html": now + rest})


def keywords(parsed: ParsedTitle, seller_words: Iterable[str], senses: Senses, code: Locale) -> tuple[str, ...]:
    """Search words in the language: the product, the product with each description, and the seller's words that translate fully."""
    how = language(code)

    def of(*items: Item) -> str:
        return how.compose(how.inflect(ParsedTitle(items, items[-1], (), (), parsed.coverage)), [])

    found: list[str] = []
    if head := parsed.head:
        describing = parsed.of(Role.MATERIAL, Role.TARGET, Role.MOD, Role.COMPAT)
        found.append(of(head))
        found.extend(of(item, head) for item in describing)
    found.extend(word for korean in seller_words if (word := translate(korean, senses, code)))
    return tuple(dict.fromkeys(map(how.lower, found)))[:_KEYWORDS]


def has_sentences(description_html: str) -> bool:
    """Whether the seller's description says anything in Korean, tags aside.

    Example:
        >>> has_sentences("<p>부드러운 면 티셔츠입니다.</p>"), has_sentences("<img src='a.jpg'>")
        (True, False)
    """
    return bool(HANGUL.search(normalise(_TAG.sub(" ", description_html))))
