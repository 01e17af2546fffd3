"""No file says where packages come from: every machine asks the registry it is set up with."""

import json
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, name_of, tracked

# Written as patterns, so that this file does not name what it looks for.
REGISTRY = re.compile(
    rb"\b(?:(?:test\.)?pypi\.org|pythonhosted\.org|pypi\.python\.org|registry\.npmjs\.org"
    rb"|registry\.yarnpkg\.com|npmjs\.com|(?:deb|security|ftp|httpredir)\.debian\.org"
    rb"|crates\.io|proxy\.golang\.org)\b",
    re.IGNORECASE,
)
# What a lock file would say if a place had slipped in: an option, an address or a path.
PLACE = re.compile(r"^\s*-(?!-hash=)|[a-z+]+://|(?:^|\s)\.{0,2}/\w|\bfile:|@ ", re.MULTILINE)
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def test_no_file_names_a_package_registry():
    naming = [name_of(path) for path in tracked() if REGISTRY.search(path.read_bytes())]
    assert naming == []


def test_all_four_locks_are_looked_at():
    kinds = ["requirements-build", "requirements-node", "requirements-test", "requirements"]
    assert [path.stem for path in LOCKS] == kinds


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_no_place(lock: Path):
    lines = [line for line in lock.read_text().splitlines() if not line.startswith("#")]
    assert [line for line in lines if PLACE.search(line)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_pins_every_package_by_hash(lock: Path):
    text = lock.read_text()
    pins = re.findall(r"^[a-z0-9][^\n]*", text, re.MULTILINE)
    assert pins
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==\S+ \\", pin)] == []
    assert text.count("==") <= text.count("--hash=sha256:")


def test_the_lock_of_the_front_end_holds_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []
