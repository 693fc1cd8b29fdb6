"""Buckets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from botocore.exceptions import ClientError

from onestop.adapters.aws import aws_errors, client, error_code

MISSING = frozenset({"NoSuchKey", "404", "NotFound"})

SPOOLED_FROM_BYTES = 8 * 1024 * 1024
"""Larger objects lie on a function's disk while they are read, not in its memory."""

PART_BYTES = 8 * 1024 * 1024
"""What is collected of an object that comes piece by piece before it is sent on; S3 takes parts from 5 MiB and 10,000 of them."""


class Bucket:
    """One S3 bucket."""

    def __init__(self, name: str) -> None:
        """``name`` is the bucket's name."""
        self._name = name

    def read(self, key: str) -> bytes | None:
        """The object's bytes, or None when there is none."""
        with aws_errors():
            body = self._body(key)
            return body.read() if body else None

    @contextmanager
    def open(self, key: str) -> Iterator[IO[bytes]]:
        """The object's bytes as a file, which need not fit into memory; an empty one when there is no object."""
        with SpooledTemporaryFile(SPOOLED_FROM_BYTES) as file:
            with aws_errors():
                copyfileobj(self._body(key) or BytesIO(), file)
            file.seek(0)
            yield file

    def etag(self, key: str) -> str | None:
        """The object's entity tag without quotes, or None when there is none."""
        head = self._head(key)
        return str(head["ETag"]).strip('"') if head else None

    def size(self, key: str) -> int | None:
        """How many bytes the object has, or None when there is none; nothing of it is read."""
        head = self._head(key)
        return int(head["ContentLength"]) if head else None

    def _head(self, key: str) -> dict[str, Any] | None:
        with aws_errors():
            try:
                head: dict[str, Any] = client("s3").head_object(Bucket=self._name, Key=key)
            except ClientError as error:
                if error_code(error) in MISSING:
                    return None
                raise
        return head

    def write(self, key: str, data: bytes, media_type: str) -> None:
        """Store the bytes under the key."""
        with aws_errors():
            client("s3").put_object(Bucket=self._name, Key=key, Body=data, ContentType=media_type)

    def _body(self, key: str) -> IO[bytes] | None:
        try:
            body: IO[bytes] = client("s3").get_object(Bucket=self._name, Key=key)["Body"]
        except ClientError as error:
            if error_code(error) in MISSING:
                return None
            raise
        return body

    @contextmanager
    def writing(self, key: str, media_type: str) -> Iterator[Callable[[bytes], None]]:
        """What takes an object's bytes piece by piece; the object is there once the block ends, and only if it ends well.

        It holds one part in memory. What is smaller than a part is one plain object.
        """
        parts = _Parts(self._name, key, media_type)
        try:
            yield parts.take
            parts.finish()
        except BaseException:
            parts.give_up()
            raise


class _Parts:
    """An object on its way in parts; S3 shows nothing of it before the last one is told."""

    def __init__(self, bucket: str, key: str, media_type: str) -> None:
        self._place, self._media_type = {"Bucket": bucket, "Key": key}, media_type
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._upload: dict[str, str] = {}
        self._sent: list[dict[str, Any]] = []

    def take(self, data: bytes) -> None:
        self._held.append(data)
        self._held_bytes += len(data)
        if self._held_bytes >= PART_BYTES:
            self._send()

    def finish(self) -> None:
        if not self._upload:
            with aws_errors():
                client("s3").put_object(**self._place, Body=b"".join(self._held), ContentType=self._media_type)
            return
        if self._held:
            self._send()
        with aws_errors():
            client("s3").complete_multipart_upload(**self._place, **self._upload, MultipartUpload={"Parts": self._sent})
        self._upload = {}

    def give_up(self) -> None:
        if self._upload:
            with aws_errors():
                client("s3").abort_multipart_upload(**self._place, **self._upload)

    def _send(self) -> None:
        with aws_errors():
            if not self._upload:
                begun = client("s3").create_multipart_upload(**self._place, ContentType=self._media_type)
                self._upload = {"UploadId": begun["UploadId"]}
            number, body = len(self._sent) + 1, b"".join(self._held)
            done = client("s3").upload_part(**self._place, **self._upload, PartNumber=number, Body=body)
        self._sent.append({"PartNumber": number, "ETag": done["ETag"]})
        self._held, self._held_bytes = [], 0
