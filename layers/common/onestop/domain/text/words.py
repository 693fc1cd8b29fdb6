"""The words of one locale: each term's form there, with what its grammar needs to join it to others."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Form(NamedTuple):
    """How one language writes one term in a title.

    Attributes:
        text: the word, singular where the language has one.
        plural: of a noun; of an adjective, the masculine one.
        gender: ``m`` or ``f`` of a noun in a language with genders.
        feminine, feminine_plural: of an adjective; empty for a phrase that never changes.
        counter: what counts the thing.
        possessed: of a Turkish noun behind another noun.
        curated: whether its author was sure.
    """

    text: str
    plural: str = ""
    gender: str = ""
    feminine: str = ""
    feminine_plural: str = ""
    counter: str = ""
    possessed: str = ""
    curated: bool = True


class Words:
    """Every word of one locale, by term.

    Args:
        locale: one of ours.
        forms: term id -> form; a term that is missing has no word here and counts as unknown.
        heads: ids of the terms that name a product.
    """

    def __init__(self, locale: str, forms: Mapping[str, Form], heads: Iterable[str]) -> None:
        self.locale = locale
        self._forms = forms
        self.head_words = frozenset(forms[term_id].text for term_id in heads if term_id in forms)

    def with_forms(self, forms: Mapping[str, Form]) -> "Words":
        """The same words, some terms written in another way.

        Example:
            >>> Words("en", {"tshirt": Form("t-shirt")}, ["tshirt"]).with_forms({"tshirt": Form("tee")}).of("tshirt").text
            'tee'
        """
        if not forms:
            return self
        other = Words(self.locale, {**self._forms, **forms}, ())
        other.head_words = self.head_words | {form.text for form in forms.values()}
        return other

    def of(self, term_id: str) -> Form | None:
        """The form of a term, or None when this locale has none."""
        return self._forms.get(term_id)
