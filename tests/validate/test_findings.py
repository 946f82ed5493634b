"""Results that wait on the disk make the same report as those in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ValidationError
from kg.validate.findings import Findings
from kg.validate.render import report_json, report_text, report_turtle
from kg.validate.report import SEVERITIES, Violation, make_report


def results() -> st.SearchStrategy[Violation]:
    return st.builds(
        Violation,
        focus_node=st.sampled_from(["https://e.org/a", "https://e.org/b"]),
        record=st.none() | st.just("NCT99000001"),
        path=st.none() | st.just("https://e.org/p"),
        value=st.none() | st.text(max_size=3),
        shape=st.sampled_from(["https://e.org/S", "https://e.org/T"]),
        severity=st.sampled_from(SEVERITIES),
        message=st.sampled_from(["one", "two"]),
    )


@given(st.lists(results(), max_size=30), st.integers(1, 8))
def test_the_report_is_the_same_however_little_is_held(found: list[Violation], most: int) -> None:
    findings = Findings(most)
    for result in found:
        findings.take(result)
    report = make_report(found)
    assert tuple(findings.results) == report.results
    assert (findings.conforms, findings.counts) == (report.conforms, report.counts)
    assert list(findings.counts) == list(report.counts)
    assert report_text(findings) == report_text(report)
    for form in (report_json, report_turtle):
        assert list(form(findings)) == list(form(report))


def test_two_may_read_at_once() -> None:
    findings = Findings(2)
    for number in range(9):
        findings.take(
            Violation(f"https://e.org/{number}", None, None, None, "S", "Info", "x" * 40_000)
        )
    one, other = findings.results, findings.results
    read = [(next(one), next(other)) for _ in range(9)]
    assert [a.focus_node for a, _ in read] == [b.focus_node for _, b in read]


def test_a_disk_without_room_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w+b", buffering=0) as full:
        monkeypatch.setattr(tempfile, "TemporaryFile", lambda **how: full)
        with pytest.raises(ValidationError, match="has no room for 1 results"):
            Findings(1).take(Violation("https://e.org/a", None, None, None, "S", "Info", "told"))
