from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import KgError, SourceError
from kg.vocabularies import kept, tables
from kg.vocabularies.fetch import SOURCES, fetch
from kg.web import Web, WebError
from tests.fileserver import Files, serving
from tests.vocabularies.fetch import formats


@pytest.fixture
def files() -> Iterator[Files]:
    with serving(Files()) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KG_VOCABULARIES", str(tmp_path / "kept"))
    tables.catalog.cache_clear()
    yield tmp_path / "kept"
    tables.catalog.cache_clear()


def get(name: str, place: str, **options: str) -> kept.Group:
    return fetch(name, places=[place], web=Web(tries=2, sleep=lambda seconds: None), **options)


def rows(table: str) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in tables.rows(table)}


def in_use(name: str) -> tuple[str, str, str]:
    found = next(table for table in tables.catalog() if table.name == name)
    return found.origin, found.edition, found.licence


def test_hgnc_gives_genes_with_every_name_and_their_ensembl_ids(files: Files, folder: Path) -> None:
    files.files["/hgnc_complete_set.txt"] = formats.hgnc()
    group = get("hgnc", f"{files.base}/hgnc_complete_set.txt")
    genes = rows("hgnc")
    assert set(genes) == {"1817", "3236"}
    symbol, _, uniprot, entrez, previous, alias, synonyms = genes["1817"]
    assert (symbol, uniprot, entrez, previous, alias) == (
        "CEACAM5",
        "P06731",
        "1048",
        "CEA",
        "CD66e",
    )
    assert "carcinoembryonic antigen" in synonyms.split("|")
    assert rows("ensembl")["ENSG00000146648"] == ["3236"]
    assert in_use("hgnc") == ("fetched", "2026-10-06", "CC0-1.0")
    assert [table.sha256 for table in group.tables] == [
        hashlib.sha256((folder / table.file).read_bytes()).hexdigest() for table in group.tables
    ]
    assert not list((folder / "downloads" / "hgnc").iterdir())


def test_unii_gives_names_and_what_they_tell_of_targets(files: Files, folder: Path) -> None:
    files.files["/UNIIs.zip"] = formats.unii()
    get("unii", f"{files.base}/UNIIs.zip")
    substances = rows("unii")
    assert set(substances) == {"DSS3BE2ZXN", "L5ZKA40LJR"}
    assert "SAR-408701-NEW" in substances["DSS3BE2ZXN"][2].split("|")
    assert in_use("unii")[:2] == ("fetched", "2026-10-26")
    told = {(row[0], row[1], row[4]) for row in tables.rows("mechanisms")}
    assert ("L5ZKA40LJR", "CEACAM5", "anti-name") in told
    assert ("DSS3BE2ZXN", "CEACAM5", "antibody-stem") in told


def test_mesh_is_the_newest_whole_year_of_the_folder(files: Files, folder: Path) -> None:
    names = ("desc2025", "supp2025", "desc2026", "supp2026", "desc2027", "qual2026")
    links = "".join(f'<a href="{name}.gz">{name}.gz</a>' for name in names)
    files.files["/xmlmesh/"] = links.encode()
    files.files["/xmlmesh/desc2026.gz"] = formats.mesh_descriptors()
    files.files["/xmlmesh/supp2026.gz"] = formats.mesh_supplementary()
    get("mesh", f"{files.base}/xmlmesh/")
    headings = rows("mesh")
    assert headings["D008175"] == ["Lung Neoplasms", "C04.588.894.797.520", "Lung Cancer"]
    assert headings["D000099999"][2] == "MASLD"
    assert rows("mesh-supplementary") == {
        "C000720449": ["tusamitamab ravtansine", "D000074322", "SAR408701"],
        "C000000002": ["a rare cancer of the lung", "D008175", ""],
    }
    assert in_use("mesh-supplementary")[1] == "2026"


def test_mondo_gives_diseases_with_exact_synonyms_alone(files: Files, folder: Path) -> None:
    files.files["/mondo.json"] = formats.mondo()
    get("mondo", f"{files.base}/mondo.json")
    assert rows("mondo") == {
        "0005233": ["non-small cell lung carcinoma", "D002289", "0008903", "NSCLC"],
        "0008903": ["lung cancer", "", "", ""],
    }
    assert in_use("mondo")[1] == "2026-10-06"


