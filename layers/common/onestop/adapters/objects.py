"""Buckets."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO

from botocore.exceptions import ClientError

from onestop.adapters.aws import aws_errors, client, error_code

MISSING = frozenset({"NoSuchKey", "404", "NotFound"})

SPOOLED_FROM_BYTES = 8 * 1024 * 1024
"""Larger objects lie on a function's disk while they are read, not in its memory."""


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
        with aws_errors():
            try:
                tag: str = client("s3").head_object(Bucket=self._name, Key=key)["ETag"]
            except ClientError as error:
                if error_code(error) in MISSING:
                    return None
                raise
        return tag.strip('"')

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
