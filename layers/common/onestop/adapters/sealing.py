"""Secrets that we are given and must keep: sealed by KMS before they are stored anywhere (AES-256-GCM; the key never leaves KMS)."""

from collections.abc import Mapping

from onestop.adapters.aws import aws_errors, client


class Seal:
    """A key of KMS. What it seals opens only in the same context, so a sealed text cannot be put in another's place."""

    def __init__(self, key_id: str) -> None:
        """``key_id`` is the key's id or ARN."""
        self._key_id = key_id

    def close(self, text: str, context: Mapping[str, str]) -> bytes:
        """The sealed text, at most 4,096 bytes long.

        Raises:
            RetryableError: KMS did not answer.
            AwsMisconfiguredError: the key may not be used.
        """
        with aws_errors():
            reply = client("kms").encrypt(KeyId=self._key_id, Plaintext=text.encode(), EncryptionContext=dict(context))
        return bytes(reply["CiphertextBlob"])

    def open(self, sealed: bytes, context: Mapping[str, str]) -> str:
        """The text.

        Raises:
            RetryableError: KMS did not answer, or the text was sealed in another context.
            AwsMisconfiguredError: the key may not be used.
        """
        with aws_errors():
            reply = client("kms").decrypt(KeyId=self._key_id, CiphertextBlob=sealed, EncryptionContext=dict(context))
        return bytes(reply["Plaintext"]).decode()
