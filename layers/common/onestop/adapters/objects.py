"""Buckets."""

from botocore.exceptions import ClientError

from onestop.adapters.aws import aws_errors, client, error_code

MISSING = frozenset({"NoSuchKey", "404", "NotFound"})


class Bucket:
    """One S3 bucket."""

    def __init__(self, name: str) -> None:
        """``name`` is the bucket's name."""
        self._name = name

    def read(self, key: str) -> bytes | None:
        """The object's bytes, or None when there is none."""
        with aws_errors():
            try:
                data: bytes = client("s3").get_object(Bucket=self._name, Key=key)["Body"].read()
            except ClientError as error:
                if error_code(error) in MISSING:
                    return None
                raise
        return data

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
