"""Logs that carry ids, never content, and metrics in CloudWatch's embedded format."""

import os
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, single_metric
from aws_lambda_powertools.metrics import MetricUnit

NAMESPACE = "onestop"


def logger() -> Logger:
    """The logger of the function that runs."""
    return _logger(os.environ.get("POWERTOOLS_SERVICE_NAME", "onestop"))


@cache
def _logger(service: str) -> Logger:
    return Logger(service=service)


def count(name: str, value: float = 1, *, unit: MetricUnit = MetricUnit.Count, **dimensions: str) -> None:
    """Emit one metric, such as ``count("ListingsReady", 3, market="TH")``; nothing at all when the value is 0."""
    if not value:
        return
    service = os.environ.get("POWERTOOLS_SERVICE_NAME", "onestop")
    default: dict[str, Any] = {"service": service}
    with single_metric(name=name, unit=unit, value=value, namespace=NAMESPACE, default_dimensions=default) as metric:
        for key, text in dimensions.items():
            metric.add_dimension(name=key, value=text)