def deposit(files: Files, checksum: str) -> str:
    files.files["/files/v2.16-2026-11-19-ror-data.zip/content"] = formats.ror()
    link = f"{files.base}/files/v2.16-2026-11-19-ror-data.zip/content"
    file = {"key": "v2.16-2026-11-19-ror-data.zip", "checksum": checksum, "links": {"self": link}}
    answer = {"metadata": {"version": "v2.16"}, "files": [file]}
    files.files["/api/records/6347574"] = json.dumps(answer).encode()
    return f"{files.base}/api/records/6347574"


def test_ror_comes_with_the_checksum_of_its_archive(files: Files, folder: Path) -> None:
    get("ror", deposit(files, f"md5:{hashlib.md5(formats.ror()).hexdigest()}"))
    found = rows("ror")
    assert set(found) == {"02n6c9837", "027vj4x92", "03qd7mz70", "00000aa00"}
    assert found["027vj4x92"] == [
        "Sanofi (United States)", "", "US", "company", "02n6c9837", "", "",
    ]  # fmt: skip
    assert in_use("ror") == ("fetched", "v2.16", "CC0-1.0")


def test_a_wrong_checksum_changes_nothing(files: Files, folder: Path) -> None:
    with pytest.raises(WebError, match="found a file with md5"):
        get("ror", deposit(files, "md5:" + "0" * 32))
    assert kept.groups() == ()
    files.files["/hgnc.txt"] = formats.hgnc()
    with pytest.raises(WebError, match=f"expected {'1' * 64}"):
        get("hgnc", f"{files.base}/hgnc.txt", checksum=f"sha256:{'1' * 64}")
    assert in_use("hgnc")[0] == "bundled"


def test_rxnorm_gives_brands_of_single_ingredients(files: Files, folder: Path) -> None:
    files.files["/RxNorm_full_prescribe_10052026.zip"] = formats.rxnorm()
    get("rxnorm", f"{files.base}/RxNorm_full_prescribe_10052026.zip")
    assert sorted(tables.rows("rxnorm-names")) == [
        ["pembrolizumab", "Keytruda", "brand", "RXCUI 1547545"],
        ["pembrolizumab", "LAMBROLIZUMAB", "synonym", "RXCUI 1547545"],
    ]
    assert in_use("rxnorm-names")[1] == "2026-10-05"


def platform(files: Files) -> str:
    base = "/pub/platform/"
    files.files[base] = b'<a href="25.12/">25.12/</a><a href="26.06/">26.06/</a><a href="latest/">'
    for table, content in (
        ("drug_molecule", formats.molecules()),
        ("drug_mechanism_of_action", formats.mechanisms()),
    ):
        folder = f"{base}26.06/output/{table}/"
        parts = [f"part-0000{n}-abc.snappy.parquet" for n in range(len(content))]
        files.files[folder] = "".join(f'<a href="{part}">{part}</a>' for part in parts).encode()
        for part, row in zip(parts, content, strict=True):
            files.files[folder + part] = formats.parquet([row])
    return files.base + base


def test_open_targets_gives_names_and_targets_with_the_genes_of_hgnc(
    files: Files, folder: Path
) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(KgError, match="first `kg vocab fetch hgnc`"):
        get("opentargets", platform(files))
    files.files["/hgnc.txt"] = formats.hgnc()
    get("hgnc", f"{files.base}/hgnc.txt")
    get("opentargets", platform(files))
    names = {(row[0], row[1], row[2]) for row in tables.rows("opentargets-names")}
    assert ("OSIMERTINIB", "Tagrisso", "brand") in names
    assert ("TUSAMITAMAB RAVTANSINE", "SAR408701", "synonym") in names
    assert sorted(row[:2] for row in tables.rows("opentargets-targets")) == [
        ["OSIMERTINIB", "EGFR"],
        ["TUSAMITAMAB RAVTANSINE", "CEACAM5"],
    ]
    assert in_use("opentargets-targets")[1] == "26.06"


