from __future__ import annotations

import pytest

from kg.parse.mesh import mesh_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D000014947", "D014947"),
        ("D000066331", "D066331"),
        ("D000066388", "D000066388"),
        ("C000588408", "C588408"),
        ("C000614160", "C000614160"),
        ("D002289", "D002289"),
        ("M16268", "M16268"),
        (None, None),
    ],
)
def test_only_the_older_ids_lose_their_zeros(text: str | None, expected: str | None) -> None:
    assert mesh_id(text) == expected
