"""What is fetched and added, in a build of its own: look-ups load their tables once a process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.demo import example_records
from kg.vocab import PREFIXES
from tests.vocabularies.fetch import formats

TABLES = {
    "names.tsv": "drug\tname\tkind\tcomment\nosimertinib\tZZ-9291\tcode\tfrom a talk\n"
    "JAB-21822\tGlecirasib-new\tsynonym\t\n",
    "targets.tsv": "drug\ttarget\taction\nIN10018\tPTK2\tinhibitor\nJAB-3312\tEGFR\tinhibitor\n",
    "conditions.tsv": "condition\tmesh\nKRAS P.G12C\tD008175\n",
    "organizations.tsv": "organization\tname\nSanofi\tAllist Pharmaceuticals, Inc.\n",
}
DECISIONS = (
    "name\tother\tdecision\tcomment\n"
    "RC108\tRC48-ADC\tACCEPTED\tonly to see it\n"
    "SAR408701\ttusamitamab ravtansine\tREFUSED\tonly to see it\n"
    "nowhere-1\tnowhere-2\tACCEPTED\t\n"
)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *arguments],
        env={**os.environ, "KG_VOCABULARIES": str(folder / "kept")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in-use")
    for name, text in TABLES.items():
        (folder / name).write_text(text)
        done = run(folder, "vocab", "add", str(folder / name), "--name", f"our-{name[:-4]}")
        assert done.returncode == 0, done.stderr
    (folder / "v2.16-2026-11-19-ror-data.zip").write_bytes(formats.ror())
    place = str(folder / "v2.16-2026-11-19-ror-data.zip")
    done = run(folder, "vocab", "fetch", "ror", "--from", place)
    assert done.returncode == 0, done.stderr
    (folder / "decisions.tsv").write_text(DECISIONS)
    records = [str(path) for path in example_records()]
    decisions = ("--decisions", str(folder / "decisions.tsv"))
    built = run(folder, "build", *records, "--store", str(folder / "store"), *decisions)
    assert built.returncode == 0, built.stderr
    (folder / "said.txt").write_text(built.stdout + built.stderr)
    return folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> kg.Graph:
    return kg.open(folder / "store")


def test_a_users_name_finds_the_drug_and_says_whose_it_is(graph: kg.Graph) -> None:
    card = graph.drug("ZZ-9291")
    assert card.label == "osimertinib"
    (name,) = (each for each in card.names if each.name == "ZZ-9291")
    assert name.kind == "code"
    assert [each.source for each in name.evidence if each.source.startswith("our-names ")]
    mined = graph.drug("Glecirasib-new")
    assert mined.trials == graph.drug("JAB-21822").trials != []


def test_a_users_target_has_its_table_for_evidence(graph: kg.Graph) -> None:
    targets = {target.symbol: target for target in graph.drug("JAB-3312").targets}
    (evidence,) = targets["EGFR"].evidence
    assert evidence.source is not None
    assert evidence.source.startswith("our-targets ")
    assert (evidence.rule, evidence.confidence) == ("table-target", 0.95)
    assert "PTK2" in {target.symbol for target in graph.drug("IN10018").targets}


def ask(graph: kg.Graph, text: str) -> list[list[str]]:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    found = graph.store.query(prefixes + text)
    return [[getattr(cell, "value", "") for cell in row] for row in found]  # type: ignore[union-attr]


def test_a_users_condition_and_organisation_are_used(graph: kg.Graph) -> None:
    ((meant, rule, source),) = ask(
        graph,
        'SELECT ?m ?r ?s { ?c a tkg:Condition ; rdfs:label "KRAS P.G12C" ;'
        " tkg:groundedCondition ?m ; tkg:rule ?r ; tkg:evidenceSource ?s }",
    )
    assert (meant.rpartition("/")[2], rule) == ("D008175", "table-name")
    assert source.startswith("our-conditions ")
    assert "Allist Pharmaceuticals, Inc." in graph.sponsor("Sanofi").names


def test_ror_is_an_organisations_identity_where_it_is_sure(graph: kg.Graph) -> None:
    # Two firms are called Sanofi: the one that the other belongs to is meant.
    ((ror,),) = ask(graph, 'SELECT ?r { ?o rdfs:label "Sanofi" ; schema:sameAs ?r }')
    assert ror == "https://ror.org/02n6c9837"


def test_decisions_win_and_are_told(graph: kg.Graph, folder: Path) -> None:
    assert graph.drug("RC108").iri == graph.drug("RC48-ADC").iri
    assert graph.why("RC108", "RC48-ADC").same
    why = graph.why("SAR408701", "tusamitamab ravtansine")
    assert not why.same
    (refused,) = why.refused
    assert (refused.reason, refused.evidence[0].rule) == ("refused by the user", "user-decision")
    outcomes = graph.report().decisions
    assert [(one.name, one.used) for one in outcomes] == [
        ("RC108", True),
        ("SAR408701", True),
        ("nowhere-1", False),
    ]
    assert "3 decisions, 1 unused" in (folder / "said.txt").read_text()


def test_the_report_says_which_vocabularies_were_used(graph: kg.Graph, folder: Path) -> None:
    by_origin: dict[str, set[str]] = {}
    for table in graph.info().vocabularies:
        by_origin.setdefault(table.origin, set()).add(table.name)
        assert len(table.sha256) == 64
    assert by_origin["fetched"] == {"ror"}
    assert by_origin["added"] == {
        "our-names-names", "our-targets-targets", "our-conditions-conditions",
        "our-organizations-organizations",
    }  # fmt: skip
    assert "ror v2.16" in (folder / "said.txt").read_text()


def test_the_graph_conforms(graph: kg.Graph) -> None:
    found = graph.validate()
    assert found.conforms, found.counts


def test_the_bundle_alone_can_be_asked_for(folder: Path, demo_store: Path) -> None:
    record = str(next(path for path in example_records() if path.suffix == ".xml"))
    built = run(folder, "build", record, "--store", str(folder / "plain"), "--bundled")
    assert built.returncode == 0, built.stderr
    plain, demo = kg.open(folder / "plain").info(), kg.open(demo_store).info()
    assert plain.vocabularies == demo.vocabularies
    assert {table.origin for table in plain.vocabularies} == {"bundled"}


def test_commands_list_remove_and_refuse(folder: Path) -> None:
    listed = run(folder, "vocab", "--format", "table").stdout
    assert "added; names.tsv, sha256" in listed
    assert "fetched; Research Organization Registry, v2.16" in listed
    assert run(folder, "vocab", "remove", "our-targets").stdout.startswith("removed our-targets-")
    again = run(folder, "vocab", "remove", "our-targets")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    usage = CliRunner().invoke(main, ["vocab", "fetch", "hgnc", "unii", "--sha256", "0"])
    assert usage.exit_code == 2
