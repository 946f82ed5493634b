from __future__ import annotations

import io

import networkx
import pytest

from kg.export.networks import NETWORK_FORMATS

READ = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}


@pytest.fixture
def network() -> networkx.Graph[str]:
    graph: networkx.Graph[str] = networkx.Graph(name="trials", left_out=["Neoplasms"])
    graph.add_node(
        "http://e/1", label='a "b" <c> & \x0bd', phases=["PHASE1", "PHASE2"], enrollment=3
    )
    graph.add_node("http://e/2", label="é")
    graph.add_edge("http://e/1", "http://e/2", weight=0.5, reasons=["x", "y"])
    return graph


@pytest.mark.parametrize("form", NETWORK_FORMATS)
def test_what_is_written_is_read(form: str, network: networkx.Graph[str]) -> None:
    out = io.BytesIO()
    NETWORK_FORMATS[form](network, out)
    back = READ[form](io.BytesIO(out.getvalue()))
    first = back.nodes["http://e/1"]
    assert first["label"] == 'a "b" <c> & \ufffdd'
    assert first["phases"] == "PHASE1;PHASE2"
    assert first["enrollment"] == 3
    assert back.nodes["http://e/2"]["label"] == "é"
    assert back.edges["http://e/1", "http://e/2"]["weight"] == 0.5
    assert back.edges["http://e/1", "http://e/2"]["reasons"] == "x;y"
    assert not back.is_directed()


@pytest.mark.parametrize("form", NETWORK_FORMATS)
def test_the_day_of_writing_does_not_show(
    form: str, network: networkx.Graph[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = set()
    for day in ("2020-01-01", "2021-01-01"):
        monkeypatch.setattr("time.strftime", lambda _, day=day: day)
        out = io.BytesIO()
        NETWORK_FORMATS[form](network, out)
        said.add(out.getvalue())
    assert len(said) == 1


def test_graphml_says_what_was_left_out(network: networkx.Graph[str]) -> None:
    out = io.BytesIO()
    NETWORK_FORMATS["graphml"](network, out)
    assert networkx.read_graphml(io.BytesIO(out.getvalue())).graph["left_out"] == "Neoplasms"
