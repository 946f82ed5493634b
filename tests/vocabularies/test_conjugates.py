import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.vocabularies import conjugates


@pytest.mark.parametrize(
    ("word", "mechanisms"),
    [
        ("vedotin", {"tubulin"}),
        ("Deruxtecan", {"topoisomerase I"}),
        ("tesirine", {"DNA"}),
        ("pasudotox", {"elongation factor 2"}),
        ("hyaluronidase", set()),
        ("", set()),
    ],
)
def test_what_a_payload_does(word: str, mechanisms: set[str]) -> None:
    assert {mechanism for mechanism, *_ in conjugates.payloads(word)} == mechanisms


@given(st.text("abmugtrievdoxn0", max_size=30))
def test_the_parts_make_the_name(key: str) -> None:
    assert all(stem + word == key for stem, word in conjugates.parts(key))
