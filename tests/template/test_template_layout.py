"""Order and names: a reader who knows one step can find every other."""

import re
from typing import Any

import pytest

from tests.template.reading import ROOT, TEMPLATE, Resources, logical_id, of_type, step_of

STEPS = sorted(folder.parent.name for folder in ROOT.glob("functions/*/app.py"))
SECTIONS = {
    "Parameters": set(),
    "Globals": set(),
    "Storage": {"AWS::KMS::Key", "AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::DynamoDB::Table"},
    "Queues": {"AWS::SQS::Queue", "AWS::SQS::QueuePolicy"},
    "Functions": {"AWS::Serverless::Function", "AWS::Serverless::LayerVersion", "AWS::IAM::Role"},
    "Schedules": {"AWS::Serverless::HttpApi"},
    "Log groups": {"AWS::Logs::LogGroup"},
    "Alarms": {"AWS::CloudWatch::Alarm", "AWS::SNS::Topic", "AWS::SNS::Subscription"},
    "Dashboard": {"AWS::CloudWatch::Dashboard"},
    "Outputs": set(),
}


def test_banners_stand_in_the_agreed_order():
    """Parameters first, outputs last."""
    banners = re.findall(r"^# ---- ([A-Z][a-z]+(?: groups)?).*-{9}$", TEMPLATE.read_text(encoding="utf8"), re.MULTILINE)

    assert banners == list(SECTIONS)


def test_every_resource_stands_under_its_banner(source: dict[str, Any]):
    """A queue among the queues, an alarm among the alarms."""
    places = re.findall(r"^(?:# ---- (.+?) -{9,}|  (\w+):.*\n    Type: AWS)", TEMPLATE.read_text(encoding="utf8"), re.MULTILINE)
    section, wrong = "", []
    for banner, name in places:
        if banner:
            section = next(known for known in SECTIONS if banner.startswith(known))
        elif source["Resources"][name]["Type"] not in SECTIONS[section]:
            wrong.append((section, name))

    assert wrong == []
    assert {name for _, name in places if name} == set(source["Resources"])


def test_each_folder_of_functions_is_one_function(source: dict[str, Any]):
    """Its folder, its logical id and its service name are the same word."""
    functions = of_type(source["Resources"], "AWS::Serverless::Function")

    found = {
        (step_of(name, "Function"), body["CodeUri"], body["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"])
        for name, body in functions.items()
    }

    assert found == {(step, f"functions/{step}/", step) for step in STEPS}


@pytest.mark.parametrize("step", STEPS)
def test_physical_names_derive_from_the_step(resources: Resources, step: str):
    """Function, log group and role of a step are found by its name."""
    function = resources[logical_id(step, "Function")]["Properties"]
    log_group = resources[logical_id(step, "LogGroup")]["Properties"]
    dashed = step.replace("_", "-")

    assert function["FunctionName"] == {"Fn::Sub": f"${{AWS::StackName}}-{dashed}"}
    assert log_group["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/${{AWS::StackName}}-{dashed}"}
    assert function["LoggingConfig"]["LogGroup"] == {"Ref": logical_id(step, "LogGroup")}
    assert function["Role"] == {"Fn::GetAtt": [logical_id(step, "Role"), "Arn"]}


def test_queues_are_named_after_their_logical_ids(resources: Resources):
    """A queue's name on AWS leads back to the template."""
    for name, body in of_type(resources, "AWS::SQS::Queue").items():
        dashed = step_of(name, "Queue").replace("_", "-")
        assert body["QueueName"] == {"Fn::Sub": f"${{AWS::StackName}}-{dashed}"}


def test_functions_state_only_what_differs(source: dict[str, Any]):
    """Runtime, architecture, handler and the shared layers come from Globals."""
    shared = source["Globals"]["Function"]

    assert (shared["Runtime"], shared["Architectures"], shared["Handler"]) == ("python3.13", ["arm64"], "app.handler")
    for body in of_type(source["Resources"], "AWS::Serverless::Function").values():
        assert not {"Runtime", "Architectures", "Handler"} & body.keys()
        assert body.get("Timeout") != shared["Timeout"]
        assert body.get("MemorySize") != shared["MemorySize"]


def test_only_the_picture_function_carries_the_imaging_layer(resources: Resources):
    """Native libraries are weight that the others need not lift."""
    layers = {name: [ref["Ref"] for ref in body["Layers"]] for name, body in of_type(resources, "AWS::Lambda::Function").items()}

    assert {name for name, refs in layers.items() if any(ref.startswith("ImagingLayer") for ref in refs)} == {"AdaptImagesFunction"}
    for refs in layers.values():
        assert [ref.rstrip("0123456789abcdef") for ref in refs[:2]] == ["DepsLayer", "CommonLayer"]
