"""Passwords: from the environment, or asked for; never an argument that others can see."""

from __future__ import annotations

import os
import sys

import click

from kg.errors import KgError


def password(variable: str, question: str) -> str:
    """The password in an environment variable, or what is typed, unseen, at a terminal."""
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise KgError(f"found no password: set {variable}, or run this at a terminal")
    answer: str = click.prompt(question, hide_input=True, err=True)
    return answer
