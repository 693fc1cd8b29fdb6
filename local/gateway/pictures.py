"""Pictures at a marketplace of Lazada's family: uploaded or fetched, then named after their digest.

Source: Lazada Open Platform, docId 120947 (pictures); reference/channels.md 2.5.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from local.gateway.ask import Api, Ask, RefusedError, Reply
from local.gateway.payload import read_request

MAX_BYTES = 3_145_728
READY_S = 0.5
REFUSED_HOSTS = re.compile(r"https?://(10\.|11\.|192\.|[\d.]+[:/])")


@dataclass
class Pictures:
    """What one country's site hosts.

    Attributes:
        host: beginning of every address.
        clock: epoch seconds; a batch of pictures is ready half a second after it was asked for.
        reachable: whether the marketplace could fetch an address; nothing here goes out to look.
        hosted: addresses that were given out -> the picture, empty for what was only said to be fetched.
    """

    host: str
    clock: Callable[[], float]
    reachable: Callable[[str], bool] = lambda url: url.startswith("https://")
    hosted: dict[str, bytes] = field(default_factory=dict)
    _batches: dict[str, tuple[float, list[str]]] = field(default_factory=dict)

    def apis(self) -> dict[str, Api]:
        """The calls about pictures."""
        return {
            "/image/upload": self._upload, "/image/migrate": self._migrate_one, "/images/migrate": self._migrate,
            "/image/response/get": self._response,
        }  # fmt: skip

    def has(self, url: str) -> bool:
        """Whether an address is one of this site's own pictures."""
        return url in self.hosted

    def _upload(self, ask: Ask) -> Reply:
        if "image" not in ask.files:
            raise RefusedError("MissingParameter", 'The input parameter "image" that is mandatory was not provided')
        content = ask.files["image"].read()
        if len(content) > MAX_BYTES:
            raise RefusedError("303", "E303: The image is too large")
        return {"data": {"image": self._keep(content, content)}}

    def _keep(self, named: bytes, content: bytes) -> dict[str, str]:
        name = hashlib.md5(named, usedforsecurity=False).hexdigest()
        url = f"{self.host}{name}.jpg"
        self.hosted[url] = content
        return {"url": url, "hash_code": name}

    def _fetch(self, url: str) -> dict[str, str]:
        if REFUSED_HOSTS.match(url) or not self.reachable(url):
            raise RefusedError("301", "E301: Migrate Image Failed")
        return self._keep(url.encode(), b"")

    def _migrate_one(self, ask: Ask) -> Reply:
        (url,) = _urls(ask, "Image")
        return {"data": {"image": self._fetch(url)}}

    def _migrate(self, ask: Ask) -> Reply:
        urls = _urls(ask, "Images")
        if not 0 < len(urls) <= 8:
            raise RefusedError("304", "E304: One to eight images may be migrated")
        batch_id = hashlib.md5(repr((urls, len(self._batches))).encode(), usedforsecurity=False).hexdigest()
        self._batches[batch_id] = (self.clock() + READY_S, urls)
        return {"batch_id": batch_id}

    def _response(self, ask: Ask) -> Reply:
        ready_at, urls = self._batches.get(ask.params.get("batch_id", ""), (float("inf"), []))
        if self.clock() < ready_at:
            return {"data": {"images": [], "errors": []}}
        images, errors = [], []
        for url in urls:
            try:
                images.append(self._fetch(url))
            except RefusedError as refused:
                errors.append({"field": "Url", "msg": refused.reply["message"], "original_url": url})
        return {"data": {"images": images, "errors": errors}}


def _urls(ask: Ask, holder: str) -> list[str]:
    listed = read_request(ask.params.get("payload", ""), takes_json=False).get(holder)
    urls = listed.get("Url") if isinstance(listed, dict) else None
    if not urls:
        raise RefusedError("5", "E005: Invalid Request Format")
    return [str(url) for url in urls]
