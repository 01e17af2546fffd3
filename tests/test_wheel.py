"""An installed wheel is whole: nobody who uses it needs Node, gettext or a compiler."""

import gettext
import io
import re
import subprocess
import sys
import zipfile

import pytest

from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    [path] = folder.glob("idesluss-*.whl")
    return zipfile.ZipFile(path)


@pytest.mark.parametrize(("language", "word"), [("sv", "bevilja"), ("da", "bevilg")])
def test_the_wheel_speaks_the_language(wheel, language, word):
    name = f"idesluss/locale/{language}/LC_MESSAGES/django.mo"
    words = gettext.GNUTranslations(io.BytesIO(wheel.read(name)))
    assert words.gettext("grant") == word


def test_the_wheel_carries_what_the_build_made(wheel):
    names = wheel.namelist()
    assert "idesluss/web/frame/static/built/frame.css" in names
    assert "idesluss/web/frame/static/built/frame.js" in names
    assert [name for name in names if name.startswith("idesluss/papers/fonts/")] != []


def test_the_wheel_carries_templates_and_migrations(wheel):
    names = set(wheel.namelist())
    house = ROOT / "src"
    wanted = [*house.rglob("templates/**/*.html"), *house.rglob("migrations/0*.py")]
    assert {path.relative_to(house).as_posix() for path in wanted} - names == set()


def test_the_wheel_carries_nothing_that_only_builders_need(wheel):
    build_only = re.compile(r"\.(po|pot|mjs)$|node_modules|/source/|^tests/|^bench/")
    assert [name for name in wheel.namelist() if build_only.search(name)] == []


def test_the_wheel_carries_the_licence(wheel):
    [licence] = [name for name in wheel.namelist() if name.endswith("/licenses/LICENSE")]
    assert wheel.read(licence).decode().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
