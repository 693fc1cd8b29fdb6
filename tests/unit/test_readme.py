"""The README says what is so: its paths, commands, examples, tables and codes are held against the code."""

import ast
import json
import re
import struct
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.readme import README, code_table, with_table
from onestop.adapters.marketplaces.accounts import account_of, publishing_client
from onestop.adapters.marketplaces.partners import partner_of
from onestop.adapters.price_rules import market_rules
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.channels.iop import push_signature
from onestop.domain.channels.trendyol_payload import TrendyolStore
from onestop.domain.finding_codes import CODES
from onestop.domain.pricing.rules import MarketRules

ROOT = README.parent
PACKAGE = ROOT / "layers/common/onestop"
TEXT = README.read_text(encoding="utf-8")


def fenced(info: str) -> str:
    """The one fenced block of this kind, such as ``json settings``."""
    (block,) = re.findall(rf"^```{info}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return block


def spans() -> set[str]:
    """Everything set as code within the running text."""
    prose = re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL)
    return set(re.findall(r"`([^`\n]+)`", prose))


def section(title: str) -> str:
    """The text under a heading, up to the next one of its kind."""
    level = title.partition(" ")[0]
    return TEXT.partition(f"\n{title}\n")[2].partition(f"\n{level} ")[0]


def first_cells(text: str) -> list[str]:
    """The first cell of every row of a table, without its heading."""
    return re.findall(r"^\| (.+?) \|", re.split(r"^\|[-| ]+\|$", text, maxsplit=1, flags=re.MULTILINE)[1], re.MULTILINE)


