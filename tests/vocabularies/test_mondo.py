from kg.vocabularies import mondo


def test_names_and_cross_references() -> None:
    (lung,) = mondo.by_name("non-small cell lung cancer")
    assert lung.mesh == ("D002289",)
    assert lung in mondo.by_mesh("D002289")
    assert [d.mondo_id for d in mondo.by_name("long COVID-19")] == ["0100233"]


def test_parents_are_known() -> None:
    (lung,) = mondo.by_name("NSCLC")
    parents = [mondo.by_id(parent) for parent in lung.parents]
    assert all(parents) and parents[0] and "lung" in parents[0].label


def test_unknown_names_give_nothing() -> None:
    assert mondo.by_name("no such disease") == ()
    assert mondo.by_id("MONDO:9999999") is None
    assert mondo.by_mesh("D999999") == ()
