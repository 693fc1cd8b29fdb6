"""Buckets, tables and log groups: encrypted, private, kept, and restorable."""

import pytest

from tests.template.reading import Resources, logical_id, of_type, parsed

SOURCE = parsed()["Resources"]
BUCKETS = sorted(of_type(SOURCE, "AWS::S3::Bucket"))
TABLES = sorted(of_type(SOURCE, "AWS::DynamoDB::Table"))


@pytest.mark.parametrize("name", [*BUCKETS, *TABLES])
def test_what_holds_state_outlives_the_stack(resources: Resources, name: str):
    """A deleted stack or a replaced resource takes no data with it."""
    assert resources[name]["DeletionPolicy"] == resources[name]["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_is_private_encrypted_and_versioned(resources: Resources, name: str):
    """All four public access blocks, no ACLs, encryption at rest, versions."""
    bucket = resources[name]["Properties"]
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]

    assert bucket["PublicAccessBlockConfiguration"] == dict.fromkeys(
        ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True
    )
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] in {"AES256", "aws:kms"}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_answers_over_tls_only(resources: Resources, name: str):
    """Its policy denies everything else, for the bucket and for every object."""
    policy = resources[f"{name}Policy"]["Properties"]
    (deny,) = policy["PolicyDocument"]["Statement"]

    assert policy["Bucket"] == {"Ref": name}
    assert (deny["Effect"], deny["Principal"], deny["Action"]) == ("Deny", "*", "s3:*")
    assert deny["Resource"] == [{"Fn::GetAtt": [name, "Arn"]}, {"Fn::Sub": f"${{{name}.Arn}}/*"}]
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_only_what_can_be_made_again_expires(resources: Resources):
    """Chunks and unpacked pictures go after 30 days; current uploads and results stay."""
    days = {
        name: [rule["ExpirationInDays"] for rule in body["LifecycleConfiguration"]["Rules"] if "ExpirationInDays" in rule]
        for name, body in of_type(resources, "AWS::S3::Bucket").items()
    }

    assert days == {"UploadsBucket": [], "DemandBucket": [], "ResultsBucket": [], "WorkBucket": [30]}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_encrypted_restorable_and_pays_by_use(resources: Resources, name: str):
    """With the same two keys everywhere."""
    table = resources[name]["Properties"]

    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"]


def test_partner_events_are_forgotten(resources: Resources):
    """They are kept to be recognised when they come again, not for ever."""
    for table in ("EventsTable", "SignalsTable"):
        assert resources[table]["Properties"]["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


@pytest.mark.parametrize("function", sorted(of_type(SOURCE, "AWS::Serverless::Function")))
def test_every_function_has_a_log_group_that_forgets(resources: Resources, function: str):
    """Without one, Lambda makes a group that keeps everything for ever."""
    group = function.removesuffix("Function") + "LogGroup"

    assert resources[group]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_webhook_access_logs_hold_no_content(resources: Resources):
    """Request ids, route, status and times: no address, header or body of a caller."""
    (stage,) = of_type(resources, "AWS::ApiGatewayV2::Stage").values()
    logged = stage["AccessLogSettings"]["Format"]

    assert stage["AccessLogSettings"]["DestinationArn"] == {"Fn::GetAtt": [logical_id("webhooks_api", "LogGroup"), "Arn"]}
    assert not [word for word in ("sourceIp", "userAgent", "header", "body", "querystring", "authorizer") if word in logged]
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0
