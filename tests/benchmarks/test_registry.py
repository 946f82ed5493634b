from __future__ import annotations

import io
from argparse import Namespace
from pathlib import Path

import msgspec
import pytest

import kg
from benchmarks.registry.__main__ import main, write
from benchmarks.registry.changes import changes
from benchmarks.registry.draw import Draw
from benchmarks.registry.legacy import legacy_xml
from benchmarks.registry.prose import word
from benchmarks.registry.study import nct_id, study
from kg.model.record import Rejection
from kg.model.trial import MeshTerm, Trial
from kg.parse import parse
from kg.records.files import read


def made(**given: object) -> bytes:
    out = io.BytesIO()
    asked = {
        "records": 600, "seed": 3, "format": "v2", "workers": 1, "changes": None, "of": None,
        "day": 1, "out": "x.jsonl",
    }  # fmt: skip
    write(Namespace(**(asked | given)), out)
    return out.getvalue()


def trials(path: Path) -> list[Trial]:
    rejected: list[Rejection] = []
    found = [parse(raw) for raw in read([path], rejected.append)]
    assert rejected == []
    return found


@pytest.mark.parametrize("form", ["v2", "mixed"])
def test_the_same_seed_gives_the_same_bytes_whoever_makes_them(form: str) -> None:
    assert made(format=form) == made(format=form, workers=2)


def test_another_seed_gives_another_registry() -> None:
    assert made(records=20) != made(records=20, seed=4)


def test_a_larger_registry_begins_with_the_smaller_one() -> None:
    assert made(records=40).startswith(made(records=20))


@pytest.mark.parametrize("form", ["v2", "xml", "mixed"])
def test_every_record_is_read(form: str, tmp_path: Path) -> None:
    path = tmp_path / "registry"
    path.write_bytes(made(records=60, format=form, out=str(path)))
    assert sorted(trial.nct_id for trial in trials(path)) == [nct_id(at) for at in range(60)]


def shared(trial: Trial) -> Trial:
    """What both formats tell of a study, order of what they list aside."""
    plain = msgspec.structs.replace
    return plain(
        trial,
        organization=None,
        lead_sponsor=trial.lead_sponsor and plain(trial.lead_sponsor, org_class=None),
        collaborators=tuple(plain(one, org_class=None) for one in trial.collaborators),
        identifiers=tuple(plain(one, type=None) for one in trial.identifiers),
        status=plain(trial.status, has_expanded_access=None),
        eligibility=plain(trial.eligibility, std_ages=()),
        locations=tuple(plain(one, latitude=None, longitude=None) for one in trial.locations),
        references=tuple(sorted((plain(one, type=None) for one in trial.references), key=repr)),
        results=trial.results
        and plain(
            trial.results, adverse_events=tuple(sorted(trial.results.adverse_events, key=repr))
        ),
        condition_mesh=tuple(MeshTerm(one.term) for one in trial.condition_mesh),
        intervention_mesh=tuple(MeshTerm(one.term) for one in trial.intervention_mesh),
        condition_ancestors=(),
        intervention_ancestors=(),
        countries=(),
    )


def test_both_formats_tell_the_same_study(tmp_path: Path) -> None:
    path = tmp_path / "both"
    for number in range(80):
        whole = study(number, 5)
        path.write_bytes(msgspec.json.encode(whole))
        [one] = trials(path)
        path.write_bytes(legacy_xml(whole))
        [other] = trials(path)
        assert shared(one) == shared(other)


def test_a_days_changes_are_mostly_newer_versions() -> None:
    of = 200
    changed = [changes(number, 1, of, 1) for number in range(100)]
    identities = [one["protocolSection"]["identificationModule"]["nctId"] for one in changed]
    assert len(set(identities)) == len(identities)
    known = {nct_id(at): at for at in range(of)}
    assert sum(identity in known for identity in identities) == 90
    for identity, one in zip(identities, changed, strict=True):
        if identity in known:
            before = study(known[identity], 1)["protocolSection"]["statusModule"]
            after = one["protocolSection"]["statusModule"]
            assert after["lastUpdateSubmitDate"] > before["lastUpdateSubmitDate"]
    assert changes(0, 1, of, 2) != changes(0, 1, of, 1)


def test_some_studies_have_very_many_places() -> None:
    counts = sorted(Draw(seed).number("locations", "industry") for seed in range(4000))
    assert counts[2000] < 10
    assert counts[-1] > 150


def test_no_two_ranks_are_one_word() -> None:
    ranks = [*range(50_000), *range(10_000_000, 10_050_000)]
    assert len({word(rank) for rank in ranks}) == len(ranks)


def test_a_graph_is_built_of_it(tmp_path: Path) -> None:
    records, today = tmp_path / "registry.zip", tmp_path / "today.jsonl.gz"
    main(["--records", "60", "--format", "mixed", "--out", str(records)])
    main(["--changes", "10", "--of", "60", "--out", str(today)])
    report = kg.build([records, today], tmp_path / "store")
    assert (report.records_read, report.trials, report.rejected) == (70, 61, [])
    assert report.superseded == 9
    assert report.triples / report.trials > 150
