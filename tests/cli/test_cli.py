from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

ROOT = Path(__file__).resolve().parents[2]
TUSAMITAMAB = ["NCT02187848", "NCT03324113", "NCT04154956", "NCT04394624"]


def run(*arguments: str, store: Path | None = None, stdin: bytes | None = None) -> Result:
    environment = {"KG_STORE": str(store)} if store else {}
    return CliRunner().invoke(main, list(arguments), env=environment, input=stdin)


def test_every_command_has_help_in_a_sentence() -> None:
    assert main.commands
    for name, command in main.commands.items():
        result = run(name, "--help")
        assert result.exit_code == 0
        assert command.help, name
        for parameter in command.params:
            assert parameter.param_type_name == "argument" or parameter.help or parameter.metavar  # type: ignore[attr-defined]


def test_drug_json_has_the_stable_shape(demo_store: Path) -> None:
    result = run("drug", "SAR408701", "--format", "json", store=demo_store)
    card = json.loads(result.stdout)
    assert {"iri", "label", "names", "targets", "trials"} <= card.keys()
    assert card["trials"] == TUSAMITAMAB
    assert {"name", "kind", "status", "evidence"} <= card["names"][0].keys()
    reason = card["names"][0]["evidence"][0]
    assert {"source", "record", "field", "rule", "confidence"} <= reason.keys()
    assert "CEACAM5" in {target["symbol"] for target in card["targets"]}


@pytest.mark.parametrize(
    "name", ["SAR408701", "sar 408701", "Tusamitamab Ravtansine", "tusamitamab ravtansine"]
)
def test_a_drug_is_found_by_any_of_its_names(demo_store: Path, name: str) -> None:
    card = json.loads(run("drug", name, "--format", "json", store=demo_store).stdout)
    assert card["trials"] == TUSAMITAMAB


def test_an_unknown_drug_exits_1_and_suggests_near_names(demo_store: Path) -> None:
    result = run("drug", "SAR40870", store=demo_store)
    assert result.exit_code == 1
    assert "did you mean" in result.stderr and "SAR" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("name", ["CEACAM5", "ceacam5", "CD66e"])
def test_a_target_is_found_by_symbol_and_alias(demo_store: Path, name: str) -> None:
    card = json.loads(run("target", name, "--format", "json", store=demo_store).stdout)
    assert (card["symbol"], card["trials"]) == ("CEACAM5", TUSAMITAMAB)


def test_a_trial_card_says_what_it_is_and_where_from(demo_store: Path) -> None:
    card = json.loads(run("trial", "nct03324113", "--format", "json", store=demo_store).stdout)
    assert card["status"] == "COMPLETED"
    assert card["enrollment"] == 34
    assert card["countries"] == ["Japan"]
    assert card["record"]["version_date"] == "2025-08-05"
    assert [older["version_date"] for older in card["superseded"]] == ["2018-05-16"]
    assert run("trial", "NCT00000000", store=demo_store).exit_code == 1
    assert "expected NCT" in run("trial", "12", store=demo_store).stderr


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv"])
def test_a_catalogue_query_prints_every_format(demo_store: Path, form: str) -> None:
    result = run(
        "query", "drug-trials", "-p", "drug=Tusamitamab ravtansine", "--format", form,
        store=demo_store,
    )  # fmt: skip
    assert result.exit_code == 0
    assert all(nct_id in result.stdout for nct_id in TUSAMITAMAB)
    if form == "json":
        assert len(json.loads(result.stdout)["results"]["bindings"]) == 4
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == 4


def test_queries_come_from_files_and_standard_input(demo_store: Path, tmp_path: Path) -> None:
    text = b"SELECT (COUNT(DISTINCT ?t) AS ?trials) { ?t a tkg:Trial }"
    file = tmp_path / "count.rq"
    file.write_bytes(text)
    for what, stdin in ((str(file), None), ("-", text)):
        result = run("query", what, "--format", "csv", store=demo_store, stdin=stdin)
        assert result.stdout.split() == ["trials", "36"]


def test_ask_and_construct_print_what_design_says(demo_store: Path) -> None:
    ask = run("query", "-", "--format", "json", store=demo_store, stdin=b"ASK { ?t a tkg:Trial }")
    assert json.loads(ask.stdout)["boolean"] is True
    describe = b"CONSTRUCT { ?t tkg:nctId ?n } { ?t tkg:nctId ?n } ORDER BY ?n LIMIT 1"
    built = run("query", "-", store=demo_store, stdin=describe)
    assert "tkg:nctId" in built.stdout and "@prefix" in built.stdout


