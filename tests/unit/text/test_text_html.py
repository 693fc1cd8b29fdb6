"""What a translated piece of HTML must keep."""

import pytest

from onestop.domain.text.html_checks import html_issues, text_of_html


@pytest.mark.parametrize(
    ("target", "issues"),
    [
        ("<p>Cotton<br>Soft</p>", ["html_tags"]),
        ("<p>Cotton</p>", []),
        ("<P>Cotton</P>", []),
        ("<p>Cotton", ["unclosed:p"]),
        ("Cotton</p>", ["html_tags", "unbalanced:p"]),
        ("<p onclick='x()'>Cotton</p>", ["unsafe:onclick"]),
        ("<p><a href='java\nscript:x'>Cotton</a></p>", ["html_tags", "unsafe:href"]),
        ("<p><iframe src='a'></iframe>Cotton</p>", ["html_tags", "unsafe:iframe"]),
        ("<p/>Cotton", []),
    ],
)
def test_tags_stay_and_stay_harmless(target, issues):
    """Tags are neither lost nor added, open and close in order, and run nothing."""
    assert list(html_issues("<p>순면</p>", target)) == issues


@pytest.mark.parametrize("text", ["<" * 5000, "<p" * 3000, "<!--" * 1000, "&#x;" * 500, "", "</b></b></b>", "<![CDATA[x"])
def test_broken_html_has_an_answer(text):
    """Whatever was written, the check ends without an error."""
    assert isinstance(list(html_issues("<p>순면</p>", text)), list)
    assert isinstance(text_of_html(text), str)
