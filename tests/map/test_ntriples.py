from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, parse

from kg.map.ntriples import Lines
from kg.vocab import XSD

text = st.text(st.characters(exclude_categories=["Cs"]))


def objects(lines: Lines) -> list[object]:
    return [quad.object for quad in parse("".join(lines).encode(), format=RdfFormat.N_TRIPLES)]


@given(text)
def test_any_text_comes_back_as_it_was(value: str) -> None:
    lines = Lines()
    lines.about("x:s").text("x:p", value)
    assert objects(lines) == [Literal(value)]


@given(st.floats(min_value=-180, max_value=180))
def test_decimals_are_well_formed_and_close(value: float) -> None:
    lines = Lines()
    lines.about("x:s").decimal("x:p", value)
    (found,) = objects(lines)
    assert isinstance(found, Literal)
    assert found.datatype.value == XSD.decimal
    assert "e" not in found.value.lower()
    assert abs(float(found.value) - value) < 1e-9


def test_what_is_none_is_not_said() -> None:
    lines = Lines()
    subject = lines.about("x:s")
    subject.text("x:p", None)
    subject.link("x:p", None)
    subject.integer("x:p", None)
    subject.boolean("x:p", None)
    subject.date("x:p", None)
    subject.decimal("x:p", None)
    subject.code("x:p", "phase", None)
    assert lines == []


def test_dates_keep_their_precision() -> None:
    lines = Lines()
    for date in ("2017", "2017-10", "2017-10-17"):
        lines.about("x:s").date("x:p", date)
    assert [o.datatype.value for o in objects(lines) if isinstance(o, Literal)] == [
        XSD.gYear,
        XSD.gYearMonth,
        XSD.date,
    ]