def test_the_catalogue_lists_itself(demo_store: Path) -> None:
    listed = json.loads(run("query", "--list", "--format", "json").stdout)
    assert len(listed) >= 25
    assert {"name", "family", "summary", "counts", "parameters"} == listed[0].keys()
    for one in listed:
        assert run("query", one["name"], "--format", "json", store=demo_store).exit_code == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"SELECT ?x { ?x tkg:nctId }", "does not parse"),
        (b"INSERT DATA { <x:s> <x:p> 1 }", "refused"),
        (b"SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_bad_query_is_one_sentence(demo_store: Path, text: bytes, words: str) -> None:
    result = run("query", "-", store=demo_store, stdin=text)
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stderr.count("\n") == 1 and "Traceback" not in result.stderr


def test_a_query_that_takes_too_long_exits_4(demo_store: Path) -> None:
    slow = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    result = run("query", "-", "--timeout", "1", store=demo_store, stdin=slow)
    assert result.exit_code == 4
    assert "longer than 1 s" in result.stderr


def test_wrong_use_exits_2(demo_store: Path) -> None:
    assert run("query", store=demo_store).exit_code == 2
    assert run("query", "drug-trials", "-p", "drug", store=demo_store).exit_code == 2
    assert run("build").exit_code == 2
    assert run("export", "excel", "--out", "x", store=demo_store).exit_code == 2


def test_no_store_is_one_sentence(tmp_path: Path) -> None:
    for command in (["info"], ["drug", "x"], ["validate"], ["query", "drug-trials"]):
        result = run(*command, store=tmp_path / "none")
        assert result.exit_code == 1
        assert "kg build" in result.stderr


def test_info_says_what_the_store_holds(demo_store: Path) -> None:
    found = json.loads(run("info", "--format", "json", store=demo_store).stdout)
    assert found["trials"] == 36
    assert {"trials", "drugs", "triples", "sources", "vocabularies", "built"} <= found.keys()
    assert {"name", "edition", "licence"} <= found["vocabularies"][0].keys()


def test_the_demo_graph_conforms(demo_store: Path) -> None:
    result = run("validate", "--format", "json", store=demo_store)
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["conforms"] is True
    assert {"conforms", "counts", "results"} == report.keys()
    severities = {one["severity"].lower() for one in report["results"]}
    assert "violation" not in severities


def test_violations_exit_3(tmp_path: Path) -> None:
    from kg.store import bulk_load, new_build

    with new_build(tmp_path) as build:
        bulk_load(
            build,
            [
                "<https://w3id.org/trialkg/trial/NCT99000001> "
                "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
                "<https://w3id.org/trialkg/ontology#Trial> .\n"
            ],
        )
    result = run("validate", "--format", "json", store=tmp_path)
    assert result.exit_code == 3
    assert json.loads(result.stdout)["conforms"] is False


def test_export_never_overwrites_without_force(demo_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.ttl"
    assert run("export", "turtle", "--out", str(out), store=demo_store).exit_code == 0
    first = out.read_bytes()
    refused = run("export", "turtle", "--out", str(out), store=demo_store)
    assert refused.exit_code == 1 and "--force" in refused.stderr
    forced = run("export", "turtle", "--out", str(out), "--force", store=demo_store)
    assert forced.exit_code == 0 and out.read_bytes() == first
    piped = run("export", "turtle", "--out", "-", store=demo_store)
    assert piped.stdout_bytes == first
    from rdflib import Graph

    graph = Graph().parse(data=first, format="turtle")
    info = json.loads(run("info", "--format", "json", store=demo_store).stdout)
    assert len(graph) == info["triples"]


def test_the_demo_spares_a_graph_of_something_else(tmp_path: Path) -> None:
    source = tmp_path / "own.json"
    source.write_text('{"protocolSection": {"identificationModule": {"nctId": "NCT99000009"}}}')
    assert run("build", str(source), store=tmp_path / "store").exit_code == 0
    result = run("demo", store=tmp_path / "store")
    assert result.exit_code == 1
    assert "--store" in result.stderr


def process(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main(prog_name='kg')", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom kg.cli import main\n"
        "heavy = {'rdflib', 'pyshacl', 'pyoxigraph', 'lxml', 'httpx', 'networkx', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_reader_that_leaves_early_is_no_error(demo_store: Path) -> None:
    command = (
        f'{sys.executable} -c "from kg.cli import main; main()" export ntriples --out - '
        f"--store {demo_store} | head -n 1"
    )
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_an_unexpected_failure_is_no_traceback(demo_store: Path, tmp_path: Path) -> None:
    (tmp_path / "build-000001").mkdir()
    (tmp_path / "CURRENT").write_text("build-000001\n")
    code, _, errors = process("info", "--store", str(tmp_path))
    assert code == 1
    assert "Traceback" not in errors and errors.count("\n") == 1
