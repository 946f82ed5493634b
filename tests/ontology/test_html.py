"""The ontology's page renders and shows what a reader looks for."""

from __future__ import annotations

import builtins
from importlib import metadata
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.export.ontology_html import ontology_html


def pylode_is_usable() -> bool:
    """3.4.1 cannot be imported: it looks for a file that its wheel lacks."""
    try:
        return metadata.version("pylode") != "3.4.1"
    except metadata.PackageNotFoundError:
        return False


@pytest.mark.skipif(not pylode_is_usable(), reason="needs pyLODE, not 3.4.1")
def test_page_shows_terms_and_their_fields(tmp_path: Path) -> None:
    out = tmp_path / "ontology.html"
    ontology_html(out)
    page = out.read_text(encoding="utf-8")
    assert "overall status" in page
    assert "protocolSection.statusModule.overallStatus" in page


def test_without_pylode_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name == "pylode":
            raise ImportError(name)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KgError, match="pip install"):
        ontology_html(tmp_path / "ontology.html")
