"""S3's notifications, read leniently: AWS and moto fill different fields, and new ones come without warning."""

from datetime import datetime
from urllib.parse import unquote_plus

from pydantic import BaseModel, Field, TypeAdapter

from onestop.domain.catalog.dropped import DroppedFile


class _Object(BaseModel):
    key: str
    etag: str = Field(alias="eTag")


class _S3(BaseModel):
    object: _Object


class _Record(BaseModel):
    event_name: str = Field(alias="eventName")
    event_time: datetime = Field(alias="eventTime")
    s3: _S3


class _Notification(BaseModel):
    records: list[_Record] = Field(alias="Records")


class _TestEvent(BaseModel):
    event: str = Field(alias="Event", pattern="^s3:TestEvent$")


_BODY: TypeAdapter[_Notification | _TestEvent] = TypeAdapter(_Notification | _TestEvent)


def dropped_files(body: str) -> list[DroppedFile]:
    """The created objects that a notification tells of; none for the test event that S3 sends when it is configured.

    Keys are form-encoded on this way, and decoded here, once.

    Raises:
        pydantic.ValidationError: the body is no notification.

    Example:
        >>> dropped_files('{"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b"}')
        []
    """
    told = _BODY.validate_json(body)
    if isinstance(told, _TestEvent):
        return []
    return [
        DroppedFile(
            key=unquote_plus(record.s3.object.key), etag=record.s3.object.etag.strip('"'), dropped_at=record.event_time
        )
        for record in told.records
        if record.event_name.removeprefix("s3:").startswith("ObjectCreated:")
    ]  # fmt: skip
