from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from kg.related.answer import answer
from kg.related.page import page
from kg.related.question import like_trials
from kg.related.rank import shares
from tests.related.corpus import drug_trial, index, nct

HOSTILE = "<script>alert('x')</script> \"lung\" & <b>cancer</b>"
FETCHING = {"script", "link", "img", "iframe", "object", "embed", "base", "image", "use"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


def drawn(tmp_path: Path) -> str:
    trials = [drug_trial(n, HOSTILE, f"<i>XYZ-{n % 2}", sponsor="A & <B>") for n in range(5)]
    graph = index(tmp_path, trials)
    return page(answer(graph, like_trials(graph, [nct(0)]), asked=nct(0), share=shares({})))


def test_the_page_fetches_nothing_and_runs_nothing(tmp_path: Path) -> None:
    tags = Tags()
    tags.feed(drawn(tmp_path))
    assert not tags.names & FETCHING
    assert not {name for name in tags.attributes if name.startswith("on") or name == "src"}
    assert {"svg", "article", "circle", "line"} <= tags.names


def test_texts_of_records_are_escaped(tmp_path: Path) -> None:
    html = drawn(tmp_path)
    assert "<script" not in html
    assert "<b>" not in html
    assert "A &amp; &lt;B&gt;" in html
    assert "url(" not in html
    assert "@import" not in html


def test_every_answer_is_drawn_and_listed(tmp_path: Path) -> None:
    html = drawn(tmp_path)
    for number in range(1, 5):
        assert html.count(f'id="{nct(number)}"') == 1
        assert f'href="#{nct(number)}"' in html


def test_a_page_without_an_answer_is_still_one(tmp_path: Path) -> None:
    graph = index(tmp_path, [drug_trial(0, "Alone")])
    html = page(answer(graph, like_trials(graph, [nct(0)]), asked=nct(0), share=shares({})))
    assert "<svg" in html
