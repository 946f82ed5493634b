"""What keeps a push from a database is told in one sentence, and never the password."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.neo4j.conftest import Running
from tests.neo4j.server import PASSWORD


@pytest.fixture(scope="module")
def answering(running: Running) -> Running:
    running.connected()
    return running


def pushed(store: Path, password: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from kg.cli import main; main()",
            "export",
            "neo4j",
            "--store",
            str(store),
            *arguments,
        ],
        env={**os.environ, "NEO4J_PASSWORD": password},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("password", "arguments", "told"),
    [
        ("not-the-password", (), "refused the user or the password"),
        (PASSWORD, ("--user", "nobody"), "refused the user or the password"),
        (PASSWORD, ("--database", "elsewhere"), "found no database 'elsewhere'"),
        (PASSWORD, ("--database", "a b`; DROP"), "database"),
        (PASSWORD, ("--uri", "bolt://127.0.0.1:1"), "no answer"),
        (PASSWORD, ("--uri", "bolt://nowhere.invalid"), "no answer"),
        (PASSWORD, ("--uri", "http://127.0.0.1"), "found no address of a database"),
        (
            PASSWORD,
            ("--uri", "bolt://neo4j:in-the-address@127.0.0.1:1"),
            "a password in the address",
        ),
    ],
)
def test_one_sentence_says_why(
    answering: Running, demo_store: Path, password: str, arguments: tuple[str, ...], told: str
) -> None:
    done = pushed(demo_store, password, "--uri", answering.server.uri, *arguments)
    assert done.returncode == 1
    assert re.search(told, done.stderr)
    assert len(done.stderr.strip().splitlines()) == 1
    assert password not in done.stderr + done.stdout
    assert "in-the-address" not in done.stderr


def test_the_right_password_is_in_no_log(answering: Running, demo_store: Path) -> None:
    done = pushed(demo_store, PASSWORD, "--uri", answering.server.uri)
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stderr + done.stdout
    logs = [*(answering.server.home / "logs").glob("*.log"), answering.server.home / "out.log"]
    assert len(logs) > 1
    assert not any(PASSWORD in log.read_text(errors="replace") for log in logs)
