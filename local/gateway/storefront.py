"""The products of one seller at Trendyol: one item per variant, by barcode.

Source: reference/channels.md 5.3 to 5.5, from Trendyol developers' pages. Reasons are in Turkish, as they come; codes there are none.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
BARCODE = re.compile(r"[\w.-]{1,40}")
REQUIRED = ("barcode", "title", "productMainId", "brandId", "categoryId", "quantity", "stockCode", "dimensionalWeight", "description",
            "listPrice", "salePrice", "vatRate", "images", "attributes")  # fmt: skip
LONGEST = {"title": 100, "productMainId": 40, "stockCode": 100, "description": 30_000}
VAT = {0, 1, 10, 20}
MISSING, EXISTS, UNKNOWN = "Zorunlu alan eksik: {}", "Bu barkod ile daha önce ürün oluşturulmuş", "Ürün bulunamadı"
NOT_APPROVED, PRICE, QUANTITY = "Ürün onaylı değil", "Satış fiyatı liste fiyatından büyük olamaz", "Stok adedi geçersiz"
MOST_A_PAGE, REACH = 200, 10_000
FIXED_ONCE_APPROVED = {"barcode", "productMainId", "categoryId", "brandId"}


@dataclass
class Storefront:
    """What is on offer.

    Attributes:
        items: barcode -> the product as it was sent, with ``approved`` and ``archived``.
        approves: whether a new product is approved at once, and not when somebody does ``approve``.
        refused: barcode -> what Trendyol says against it, in every call, for as long as it stands here.
        brands, categories: id -> name.
        clock: epoch seconds.
        takes_brands: whether a brand is registered when it is asked for; really a seller applies for his own.
    """

    items: dict[str, Document] = field(default_factory=dict)
    approves: bool = True
    takes_brands: bool = False
    refused: dict[str, str] = field(default_factory=dict)
    brands: dict[int, str] = field(default_factory=lambda: {1791: "Haneul", 2000: "Onsaemi", 1: "Diğer"})
    categories: dict[int, str] = field(default_factory=lambda: {411: "Termos", 412: "Kalem", 413: "Giyim"})
    clock: Callable[[], float] = time.time

    def change(self, call: str, item: Document) -> list[str]:
        """Do what a write says of one product; the reasons when that is not done."""
        barcode = str(item.get("barcode", "")).replace(" ", "")
        if barcode in self.refused:
            return [self.refused[barcode]]
        if call in {"POST v2/products", "POST products"}:
            return self._create(barcode, item)
        by_content = (one for one in self.items.values() if one["contentId"] == item.get("contentId"))
        found = self.items.get(barcode) or next(by_content, None)
        if found is None:
            return [UNKNOWN]
        changes = {
            "POST products/price-and-inventory": self._offer,
            "PUT products/archive-state": self._archive,
            "DELETE products": self._delete,
        }
        return changes.get(call, self._edit)(found, item)

    def _create(self, barcode: str, item: Document) -> list[str]:
        if barcode in self.items:
            return [EXISTS]
        if reasons := list(self._wrong({**item, "barcode": barcode})):
            return reasons
        number = 58_000_000 + len(self.items)
        self.items[barcode] = {**item, "barcode": barcode, "approved": self.approves, "archived": False, "contentId": number,
                               "createDateTime": round(self.clock() * 1000)}  # fmt: skip
        return []

    def _wrong(self, item: Document) -> Iterator[str]:
        yield from (MISSING.format(name) for name in REQUIRED if item.get(name) in (None, "", []))
        yield from (f"{name}: en fazla {most} karakter" for name, most in LONGEST.items() if len(str(item.get(name, ""))) > most)
        checks = {
            "Barkod geçersiz": bool(BARCODE.fullmatch(str(item["barcode"]))),
            "Kategori bulunamadı": item.get("categoryId") in self.categories,
            "Marka bulunamadı": item.get("brandId") in self.brands, "KDV oranı geçersiz": item.get("vatRate") in VAT,
            PRICE: _is_price(item), QUANTITY: _is_count(item.get("quantity")),
            "Görseller geçersiz": _are_images(item.get("images")),
        }  # fmt: skip
        yield from (reason for reason, holds in checks.items() if not holds)

    def _offer(self, found: Document, item: Document) -> list[str]:
        if not found["approved"]:
            return [NOT_APPROVED]
        if "quantity" in item and not _is_count(item["quantity"]):
            return [QUANTITY]
        if not _is_price({**found, **item}):
            return [PRICE]
        found |= {name: item[name] for name in ("quantity", "salePrice", "listPrice") if name in item}
        return []

    def _edit(self, found: Document, item: Document) -> list[str]:
        fixed = [name for name in FIXED_ONCE_APPROVED if found["approved"] and name in item and item[name] != found[name]]
        reasons = [f"{name} değiştirilemez" for name in fixed if name != "barcode"] or list(self._wrong({**found, **item}))
        if not reasons:
            found |= {name: value for name, value in item.items() if name not in {"quantity", "salePrice", "listPrice", "barcode"}}
        return reasons

    def _archive(self, found: Document, item: Document) -> list[str]:
        found["archived"] = bool(item.get("archived"))
        return []

    def _delete(self, found: Document, _: Document) -> list[str]:
        if found["approved"] and not found["archived"]:
            return ["Onaylı ürün silinemez"]
        del self.items[found["barcode"]]
        return []

    def approve(self, barcode: str, reason: str = "") -> None:
        """Trendyol has looked at a product; a reason is why not."""
        self.items[barcode] |= {"approved": not reason, "rejectReasonDetails": [{"rejectReason": reason}] if reason else []}

    def page(self, asked: Mapping[str, str]) -> Document:
        """A page of the products, all or some; those in the archive are told only to who asks for them, or for a product by its name."""
        page, size = int(asked.get("page", 0)), min(int(asked.get("size", 50)), MOST_A_PAGE)
        named = [name for name in ("barcode", "stockCode", "productMainId") if asked.get(name)]
        since_ms, until_ms = float(asked.get("startDate", 0)), float(asked.get("endDate", "inf"))
        found = [item for item in self.items.values()
                 if all(str(item[name]) == asked[name] for name in named)
                 and asked.get("approved", str(item["approved"])).lower() == str(item["approved"]).lower()
                 and ((named and "archived" not in asked) or item["archived"] == (asked.get("archived") == "true"))
                 and since_ms <= item["createDateTime"] <= until_ms]  # fmt: skip
        rows = found[page * size : (page + 1) * size] if page * size < REACH else []
        return {"content": rows, "totalElements": len(found), "totalPages": -(-len(found) // size), "page": page, "size": size}

    def brand_page(self) -> Document:
        """Brands with their ids."""
        return {"brands": [{"id": one, "name": name} for one, name in self.brands.items()]}

    def brands_named(self, name: str) -> list[Document]:
        """Brands of exactly this name."""
        if self.takes_brands and name not in self.brands.values():
            self.brands[max(self.brands) + 1] = name
        return [{"id": one, "name": known} for one, known in self.brands.items() if known == name]

    def tree(self) -> Document:
        """Categories; a leaf has none below it."""
        leaves = [{"id": one, "name": name, "parentId": 400, "subCategories": []} for one, name in self.categories.items()]
        return {"categories": [{"id": 400, "name": "Ev", "parentId": None, "subCategories": leaves}]}

    def attributes(self, category_id: str) -> Document:
        """What a category asks about."""
        value = {"id": 6980, "name": "Çelik"}
        listed = [
            {"attribute": {"id": 338, "name": "Materyal"}, "required": False, "allowCustom": False, "varianter": False, "slicer": False,
             "attributeValues": [value]},
            {"attribute": {"id": 47, "name": "Renk"}, "required": False, "allowCustom": True, "varianter": False, "slicer": True,
             "attributeValues": []},
        ]  # fmt: skip
        return {"id": int(category_id), "name": self.categories.get(int(category_id), ""), "categoryAttributes": listed}


def _is_price(item: Document) -> bool:
    sale, listed = item.get("salePrice"), item.get("listPrice")
    if not isinstance(sale, int | float) or not isinstance(listed, int | float):
        return False
    return 0 < sale <= listed and all(round(one, 2) == one for one in (sale, listed))


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= 20_000


def _are_images(images: object) -> bool:
    return isinstance(images, list) and 0 < len(images) <= 8 and all(str(one.get("url", "")).startswith("https://") for one in images)