def test_a_cut_fetch_goes_on_and_files_at_hand_need_no_network(
    files: Files, folder: Path, tmp_path: Path
) -> None:
    files.files["/mondo.json"] = formats.mondo()
    files.faults = ["cut 100", "500", "500"]
    with pytest.raises(WebError):
        get("mondo", f"{files.base}/mondo.json")
    assert in_use("mondo")[0] == "bundled"
    get("mondo", f"{files.base}/mondo.json")
    assert files.asked[-1][1] == "bytes=100-"
    kept.remove("mondo")
    local = tmp_path / "mondo.json"
    local.write_bytes(formats.mondo())
    assert get("mondo", str(local)).tables[0].rows == 2
    assert local.is_file()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("hgnc", b"<html>Not found</html>", "found no column"),
        ("unii", b"<html>Please log in</html>", "a web page, maybe of a log-in"),
        ("unii", formats.zipped(a_dot_txt=b""), "found 0 files like"),
        ("unii", formats.zipped(UNII_Names_1Jan2026_dot_txt=b"A\tB\n"), "found columns"),
        ("mesh", b"not xml", "found no MeSH XML"),
        ("mesh", gzip.compress(b"<Other/>"), "found Other, expected MeSH descriptors"),
        ("mesh", formats.mesh_descriptors()[:-20], "MeSH"),
        ("mondo", b'{"graphs": [], "x": 1}', "found no OBO graph"),
        ("mondo", formats.mondo()[:200], "found no OBO graph"),
        ("ror", formats.zipped(**{"v1-ror-data_dot_json": b'[{"id": 1}]'}), "schema 2"),
        ("rxnorm", formats.rxnorm()[:300], "expected a zip archive"),
        (
            "rxnorm",
            formats.zipped(rrf__RXNCONSO_dot_RRF=b"1|ENG\n", rrf__RXNREL_dot_RRF=b""),
            "line 1: found 2 fields, expected 18",
        ),
    ],
)
def test_a_file_of_another_format_is_told_in_one_sentence(
    folder: Path, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    before = in_use("hgnc")
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said):
        get(name, str(path))
    assert kept.groups() == ()
    assert in_use("hgnc") == before


def test_a_damaged_parquet_file_is_told(folder: Path, files: Files, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    files.files["/hgnc.txt"] = formats.hgnc()
    get("hgnc", f"{files.base}/hgnc.txt")
    path = tmp_path / "part.parquet"
    path.write_bytes(formats.parquet(formats.molecules())[:-9])
    with pytest.raises(SourceError, match="found no whole Parquet file"):
        get("opentargets", str(path))
    path.write_bytes(formats.parquet([{"a": 1}]))
    with pytest.raises(SourceError, match="found columns a, expected drug_molecule"):
        get("opentargets", str(path))


def test_the_same_files_give_the_same_tables_and_a_newer_one_takes_the_place(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mondo.json"
    path.write_bytes(formats.mondo())
    first = get("mondo", str(path))
    assert get("mondo", str(path)) == first
    path.write_bytes(formats.mondo().replace(b"NSCLC", b"NSCLC2"))
    get("mondo", str(path))
    assert len(list(folder.glob("mondo.*.tsv"))) == 1
    assert rows("mondo")["0005233"][3] == "NSCLC2"


def test_what_was_damaged_since_is_never_used(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mondo.json"
    path.write_bytes(formats.mondo())
    (table,) = get("mondo", str(path)).tables
    (folder / table.file).write_text("mondo\tlabel\n")
    with pytest.raises(KgError, match="found checksum"):
        tables.rows("mondo")
    (folder / "mondo.json").write_text("{")
    tables.catalog.cache_clear()
    with pytest.raises(KgError, match="found no manifest of a vocabulary"):
        tables.catalog()


def test_removing_brings_the_bundle_back(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mondo.json"
    path.write_bytes(formats.mondo())
    get("mondo", str(path))
    kept.remove("mondo")
    tables.catalog.cache_clear()
    assert in_use("mondo")[0] == "bundled"
    with pytest.raises(KgError, match="mondo: not fetched or added"):
        kept.remove("mondo")


def test_places_are_files_or_one_address(folder: Path) -> None:
    with pytest.raises(KgError, match="no vocabulary to fetch; there are hgnc"):
        fetch("nothing")
    with pytest.raises(KgError, match="either files or one address"):
        fetch("hgnc", places=["a.txt", "http://localhost/"])
    with pytest.raises(SourceError, match="found no file"):
        fetch("hgnc", places=["missing.txt"])


def test_every_source_says_who_made_it_and_under_which_licence() -> None:
    for source in SOURCES.values():
        assert source.address.startswith("https://")
        assert all((source.title, source.publisher, source.licence))
