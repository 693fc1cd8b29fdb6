"""The ``payload`` of a call as a document: XML and JSON come out alike.

Source: Lazada Open Platform, docId 120949 (CreateProduct); which calls take JSON: reference/channels.md 2.1.
"""

import json
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException, ElementTree

from local.gateway.ask import RefusedError

Document = dict[str, Any]
LISTS = {"Image", "Sku", "Url", "Venture", "option", "SkuId", "MultiWarehouseInventory"}
"""Elements that are a list even when there is one of them."""
INNER_LISTS = {"Images": "Image", "Skus": "Sku"}


def read_request(text: str, *, takes_json: bool) -> Document:
    """What stands under ``Request``.

    Args:
        text: the parameter.
        takes_json: some calls, and some marketplaces, are documented for XML alone.

    Raises:
        RefusedError: 5 for what is no XML where XML is due, 1001 for what is not valid otherwise or not of this shape.

    Example:
        >>> read_request("<Request><Product><Skus><Sku><SkuId>9</SkuId></Sku></Skus></Product></Request>", takes_json=False)
        {'Product': {'Skus': {'Sku': [{'SkuId': '9'}]}}}
    """
    if text.lstrip().startswith("{") and takes_json:
        return _from_json(text)
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise RefusedError("5", "E005: Invalid Request Format") from error
    document = _element(root)
    if root.tag != "Request" or not isinstance(document, dict):
        raise RefusedError("5", "E005: Invalid Request Format")
    return document


def _from_json(text: str) -> Document:
    try:
        document = json.loads(text)["Request"]
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError("1001", "The payload is not valid") from error
    if not isinstance(document, dict) or not _lists_are_lists(document):
        raise RefusedError("1001", "Images.Image and Skus.Sku must be arrays")
    return document


def _lists_are_lists(value: Any) -> bool:
    if isinstance(value, list):
        return all(_lists_are_lists(one) for one in value)
    if not isinstance(value, dict):
        return True
    for outer, inner in INNER_LISTS.items():
        held = value.get(outer)
        if isinstance(held, dict) and inner in held and not isinstance(held[inner], list):
            return False
    return all(_lists_are_lists(one) for one in value.values())


def _element(element: Element) -> Any:
    if len(element) == 0:
        return element.text or ""
    found: Document = {}
    for child in element:
        if child.tag in LISTS and not (child.tag == "SkuId" and element.tag == "Sku"):
            found.setdefault(child.tag, []).append(_element(child))
        else:
            found[child.tag] = _element(child)
    return found