def code_words(path: Path) -> Iterator[str]:
    """The finding codes that a module names, its docstrings left out since they are never a whole code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CODES:
            yield node.value


def test_the_table_of_codes_is_current():
    """``python -m local.readme`` would change nothing."""
    assert with_table(TEXT) == TEXT
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", code_table(), re.MULTILINE)) == set(CODES)


def test_a_readme_without_markers_is_refused():
    """Nothing is written into a page that lost its place for the table."""
    with pytest.raises(ValueError, match="marker"):
        with_table("# onestop\n")


def test_every_code_of_the_table_can_be_met():
    """A seller never reads of a code that nothing gives."""
    modules = [path for path in PACKAGE.rglob("*.py") if path.name != "finding_codes.py"]

    assert CODES.keys() - {code for path in modules for code in code_words(path)} == set()


def test_every_code_that_is_given_is_in_the_table():
    """Both ways of giving a finding name codes that exist."""
    given = re.compile(r"(?:Finding\.of|refuse|\.report)\(\s*\"([A-Z][A-Z_]+)\"")

    assert {code for path in PACKAGE.rglob("*.py") for code in given.findall(path.read_text(encoding="utf-8"))} <= CODES.keys()


def test_every_path_exists():
    """From the root, or within our package; a path is what begins with a folder that is there."""
    roots = [ROOT, PACKAGE]
    named = {span for span in spans() if re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?|[\w-]+\.(yaml|toml|lock)", span)}
    paths = {span for span in named if any((root / span.partition("/")[0]).exists() for root in roots) and not span.startswith("out/")}
    linked = set(re.findall(r"\]\((?!#|http)([^)]+)\)", TEXT))

    assert len(paths) > 40
    assert sorted(path for path in paths | linked if not any((root / path).exists() for root in roots)) == []


def test_every_folder_of_the_layout_is_told():
    """Functions and parts of the package, each with its line."""
    told = " ".join(first_cells(section("## Layout")))
    folders = [*ROOT.glob("functions/*/"), *(path for path in PACKAGE.glob("*/") if path.name != "__pycache__"), *ROOT.glob("tests/*/")]
    shown = {path for path in folders if path.name not in {"__pycache__", "support"}}

    assert sorted(str(path.relative_to(ROOT)) for path in shown if f"`{path.relative_to(ROOT)}/`" not in told) == []


def test_every_link_within_the_page_leads_somewhere():
    """As a forge makes anchors of headings."""
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}

    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= anchors


def test_every_make_target_exists():
    """Whatever the page tells to type after ``make``."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = set(re.findall(r"(?:^|`)make ([a-z-]+)", TEXT, re.MULTILINE))

    assert {"run", "test", "check", "build", "bench", "help"} <= told
    assert told <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_every_command_and_option_exists():
    """Of the ``onestop`` command, and every one of its own is told."""
    cli = (ROOT / "local/cli.py").read_text(encoding="utf-8")
    commands, options = set(re.findall(r'add_parser\("([\w-]+)"', cli)), set(re.findall(r'"(--[a-z-]+)"', cli))
    told = section("### Your own file")

    assert set(re.findall(r"bin/onestop ([\w-]+)", TEXT)) == commands
    assert set(re.findall(r"`(--[a-z-]+)", told)) == options


def test_every_parameter_is_told_with_its_default():
    """As ``sam deploy --guided`` will ask for them."""
    parameters = (ROOT / "template.yaml").read_text(encoding="utf-8").partition("\nParameters:\n")[2].partition("\nConditions:")[0]
    asked = re.findall(r"^  (\w+):\n    Type: \w+\n    Default: (.*)$", parameters, re.MULTILINE)
    expected = [f"| `{name}` | {'empty' if value == chr(34) * 2 else f'`{value}`'} |" for name, value in asked]

    assert len(expected) == len(re.findall(r"^  \w+:$", parameters, re.MULTILINE))
    assert [row for row in expected if row not in TEXT] == []


def test_every_column_of_our_sheet_is_told():
    """In Korean and English; numbered ones by their first and last."""
    profile = json.loads((PACKAGE / "data/profiles/onestop.json").read_text(encoding="utf-8"))
    headers = [header for column in profile["columns"] for header in column["headers"]]
    missing = [header for header in headers if f"`{header}`" not in TEXT and not re.fullmatch(r"(?:image_|이미지)[2-8]", header)]

    assert missing == []


def test_the_example_settings_are_settings():
    """And every setting is told with its default."""
    assert SellerSettings.model_validate_json(fenced("json settings")).markets == ("SG", "TH")
    told = section("## 판매자 안내")
    for name, default in SellerSettings().model_dump(mode="json").items():
        assert f"| `{name}` |" in told
        assert not default or re.search(rf"\| `{name}` \| `?{default}`? \|", told)


def test_the_example_secrets_open_the_doors():
    """The webhook's by both keys, the marketplace's for its seller only, and publishing is off."""
    partner = partner_of(json.loads(fenced("json partner-secret")), "lazada")
    marketplace = json.loads(fenced("json marketplace-secret"))
    (event,) = partner.parse("", b'{"seller_id":"900000123","message_type":0,"site":"lazada_sg","data":{"trade_order_id":"1"}}')

    for key in ("the one in force", "the one before"):
        assert partner.verify({"authorization": push_signature("123456", key, b"{}")}, b"{}")
    assert account_of(marketplace, event).seller_id == "kim-shop"
    assert publishing_client(marketplace, "kim-shop", "SG") is None


def test_the_example_store_at_trendyol_is_one():
    """With the seller's category, and switched off."""
    (entry,) = json.loads(fenced("json marketplace-trendyol"))["trendyol"]["sellers"].values()

    store = TrendyolStore.model_validate(entry)

    assert (store.categories["주방>텀블러"], store.attributes[411][0]["attributeId"], entry["publish"]) == (411, 338, False)


def test_the_example_profile_makes_a_partner_of_a_new_venture():
    """By its own header, and its site is a country."""
    partner = partner_of(json.loads(fenced("json partner-profile")), "shopx")
    body = b'{"message_type":0,"site":"SHOPX-KH","data":{"trade_order_id":"1"}}'

    assert partner.verify({"x-push-sign": push_signature("123456", "...", body, "sha512")}, body)
    assert [(event.market, event.order_id) for event in partner.parse("", body)] == [("KH", "1")]


def test_the_example_keys_of_trendyol_tell_the_sellers_apart():
    """By either key, and by a login."""
    partner = partner_of(json.loads(fenced("json partner-trendyol")), "trendyol")

    for key in ("the one in force", "the one before"):
        assert partner.verify({"x-api-key": key}, b"") == "100001"
    assert partner.verify({"authorization": "Basic dXNlcjpwYXNzd29yZA=="}, b"") == "100002"


def test_the_example_report_is_one():
    """By the partner that the example secret makes, and for the market that it names."""
    partner = partner_of(json.loads(fenced("json partner-demand")), "trends")
    (body,) = re.findall(r"A keyword report is `(\{.*?\})`", TEXT)

    assert [report.key.partition("-")[0] for report in partner.parse("", body.encode())] == ["SG/trends"]


def test_the_example_policy_gives_one_prefix_only():
    """Every object it names is the seller's, and listing is held to the prefix."""
    statements = json.loads(fenced("json policy"))["Statement"]

    for statement in statements:
        if statement["Action"] == "s3:ListBucket":
            assert statement["Condition"] == {"StringLike": {"s3:prefix": "kim-shop/*"}}
        else:
            assert statement["Resource"].endswith("/kim-shop/*")


def test_the_example_of_a_new_tax_rate_is_accepted():
    """Put in place of the last row, it holds from its first day."""
    rules = market_rules("SG").model_dump(mode="json")
    changed = MarketRules.model_validate({**rules, "vat": [*rules["vat"][:-1], *json.loads(fenced("json vat"))]})

    assert [str(row.rate) for row in changed.vat[-2:]] == ["0.09", "0.10"]


def test_the_signature_example_gives_the_published_one():
    """Run as it stands on the page."""
    published = json.loads((ROOT / "events/webhooks/lazada/published-vector.json").read_text(encoding="utf-8"))

    ran = subprocess.run([sys.executable, "-c", fenced("python signature")], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == published["authorization"]


def test_every_json_example_is_json():
    """Also one that no test above looks at."""
    for block in re.findall(r"^```json.*?\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL):
        json.loads(block)


def test_every_library_has_its_reason():
    """Each dependency of the project, and no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"], *(one for group in groups for one in group)]
    names = {re.match(r"[\w-]+", one)[0] for one in wanted if isinstance(one, str)}
    told = {name for cell in first_cells(section("## Why these libraries")) for name in cell.split(", ")}

    assert told == names


def test_the_picture_is_there_and_light():
    """As wide as a desktop report, small enough for a page."""
    picture = (ROOT / ".github/report.png").read_bytes()

    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", picture[16:20]) == (1280,)
    assert len(picture) < 400_000


def test_it_speaks_of_no_machine():
    """No path that is only somebody's own."""
    assert re.findall(r"(?<![\w.])/(?:work|tmp|root|home|Users)\b", TEXT) == []
