from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg.export.ordered import lines
from tests.graphs import holding

P = NamedNode("http://example.org/p")


def store_of(count: int) -> Store:
    numbers = list(range(count))
    random.Random(7).shuffle(numbers)
    return holding(
        Quad(NamedNode(f"http://example.org/{number // 3:05}"), P, Literal(f"{number} é\n\u2028"))
        for number in numbers
    )


@pytest.mark.parametrize("run_bytes", [1, 100, 5000, 1 << 30])
def test_the_lines_of_the_store_in_order_whatever_the_runs(tmp_path: Path, run_bytes: int) -> None:
    store = store_of(300)
    plain = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    ordered = list(lines(store, scratch=tmp_path, run_bytes=run_bytes))
    assert ordered == sorted(plain.splitlines(keepends=True))
    assert list(tmp_path.iterdir()) == []


def test_a_line_longer_than_a_run_and_than_a_piece_is_kept(tmp_path: Path) -> None:
    long = Literal("x" * 300_000)
    store = holding([Quad(NamedNode(f"http://example.org/{n}"), P, long) for n in range(3)])
    ordered = list(lines(store, scratch=tmp_path, run_bytes=1000))
    assert [len(line) for line in ordered] == [300_051] * 3


def test_a_subject_stands_before_those_below_it() -> None:
    names = ["http://e.org/a", "http://e.org/a!", "http://e.org/a/b", "http://e.org/ab"]
    store = holding([Quad(NamedNode(name), P, Literal("o")) for name in reversed(names)])
    assert [line.split(b"> ")[0][1:].decode() for line in lines(store)] == names


def test_graphs_are_left_out_unless_asked_for() -> None:
    store = holding([Quad(P, P, P, NamedNode("http://example.org/g")), Quad(P, P, P)])
    assert len(list(lines(store))) == 1
    assert list(lines(store, graphs=True)) == [
        b"<http://example.org/p> <http://example.org/p> <http://example.org/p> .\n",
        b"<http://example.org/p> <http://example.org/p> <http://example.org/p>"
        b" <http://example.org/g> .\n",
    ]


def test_scratch_is_cleaned_when_the_reader_stops_early(tmp_path: Path) -> None:
    reading = lines(store_of(300), scratch=tmp_path, run_bytes=1000)
    next(reading)
    assert list(tmp_path.iterdir())
    reading.close()
    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_the_store(tmp_path: Path) -> None:
    def peak(store: Store) -> int:
        tracemalloc.start()
        for _ in lines(store, scratch=tmp_path, run_bytes=500_000):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    few, many = peak(store_of(15_000)), peak(store_of(60_000))
    assert many < few * 1.5  # an open run costs a little, its lines nothing
