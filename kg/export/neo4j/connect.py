"""A connection to a running Neo4j over Bolt, that is known to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kg.errors import KgError

if TYPE_CHECKING:
    from neo4j import Driver

SCHEMES: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def connect(uri: str, user: str, password: str) -> Driver:
    """A connection that answers; needs the `neo4j` extra, which is imported only here."""
    try:
        from neo4j import GraphDatabase
        from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError
    except ImportError as missing:
        raise KgError("a push needs Neo4j's driver: pip install 'trialkg[neo4j]'") from missing
    _check(uri)
    try:
        driver = GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF")
    except (ConfigurationError, ValueError):
        raise KgError(f"{uri}: found no address of a database, expected bolt://host") from None
    try:
        driver.verify_connectivity()
    except (AuthError, DriverError, Neo4jError, OSError) as error:
        driver.close()
        why = "refused the user or the password" if isinstance(error, AuthError) else "no answer"
        raise KgError(f"{uri}: {why} ({type(error).__name__})") from None
    return driver


def _check(uri: str) -> None:
    try:
        parts = urlsplit(uri)
    except ValueError:
        raise KgError(f"{uri}: found no address of a database, expected bolt://host") from None
    if "@" in parts.netloc:
        # Not told in full: others read what a terminal or a log shows.
        raise KgError(
            "found a user or a password in the address, expected bolt://host with --user, and "
            "the password in NEO4J_PASSWORD"
        )
    if parts.scheme not in SCHEMES:
        raise KgError(
            f"{uri}: found no address of a database, expected bolt://host or one of "
            f"{', '.join(SCHEMES[1:])}"
        )
