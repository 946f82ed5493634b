from __future__ import annotations

import pytest

from kg.parse.references import doi


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("Doe J. J Ex. 2020. doi: 10.1000/J.Ex.2020.01. Epub 2020 Jan 1.", "10.1000/j.ex.2020.01"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("(doi:10.1000/abc(1)2)", "10.1000/abc(1)2"),
        ("doi: 10.1002/(SICI)1097(1999)85:4<861::AID>3.0.CO;2-R.",
         "10.1002/(sici)1097(1999)85:4<861::aid>3.0.co;2-r"),
        ("first 10.1000/a, then 10.1000/b", "10.1000/a"),
        ("pages 10.12-15", None),
        ("version 1.10.1234/x", None),
        ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_doi(citation: str | None, expected: str | None) -> None:
    assert doi(citation) == expected
