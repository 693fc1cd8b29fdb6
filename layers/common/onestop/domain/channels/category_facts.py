"""What a marketplace's category asks of a product, reduced to what we use."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class CategoryFacts(BaseModel):
    """The attributes of one category.

    Attributes:
        names: every attribute's name, such as ``name_ms``.
        sale_props: what a buyer chooses by: its label in lower case -> its name.
    """

    model_config = ConfigDict(frozen=True)

    names: frozenset[str] = frozenset()
    sale_props: dict[str, str] = {}

    @classmethod
    def of_reply(cls, rows: Iterable[Mapping[str, Any]]) -> Self:
        """The facts in the ``data`` of GetCategoryAttributes.

        Source: Lazada Open Platform, docId 120949 (category attributes), read 2026-11-24.
        """
        known = [row for row in rows if isinstance(row, dict) and row.get("name")]
        chosen = [row for row in known if str(row.get("is_sale_prop")) == "1"]
        labels = {str(row[kind]).lower(): str(row["name"]) for row in chosen for kind in ("name", "label") if row.get(kind)}
        return cls(names=frozenset(str(row["name"]) for row in known), sale_props=labels)

    def sale_prop(self, option: str) -> str:
        """The category's name of an option; the option's own name where the category knows none like it.

        Example:
            >>> facts = CategoryFacts(sale_props={"color family": "color_family", "size": "size"})
            >>> facts.sale_prop("Color"), facts.sale_prop("SIZE"), facts.sale_prop("Flavor")
            ('color_family', 'size', 'Flavor')
        """
        wanted = option.lower()
        longer = [name for label, name in self.sale_props.items() if label.split()[0] == wanted]
        return self.sale_props.get(wanted) or (longer[0] if len(set(longer)) == 1 else option)
