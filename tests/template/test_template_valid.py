"""What the two public linters say, and the circle of references that neither of them sees."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.template.reading import ROOT, TEMPLATE, Resources, reference_cycle

SAM = ROOT / ".cache/sam/bin/sam"


def test_cfn_lint_has_nothing_to_say():
    """Not even an informational remark."""
    command = [Path(sys.executable).parent / "cfn-lint", "-r", "ap-northeast-2", "-c", "I", "--", TEMPLATE]

    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.skipif(not SAM.exists(), reason="SAM CLI is not set up; make build does that")
def test_sam_validate_finds_the_template_valid():
    """With its linter, without credentials."""
    result = subprocess.run([SAM, "validate", "--lint", "--template-file", TEMPLATE], capture_output=True, text=True, check=False, cwd=ROOT)

    assert result.returncode == 0, result.stdout + result.stderr


def test_no_resource_refers_to_itself_through_others(resources: Resources):
    """CloudFormation refuses a circle only when it deploys."""
    assert reference_cycle(resources) is None


def test_a_circle_of_references_is_found():
    """The check above would notice: here a queue's policy names the bucket that waits for the policy."""
    circle = {
        "Bucket": {"Type": "AWS::S3::Bucket", "DependsOn": "Policy", "Properties": {}},
        "Policy": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": [{"Fn::Sub": "${Bucket.Arn}-queue"}]}},
    }

    assert reference_cycle(circle) == ["Bucket", "Policy", "Bucket"]
