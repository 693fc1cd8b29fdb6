"""Least privilege: a function may do what its settings say it works with, and nothing else."""

import re
from typing import Any

import pytest

from tests.template.reading import Resources, logical_id, of_type, parsed, statements, step_of

STEPS = sorted(step_of(name, "Function") for name in of_type(parsed()["Resources"], "AWS::Serverless::Function"))
TABLE_VERBS = {"GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "BatchWriteItem"}
VERBS = {
    *(f"dynamodb:{verb}" for verb in TABLE_VERBS),
    "kms:Encrypt", "kms:Decrypt",
    "logs:CreateLogStream", "logs:PutLogEvents",
    "s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListBucket",
    "secretsmanager:GetSecretValue",
    "bedrock:InvokeModel", "translate:TranslateText",
    "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes",
}  # fmt: skip
NAMES_NO_RESOURCE = ["translate:TranslateText"]
"""What IAM grants on everything or not at all."""
RECEIVE = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"}


def _granted(resources: Resources, step: str, service: str) -> dict[str, set[str]]:
    """Verbs of a service by the resource they are granted on, such as ``{"CatalogTable": {"dynamodb:GetItem"}}``."""
    granted: dict[str, set[str]] = {}
    for statement in statements(resources[logical_id(step, "Role")]["Properties"]):
        verbs = {action for action in statement["Action"] if action.startswith(f"{service}:")}
        for resource in statement["Resource"] if verbs else []:
            granted.setdefault(_target(resource), set()).update(verbs)
    return granted


def _target(resource: dict[str, Any]) -> str:
    """The logical id, or the parameter, that the resource of a statement is made of."""
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    return re.findall(r"\$\{(\w+)(?:\.Arn)?\}", resource["Fn::Sub"])[-1]


def _variables(resources: Resources, step: str, ending: str) -> set[str]:
    """What the function's variables that end like this refer to."""
    variables = resources[logical_id(step, "Function")]["Properties"]["Environment"]["Variables"]
    return {value["Ref"] for name, value in variables.items() if name.endswith(ending)}


def _sources(resources: Resources, step: str) -> set[str]:
    mappings = of_type(resources, "AWS::Lambda::EventSourceMapping").values()
    mine = [one for one in mappings if one["FunctionName"] == {"Ref": logical_id(step, "Function")}]
    return {one["EventSourceArn"]["Fn::GetAtt"][0] for one in mine}


def test_no_role_reaches_beyond_named_resources(resources: Resources):
    """No wildcard in an action, none as a whole resource, no managed policy, no resource that is not of this stack."""
    for name, role in of_type(resources, "AWS::IAM::Role").items():
        assert not role.get("ManagedPolicyArns"), name
        for statement in statements(role):
            assert statement["Effect"] == "Allow"
            assert not [action for action in statement["Action"] if "*" in action], name
            if statement["Action"] != NAMES_NO_RESOURCE:
                assert all(isinstance(resource, dict) for resource in statement["Resource"]), name


@pytest.mark.parametrize("step", STEPS)
def test_a_role_serves_one_function_and_only_lambda(resources: Resources, step: str):
    """Nobody else may take it on."""
    role = logical_id(step, "Role")
    users = [name for name, body in of_type(resources, "AWS::Lambda::Function").items() if body["Role"] == {"Fn::GetAtt": [role, "Arn"]}]
    (trust,) = resources[role]["Properties"]["AssumeRolePolicyDocument"]["Statement"]

    assert users == [logical_id(step, "Function")]
    assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}


@pytest.mark.parametrize("step", STEPS)
def test_only_known_verbs_are_granted(resources: Resources, step: str):
    """A new verb is a decision, made here as well."""
    granted = {action for one in statements(resources[logical_id(step, "Role")]["Properties"]) for action in one["Action"]}

    assert granted <= VERBS


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("service", "ending"), [("dynamodb", "_TABLE"), ("s3", "_BUCKET"), ("secretsmanager", "_SECRETS_NAME")])
def test_grants_and_settings_name_the_same_things(resources: Resources, step: str, service: str, ending: str):
    """Every table, bucket and secret that the function is told of it may use, and no other."""
    assert set(_granted(resources, step, service)) == _variables(resources, step, ending)


@pytest.mark.parametrize("step", STEPS)
def test_queues_are_written_and_read_as_wired(resources: Resources, step: str):
    """Sends go to the queues of its settings (and the schedule's dead letters), receives come from its event sources."""
    granted = _granted(resources, step, "sqs")
    sends = {queue for queue, verbs in granted.items() if "sqs:SendMessage" in verbs}
    receives = {queue for queue, verbs in granted.items() if verbs & RECEIVE}

    assert sends - {"RefreshFxDlq", "ReconcileDlq"} == _variables(resources, step, "_QUEUE_URL")
    assert receives == _sources(resources, step)
    assert all(granted[queue] - {"sqs:SendMessage"} == RECEIVE for queue in receives)


@pytest.mark.parametrize("step", STEPS)
def test_a_function_writes_only_its_own_log(resources: Resources, step: str):
    """Its log group exists already, so it need not make one."""
    assert _granted(resources, step, "logs") == {logical_id(step, "LogGroup"): {"logs:CreateLogStream", "logs:PutLogEvents"}}


def test_partner_keys_are_read_by_the_webhook_alone(resources: Resources):
    """Whoever holds them could sign as the partner."""
    assert [step for step in STEPS if "PartnerSecretsName" in _granted(resources, step, "secretsmanager")] == ["receive_webhook"]


def test_partner_events_are_seen_by_two_functions(resources: Resources):
    """The one that stores them and the one that acts on them."""
    assert [step for step in STEPS if "EventsTable" in _granted(resources, step, "dynamodb")] == ["apply_partner_event", "receive_webhook"]


def test_what_counts_demand_cannot_read_a_buyer(resources: Resources):
    """Its role only reads signals, which hold a pseudonym, and reaches no table of events, orders or buyers and no key or secret."""
    granted = _granted(resources, "learn_demand", "dynamodb")

    assert granted["SignalsTable"] == {"dynamodb:Query"}
    assert set(granted) == {"CatalogTable", "AdaptationsTable", "SignalsTable"}
    assert not _granted(resources, "learn_demand", "secretsmanager")
    assert not _granted(resources, "learn_demand", "kms")
