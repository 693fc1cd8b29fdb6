"""How the template tests read the template: translated once, then plain dicts."""

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "template.yaml"

Resources = dict[str, dict[str, Any]]


@cache
def parsed() -> dict[str, Any]:
    """The template as it is written, with the short intrinsic functions spelled out."""
    document: dict[str, Any] = yaml_parse(TEMPLATE.read_text(encoding="utf8"))
    return document


def translated() -> dict[str, Any]:
    """The CloudFormation document that SAM makes of the template, without network or credentials."""
    document = deepcopy(parsed())
    for resource in document["Resources"].values():
        for key in {"CodeUri", "ContentUri"} & resource.get("Properties", {}).keys():
            resource["Properties"][key] = "s3://code/package.zip"
    whole: dict[str, Any] = Translator({}, Parser(), boto_session=boto3.Session(region_name="ap-northeast-2")).translate(document, {})
    return whole


def of_type(resources: Resources, kind: str) -> Resources:
    """The resources of one type, such as ``AWS::SQS::Queue``, by logical id: their properties."""
    return {name: body["Properties"] for name, body in resources.items() if body["Type"] == kind}


def step_of(logical_id: str, suffix: str) -> str:
    """The step that a logical id belongs to.

    Example:
        >>> step_of("AdaptTextDlq", "Dlq")
        'adapt_text'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", logical_id.removesuffix(suffix)).lower()


def logical_id(step: str, suffix: str) -> str:
    """The logical id of a step's resource.

    Example:
        >>> logical_id("adapt_text", "Dlq")
        'AdaptTextDlq'
    """
    return step.title().replace("_", "") + suffix


def references(node: object) -> Iterator[str]:
    """Every name that a piece of template refers to."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _referred(key, value)


def _referred(key: str, value: Any) -> Iterator[str]:
    if key == "Ref":
        yield value
    elif key == "Fn::GetAtt":
        yield value[0] if isinstance(value, list) else value.split(".")[0]
    elif key == "Fn::Sub":
        text, names = value if isinstance(value, list) else (value, {})
        yield from (name.split(".")[0] for name in re.findall(r"\$\{([^}!]+)\}", text) if name not in names)
        yield from references(names)
    elif key == "DependsOn":
        yield from [value] if isinstance(value, str) else value
    else:
        yield from references(value)


def reference_cycle(resources: Resources) -> list[str] | None:
    """The first circle of references as logical ids, or None."""
    graph = {name: {other for other in references(body) if other in resources} for name, body in resources.items()}

    def walk(name: str, trail: list[str]) -> list[str] | None:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        return next((found for other in graph[name] if (found := walk(other, [*trail, name]))), None)

    return next((found for name in graph if (found := walk(name, []))), None)


def statements(role: dict[str, Any]) -> list[dict[str, Any]]:
    """A role's policy statements, those behind a condition included, with actions and resources as lists."""
    found = []
    for policy in role.get("Policies", []):
        for statement in policy["PolicyDocument"]["Statement"]:
            one = statement["Fn::If"][1] if "Fn::If" in statement else statement
            found.append({**one, "Action": _listed(one["Action"]), "Resource": _listed(one["Resource"])})
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
