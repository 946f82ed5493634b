"""One graph, loaded into one real Neo4j by every route in turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver
from pyoxigraph import Store

import kg
from kg.demo import example_records
from kg.export.neo4j.admin import export_admin_csv
from kg.export.neo4j.connect import connect
from kg.export.neo4j.mapping import mapping
from kg.export.neo4j.push import push
from kg.export.neo4j.script import export_cypher
from kg.export.neo4j.states import States
from kg.store import open_read_only
from tests.graphs import holding
from tests.neo4j.hostile import hostile
from tests.neo4j.server import PASSWORD, USER, Server

ONE_STATE = States(None, ["the only state"])
ROUTES = ("neo4j-csv", "load.cypher", "graph.cypher", "neo4j")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The example records and texts that try to break out of their quotes."""
    folder = tmp_path_factory.mktemp("store")
    kg.build([*example_records()], folder)
    built = open_read_only(folder)[0]
    return holding([*built, *hostile()])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("neo4j"))
    yield server
    server.stop()


class Running:
    """The server's connection, opened when it is first needed."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.driver: Driver | None = None

    def connected(self) -> Driver:
        if self.driver is None:
            self.driver = self.server.start()
        return self.driver

    def stopped(self) -> None:
        if self.driver is not None:
            self.driver.close()
            self.driver = None
        self.server.stop()

    def empty(self) -> Driver:
        driver = self.connected()
        with driver.session() as session:
            session.run(
                "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
            ).consume()
        return driver


@pytest.fixture(scope="session")
def running(server: Server) -> Iterator[Running]:
    running = Running(server)
    yield running
    running.stopped()


@pytest.fixture(scope="session", params=ROUTES)
def loaded(
    request: pytest.FixtureRequest,
    running: Running,
    store: Store,
    tmp_path_factory: pytest.TempPathFactory,
) -> Driver:
    """The database after one route; all but the slowest, the self-contained script, taken twice."""
    folder = tmp_path_factory.mktemp("export") / "out"
    if request.param == "neo4j-csv":
        assert not export_admin_csv(store, mapping(), folder, gzip=True)
        running.stopped()
        running.server.import_csv(folder)
        driver = running.connected()
        run_script(driver, folder / "constraints.cypher")
        run_script(driver, folder / "constraints.cypher")
        return driver
    driver = running.empty()
    if request.param == "neo4j":
        with connect(running.server.uri, USER, PASSWORD) as own:
            for _ in range(2):
                push(store, mapping(), own, ONE_STATE, everything=True)
        driver.execute_query("MATCH (p:TrialkgPush) DELETE p")
        return driver
    folder = running.server.imports / "trialkg"
    export_cypher(store, mapping(), folder, gzip=True, force=True)
    for _ in range(2 if request.param == "load.cypher" else 1):
        run_script(driver, folder / request.param)
    return driver


def run_script(driver: Driver, path: Path) -> None:
    """Run the statements of a script as cypher-shell does."""
    with driver.session() as session:
        for statement in path.read_text(encoding="utf-8").split(";\n"):
            if statement and not statement.startswith(":param"):
                session.run(statement, base="file:///trialkg/").consume()
