from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.demo import example_records
from kg.doctor import examine
from kg.store import current, new_build


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("doctor") / "store"
    kg.build(example_records(), store)
    return store


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store"))


def found(store: Path, *, thorough: bool = False) -> set[str]:
    return {one.what for one in examine(store, thorough=thorough).findings} - {"disk-nearly-full"}


def garble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 4, 3 * len(content) // 4):
        content[at] ^= 0x5A
    path.write_bytes(content)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def biggest(folder: Path, form: str = "*") -> Path:
    return max(folder.glob(form), key=lambda file: file.stat().st_size)


def test_a_whole_store_is_healthy(store: Path) -> None:
    for thorough in (False, True):
        health = examine(store, thorough=thorough)
        assert health.healthy
        assert found(store, thorough=thorough) == set()


def test_where_there_is_nothing_it_says_how_to_build(tmp_path: Path) -> None:
    assert found(tmp_path / "none") == {"no-store"}
    assert found(tmp_path) == {"no-build-in-force"}


DAMAGES: list[tuple[str, Callable[[Path], object]]] = [
    ("no-build-in-force", lambda store: (store / "CURRENT").unlink()),
    ("no-build-in-force", lambda store: (store / "CURRENT").write_bytes(b"\xff\x00")),
    ("no-build-in-force", lambda store: (store / "CURRENT").write_text("")),
    ("no-build-in-force", lambda store: (store / "CURRENT").write_text("build-000099\n")),
    ("report-damaged", lambda store: cut(current(store) / "build.json")),
    ("report-damaged", lambda store: (current(store) / "build.json").unlink()),
    ("graph-damaged", lambda store: (current(store) / "graph" / "CURRENT").unlink()),
    ("graph-damaged", lambda store: cut(biggest(current(store) / "graph", "*.sst"))),
    ("graph-damaged", lambda store: garble(biggest(current(store) / "graph", "MANIFEST*"))),
    ("index-damaged", lambda store: (current(store) / "related" / "meta.json").unlink()),
    ("index-damaged", lambda store: cut(biggest(current(store) / "related", "*.npy"))),
    ("index-damaged", lambda store: shutil.rmtree(current(store) / "related")),
    ("trials-damaged", lambda store: cut(current(store) / "spool" / "0000")),
    ("trials-damaged", lambda store: garble(current(store) / "spool" / "index")),
]


@pytest.mark.parametrize(("what", "damage"), DAMAGES)
def test_a_damage_is_found_and_a_new_build_heals_it(
    store: Path, what: str, damage: Callable[[Path], object]
) -> None:
    damage(store)
    health = examine(store)
    assert not health.healthy
    assert what in found(store)
    assert all("kg build" in one.advice for one in health.findings if one.severity == "problem")
    for command in (["info"], ["query", "drug-trials"], ["related", "NCT03324113"]):
        result = CliRunner().invoke(main, [*command, "--store", str(store)])
        assert "Traceback" not in result.output
        assert "should not" not in result.output
    kg.build(example_records()[:1], store)
    assert found(store) == set()


def test_garbled_blocks_are_found_by_reading_everything(store: Path) -> None:
    for file in (current(store) / "graph").glob("*.sst"):
        garble(file)
    assert "graph-damaged" in found(store, thorough=True)


def test_a_garbled_trial_is_found_by_reading_everything(store: Path) -> None:
    garble(current(store) / "spool" / "0000")
    assert found(store, thorough=True) == {"trials-damaged"}


def test_an_index_of_another_format_is_no_damage(store: Path) -> None:
    meta = current(store) / "related" / "meta.json"
    meta.write_text(json.dumps(json.loads(meta.read_text()) | {"format": 99}))
    assert found(store) == {"other-format"}


def test_a_finished_build_beside_a_damaged_name_is_pointed_at(store: Path) -> None:
    name = current(store).name
    (store / "CURRENT").write_text("?")
    (finding,) = (one for one in examine(store).findings if one.severity == "problem")
    assert f"{name} was finished" in finding.advice
    (store / "CURRENT").write_text(name + "\n")
    assert examine(store).healthy


def test_leftovers_and_a_build_under_way_are_noted(store: Path) -> None:
    (store / "build-000077").mkdir()
    (store / "build-000077" / "half").write_bytes(bytes(3 << 20))
    assert examine(store).healthy
    assert found(store) == {"leftovers"}
    with new_build(store) as folder:
        assert found(store) == {"build-under-way"}
        (folder / "graph").mkdir()
    assert not (store / "build-000077").exists()


def test_the_command_says_it_in_words_and_in_json(store: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["doctor", "--store", str(store)]).exit_code == 0
    (store / "CURRENT").unlink()
    told = run(main, ["doctor", "--store", str(store)])
    assert told.exit_code == 1
    assert told.output.startswith("problem: ")
    health = json.loads(run(main, ["doctor", "--store", str(store), "--format", "json"]).output)
    assert not health["healthy"]
    assert health["findings"][0]["what"] == "no-build-in-force"
