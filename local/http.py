"""HTTP API: routes and the event that a request becomes."""

import base64
from collections.abc import Mapping
from typing import Any


def match(route: str, path: str) -> dict[str, str] | None:
    """The path parameters when a path fits a route, else None.

    Example:
        >>> match("/webhooks/{partner}", "/webhooks/lazada"), match("/webhooks/{partner}", "/health")
        ({'partner': 'lazada'}, None)
    """
    wanted, given = route.strip("/").split("/"), path.strip("/").split("/")
    if len(wanted) != len(given):
        return None
    parameters = {}
    for part, value in zip(wanted, given, strict=True):
        if part.startswith("{"):
            parameters[part.strip("{}")] = value
        elif part != value:
            return None
    return parameters


def http_event(method: str, route: str, path: str, body: bytes, headers: Mapping[str, str], parameters: dict[str, str]) -> dict[str, Any]:
    """The event of an HTTP API, payload format 2.0; bodies come base64-encoded, as API Gateway may do."""
    return {
        "version": "2.0", "routeKey": f"{method} {route}", "rawPath": path, "pathParameters": parameters, "isBase64Encoded": True,
        "headers": {name.lower(): value for name, value in headers.items()}, "body": base64.b64encode(body).decode(),
        "requestContext": {"http": {"method": method, "path": path}},
    }  # fmt: skip
