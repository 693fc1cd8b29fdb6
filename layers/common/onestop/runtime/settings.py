"""Each function's environment as one model, read on first use. template.yaml sets exactly these variables."""

import os
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ConfigDict


class FunctionSettings(BaseModel):
    """What every function has. Field names are the variables' names in lower case."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    onestop_as_of: str = ""


class _WithProducts(FunctionSettings):
    catalog_table: str
    adaptations_table: str
    assemble_queue_url: str
    report_queue_url: str


class ReceiveUploadSettings(FunctionSettings):
    """Environment of receive_upload."""

    uploads_bucket: str
    work_bucket: str
    catalog_table: str
    memory_table: str
    chunk_queue_url: str
    text_queue_url: str
    price_queue_url: str
    images_queue_url: str
    assemble_queue_url: str
    report_queue_url: str
    default_markets: str


class AdaptTextSettings(_WithProducts):
    """Environment of adapt_text."""

    memory_table: str
    egress_table: str
    listings_table: str
    text_queue_url: str
    sweep_queue_url: str
    translator: str = ""
    translator_secrets_name: str = ""


class AdaptPriceSettings(_WithProducts):
    """Environment of adapt_price."""

    rates_table: str


class AdaptImagesSettings(_WithProducts):
    """Environment of adapt_images."""

    uploads_bucket: str
    work_bucket: str
    results_bucket: str
    memory_table: str
    picture_reader: str
    imaging_assets: str


class AssembleListingSettings(FunctionSettings):
    """Environment of assemble_listing."""

    catalog_table: str
    adaptations_table: str
    listings_table: str
    publish_queue_url: str
    report_queue_url: str


class PublishListingSettings(FunctionSettings):
    """Environment of publish_listing."""

    egress_table: str
    catalog_table: str
    listings_table: str
    channels_table: str
    results_bucket: str
    report_queue_url: str
    publish_queue_url: str
    assemble_queue_url: str
    channels_key: str = ""
    marketplace_secrets_name: str = ""
    lazada_endpoint: str = ""


class ReceiveWebhookSettings(FunctionSettings):
    """Environment of receive_webhook."""

    events_table: str
    demand_bucket: str
    partner_event_queue_url: str
    partner_secrets_name: str = ""


class ApplyPartnerEventSettings(FunctionSettings):
    """Environment of apply_partner_event."""

    egress_table: str
    channels_table: str
    channels_key: str = ""
    events_table: str
    catalog_table: str
    listings_table: str
    rates_table: str
    assemble_queue_url: str
    buyer_queue_url: str
    marketplace_secrets_name: str = ""
    lazada_endpoint: str = ""


class KeepBuyerSettings(FunctionSettings):
    """Environment of keep_buyer."""

    egress_table: str
    channels_table: str
    channels_key: str = ""
    buyers_table: str
    listings_table: str
    signals_table: str
    buyers_key: str = ""
    marketplace_secrets_name: str = ""
    lazada_endpoint: str = ""


class RefreshFxSettings(FunctionSettings):
    """Environment of refresh_fx."""

    egress_table: str
    rates_table: str
    listings_table: str
    sweep_queue_url: str
    price_queue_url: str
    rate_source: str
    rate_secrets_name: str = ""


class ReconcileSettings(FunctionSettings):
    """Environment of reconcile."""

    egress_table: str
    channels_table: str
    channels_key: str = ""
    catalog_table: str
    listings_table: str
    work_bucket: str
    results_bucket: str
    shop_queue_url: str
    publish_queue_url: str
    default_markets: str
    marketplace_secrets_name: str = ""
    lazada_endpoint: str = ""


class LearnDemandSettings(FunctionSettings):
    """Environment of learn_demand."""

    demand_bucket: str
    catalog_table: str
    adaptations_table: str
    signals_table: str
    sweep_queue_url: str


class ReportUploadSettings(FunctionSettings):
    """Environment of report_upload."""

    uploads_bucket: str
    catalog_table: str
    listings_table: str
    results_bucket: str


S = TypeVar("S", bound=FunctionSettings)


@cache
def settings(model: type[S]) -> S:
    """The function's settings, read from the environment once.

    Raises:
        pydantic.ValidationError: a variable is missing; the template and the model disagree.
    """
    return model.model_validate({name: os.environ[name.upper()] for name in model.model_fields if name.upper() in os.environ})
