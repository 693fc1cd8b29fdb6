"""template.yaml as the local stack needs it: translated by SAM, then cut down to what moto can hold."""

import os
import re
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).parents[1]
REGION = "ap-northeast-2"
HELD = frozenset({"AWS::SQS::Queue", "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::KMS::Key"})
"""Resource types that moto stands up for us; functions, roles and schedules are played by this package."""


@dataclass(frozen=True)
class Source:
    """A queue that feeds a function, as the template maps it."""

    queue: str
    function: str
    batch_size: int
    partial_failures: bool


@dataclass(frozen=True)
class Wiring:
    """What the template says about the flow, by logical ids.

    Attributes:
        resources: the translated resources.
        code: function -> module of its door, such as ``functions.adapt_text.app``.
        sources: queue -> the function it feeds.
        routes: (method, path) of the HTTP API -> function.
        schedules: schedule -> function.
    """

    document: dict[str, Any]
    code: dict[str, str]
    sources: dict[str, Source]
    routes: dict[tuple[str, str], str]
    schedules: dict[str, str]

    @property
    def resources(self) -> dict[str, Any]:
        """The translated resources by logical id."""
        found: dict[str, Any] = self.document["Resources"]
        return found

    def schedule_of(self, function: str) -> str:
        """The one schedule that calls a function."""
        (name,) = [schedule for schedule, called in self.schedules.items() if called == function]
        return name


def read_wiring(path: Path = ROOT / "template.yaml") -> Wiring:
    """Translate the template, which takes no network and no account, and read the flow out of the result."""
    return deepcopy(_wiring(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=4)
def _wiring(template: str) -> Wiring:
    # Tests stand the same template up hundreds of times, and parsing it is half of that.
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    source = yaml_parse(template)
    code = {
        name: resource["Properties"]["CodeUri"].strip("/").replace("/", ".") + ".app"
        for name, resource in source["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    for resource in source["Resources"].values():
        for key in ("CodeUri", "ContentUri"):
            if isinstance(resource.get("Properties", {}).get(key), str):
                resource["Properties"][key] = "s3://code/artifact.zip"
    document = Translator({}, Parser()).translate(source, {})
    resources = document["Resources"]
    return Wiring(document, code, _sources(resources), _routes(resources), _schedules(resources))


def _of_type(resources: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {name: resource["Properties"] for name, resource in resources.items() if resource["Type"] == kind}


def _sources(resources: dict[str, Any]) -> dict[str, Source]:
    found = {}
    for mapping in _of_type(resources, "AWS::Lambda::EventSourceMapping").values():
        queue = mapping["EventSourceArn"]["Fn::GetAtt"][0]
        partial = "ReportBatchItemFailures" in mapping.get("FunctionResponseTypes", [])
        found[queue] = Source(queue, _referred(mapping["FunctionName"]), int(mapping.get("BatchSize", 10)), partial)
    return found


def _routes(resources: dict[str, Any]) -> dict[tuple[str, str], str]:
    found = {}
    for api in _of_type(resources, "AWS::ApiGatewayV2::Api").values():
        for path, methods in api["Body"]["paths"].items():
            for method, operation in methods.items():
                found[method.upper(), path] = _in_arn(operation["x-amazon-apigateway-integration"]["uri"])
    return found


def _schedules(resources: dict[str, Any]) -> dict[str, str]:
    return {name: _in_arn(one["Target"]["Arn"]) for name, one in _of_type(resources, "AWS::Scheduler::Schedule").items()}


def _referred(value: Any) -> str:
    name = value["Ref"] if isinstance(value, dict) else value
    return str(name)


def _in_arn(value: Any) -> str:
    """The function that an ARN, an alias or an API integration speaks of."""
    found = re.search(r"[A-Z]\w*?Function", str(value))
    if found is None:
        raise ValueError(f"no function in {value}")
    return found.group()
