"""A real Neo4j Community server on the loopback interface, for as long as a test run.

Its jars come from Maven Central, once, into a folder that stays:

    mvn -q -B -f tests/neo4j/pom.xml dependency:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$HOME/.cache/trialkg-tests/neo4j"
    mvn -q -B -f tests/neo4j/n10s.xml dependency:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$HOME/.cache/trialkg-tests/neo4j/plugins"

TRIALKG_NEO4J names another folder. Without Java or the jars the tests skip.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

JARS = Path(os.environ.get("TRIALKG_NEO4J") or Path.home() / ".cache/trialkg-tests/neo4j")
PLUGINS = JARS / "plugins"
START_SECONDS = 180
USER, PASSWORD = "neo4j", "of the tests: $x;'\"' é"

_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
server.memory.pagecache.size=64m
server.directories.import={imports}
server.directories.plugins={plugins}
dbms.security.procedures.unrestricted=n10s.*
"""
_OPENS = (
    "java.nio java.io sun.nio.ch java.lang java.lang.reflect java.util.concurrent java.time".split()
)


def java() -> list[str]:
    """The command that runs a class of the server; skips the test where that cannot be."""
    if not list(JARS.glob("neo4j-5.26.*.jar")):
        pytest.skip(f"needs Neo4j's jars in {JARS}: see tests/neo4j/server.py")
    found = shutil.which("java")
    if found is None:
        pytest.skip("needs Java 17")
    opens = [f"--add-opens=java.base/{each}=ALL-UNNAMED" for each in _OPENS]
    quick = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    return [found, *quick, *opens, "-cp", f"{JARS}/*"]


class Server:
    """A server with one database, in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.java = java()
        self.home = home
        self.imports = home / "import"
        self.imports.mkdir(parents=True)
        self.uri = f"bolt://127.0.0.1:{_free_port()}"
        (home / "conf").mkdir()
        (home / "conf" / "neo4j.conf").write_text(
            _CONFIGURATION.format(
                port=self.uri.rpartition(":")[2],
                imports=self.imports,
                plugins=PLUGINS if PLUGINS.is_dir() else home / "plugins",
            )
        )
        self.admin = home / "neo4j-admin"
        command = " ".join(f"'{each}'" for each in [*self.java, "org.neo4j.cli.AdminTool"])
        self.admin.write_text(
            "#!/bin/sh\n"
            f"export NEO4J_HOME='{home}' NEO4J_CONF='{home}/conf'\nexec {command} \"$@\"\n"
        )
        self.admin.chmod(0o755)
        self._run(self.admin, "dbms", "set-initial-password", PASSWORD)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Driver:
        """Start, wait until it answers, and connect."""
        places = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        with (self.home / "out.log").open("wb") as log:
            self._process = subprocess.Popen(
                [*self.java, "org.neo4j.server.CommunityEntryPoint", *places],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        driver = GraphDatabase.driver(self.uri, auth=(USER, PASSWORD))
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                driver.verify_connectivity()
                return driver
            except Exception:
                time.sleep(0.5)
        self.stop()
        raise AssertionError(f"Neo4j did not start: {(self.home / 'out.log').read_text()}")

    def stop(self) -> None:
        """Stop and wait."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def import_csv(self, folder: Path) -> None:
        """Run an exported folder's own `import.sh`; the server must be stopped."""
        self._run(folder / "import.sh", "neo4j", "--overwrite-destination")

    def _run(self, *command: str | Path) -> None:
        environment = {**os.environ, "NEO4J_ADMIN": str(self.admin)}
        done = subprocess.run([*map(str, command)], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
