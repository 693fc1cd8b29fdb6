"""What the checks go by, and products with only the fields that a test names."""

from collections.abc import Callable
from datetime import date

import pytest

from onestop.adapters.check_rules import check_rules
from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Product, Variant

CELLS = {
    "sku": "A2", "title": "B2", "title_en": "C2", "price_krw": "D2", "weight_g": "E2", "description": "F2", "importer": "G2",
    "parallel_import": "H2", "purchase_agency": "I2", "expires_on": "J2", "certifications": "K2", "stock": "L2",
    "option_1_value": "M2", "option_1_price": "N2",
}  # fmt: skip


@pytest.fixture(scope="session")
def context() -> CheckContext:
    """The shipped rules and termbase, on a fixed day."""
    return CheckContext(check_rules(), termbase(), as_of=date(2026, 11, 2))


@pytest.fixture(scope="session")
def product() -> Callable[..., Product]:
    """A maker of products in row 2 of a sheet."""

    def make(title: str = "양말", row: int = 2, **fields: object) -> Product:
        cells = {field: f"{cell[0]}{row}" for field, cell in CELLS.items()}
        base = {
            "seller_id": "demo",
            "sku": f"A-{row}",
            "price_krw": "10000",
            "variants": (Variant(sku=f"A-{row}", stock=5),),
            "cells": cells,
        }
        return Product.model_validate({**base, "title": title, **fields})

    return make
