"""A code that products of two files would share: the later one is told, with its cell, until one of them gives the code up."""

import json

from local.stack import Stack
from onestop.adapters.tables.catalog import CatalogTable
from tests.support.forms import forms
from tests.support.sheets import csv_bytes, own_table
from tests.support.stack_state import dead_letters

SELLER = "kim-shop"


def shopify(*rows: tuple[str, str, str]) -> bytes:
    """A Shopify export: (handle, code of the variant, size) of each row."""
    form = forms()["shopify-48"]
    at = {name: form.headers.index(name) for name in ("Handle", "Title", "Variant SKU", "Option1 Name", "Option1 Value", "Variant Price")}
    lines = []
    for handle, code, size in rows:
        line = [*form.rows[0]]
        for name, text in zip(at, (handle, "순면 양말", code, "Size", size, "9900"), strict=True):
            line[at[name]] = text
        lines.append(line)
    return csv_bytes([form.headers, *lines])


def outcomes(stack: Stack, name: str, data: bytes) -> dict[str, tuple[str, list[tuple[str, str | None]]]]:
    """Drop a file; SKU -> what became of its row, and the codes of errors with their cells."""
    stack.upload(f"{SELLER}/{name}", data)
    stack.pump()
    catalog = CatalogTable(stack.tables["CatalogTable"])
    upload = catalog.current_upload(SELLER, f"{SELLER}/{name}")
    assert upload
    rows = catalog.rows(SELLER, upload.upload_id)
    return {str(row.sku): (row.outcome, [(one.code, one.cell) for one in row.findings if "SKU" in one.code]) for row in rows}


def test_a_code_of_another_files_product_is_told_until_it_is_given_up(stack: Stack) -> None:
    """Given a variant's code, when other files use it for a variant or a product, then those are told; once it is free, they go through."""
    stack.upload(f"{SELLER}/settings.json", json.dumps({"markets": ["SG"]}).encode())
    first = outcomes(stack, "a.csv", shopify(("tee", "TEE-S", "S"), ("tee", "TEE-M", "M")))
    variant = outcomes(stack, "b.csv", shopify(("cap", "TEE-S", "S"), ("cap", "CAP-M", "M")))
    own = outcomes(stack, "c.csv", csv_bytes(own_table({"sku": "TEE-M"}, {"sku": "SOCK"})))
    handle = outcomes(stack, "d.csv", shopify(("hat", "tee", "S"), ("hat", "HAT-M", "M")))
    again = outcomes(stack, "e.csv", shopify(("tee", "TEE-S", "S"), ("tee", "TEE-M", "M")))

    assert first == {"tee": ("product", [])}
    assert (variant["cap"][0], [code for code, _ in variant["cap"][1]]) == ("rejected", ["VARIANT_SKU_ELSEWHERE"])
    assert own == {"TEE-M": ("rejected", [("VARIANT_SKU_ELSEWHERE", "A2")]), "SOCK": ("product", [])}
    assert handle["hat"][0] == "rejected"
    assert again == {"tee": ("unchanged", [])}

    assert outcomes(stack, "a.csv", shopify(("tee", "TEE-X", "S"), ("tee", "TEE-M", "M"))) == {"tee": ("product", [])}
    assert outcomes(stack, "b.csv", shopify(("cap", "TEE-S", "S"), ("cap", "CAP-M", "M"))) == {"cap": ("product", [])}
    assert dead_letters(stack) == {}
