from __future__ import annotations

import json
from pathlib import Path

import networkx
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.graph import Graph

READ = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}


def run(examples: Graph, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--store", str(examples.store_dir)])


def test_paths_as_text(examples: Graph) -> None:
    done = run(examples, "path", "NCT03324113", "NCT04154956", "-k", "1", "--format", "table")
    assert done.output.splitlines() == [
        "1. NCT03324113  (cost 4.322)",
        "   tests tusamitamab ravtansine  (drug, 5 links)",
        "   tested in NCT04154956  (trial)",
    ]


def test_paths_as_json_where_piped(examples: Graph) -> None:
    done = run(examples, "path", "SAR408701", "CEACAM5", "-k", "1")
    (path,) = json.loads(done.stdout)["paths"]
    assert path["start"]["label"] == "tusamitamab ravtansine"
    assert path["steps"][0]["relation"] == "acts on"


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (("NCT99000001", "NCT02187848"), "no path from NCT99000001 to NCT02187848"),
        (("SAR408701", "sar-408701"), "SAR408701 and sar-408701 are the same drug"),
    ],
)
def test_no_path_is_said(examples: Graph, ends: tuple[str, str], said: str) -> None:
    done = run(examples, "path", *ends, "--format", "table")
    assert done.exit_code == 0
    assert said in done.output


def test_an_unknown_end_is_one_sentence(examples: Graph) -> None:
    done = run(examples, "path", "NCT03324113", "tusamitamab")
    assert done.exit_code == 1
    assert "did you mean Tusamitamab ravtansine?" in done.stderr


@pytest.mark.parametrize("form", READ)
def test_a_network_is_exported(examples: Graph, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"near.{form}"
    asked = ("export", form, "--view", "trials", "--around", "NCT03324113", "--hops", "1")
    assert run(examples, *asked, "--out", str(path)).exit_code == 0
    back = READ[form](path)
    network = examples.to_networkx("trials", around="NCT03324113", hops=1)
    assert set(back) == set(network)
    assert set(map(frozenset, back.edges)) == set(map(frozenset, network.edges))
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert run(examples, *asked, "--out", "-").stdout_bytes == path.read_bytes()
    refused = run(examples, *asked, "--out", str(path))
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert run(examples, *asked, "--out", str(path), "--force").exit_code == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("turtle", "--view", "trials"), "No such option '--view'"),
        (("gexf", "--gzip"), "No such option '--gzip'"),
        (("gexf", "--view", "moon"), "found view 'moon', expected one of"),
    ],
)
def test_what_does_not_fit_is_refused(examples: Graph, asked: tuple[str, ...], said: str) -> None:
    done = run(examples, "export", *asked, "--out", "-")
    assert done.exit_code != 0
    assert said in done.stderr
