"""What every test stands on: a data folder of its own and an honest count of queries."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest

from tests.architecture.source import ROOMS
from tests.empty import Empty
from tests.killed import once, run

# Settings are read before the first fixture, so this cannot be one. Nor can the settings module be
# named in pyproject.toml: it would be read before this file.
HOME = Path(tempfile.mkdtemp(prefix="idesluss-tests-"))
(HOME / "static").mkdir()
for name in [name for name in os.environ if name.startswith("IDESLUSS_")]:
    del os.environ[name]  # what this shell serves with is not what is tested
os.environ["DJANGO_SETTINGS_MODULE"] = "idesluss.site.settings"
os.environ["IDESLUSS_HOME"] = str(HOME)
os.environ["IDESLUSS_SECRET"] = "only-for-tests-" + "x" * 40
os.environ.setdefault("DATABASE_URL", f"sqlite://{HOME / 'idesluss.sqlite3'}")
django.setup()

# A busy machine is no fault: what is fast enough is measured in bench/, not by a test's clock.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

# Asserts in what tests import say as much as those in tests.
pytest.register_assert_rewrite("tests.stories.looking")


TESTS = Path(__file__).parent
PAGES = TESTS / "web"
COUNTED = [TESTS / room for room in ROOMS]
# The tests of pages and letters that reach a line of a guarded part which those of its room do not.
COVERING = {
    TESTS / name
    for name in (
        "mail/test_daily.py",
        "mail/test_send.py",
        "web/assessment/test_judging.py",
        "web/assessment/test_leaks.py",
        "web/funding/test_applying_terms.py",
        "web/funding/test_ledger_pages.py",
        "web/funding/test_open_data.py",
        "web/ideas/test_proxy.py",
        "web/ideas/test_step.py",
        "web/people/test_told.py",
        "web/programmes/test_copying.py",
        "web/programmes/test_sluices.py",
    )
}
FEW, EVERY = 8, 7  # hardly any grid has seven rows or columns, so every row and column is met


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thin",
        action="store_true",
        help=f"of a test with more than {FEW} cases, and of a file of as many tests of pages, "
        f"only the first and every {EVERY}th after it",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take what shall be run of all that was found."""
    for item in items:
        if item.path not in COVERING and not any(map(item.path.is_relative_to, COUNTED)):
            # Counting lines makes Python half as fast. A story is there to be lived through, a page
            # to be read, a letter to be sent; what each line must do is tried by the tests of its
            # room, where a miss is seen.
            item.add_marker("no_cover")
    if config.getoption("--thin"):
        thin_out(config, items)


def thin_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For a second database: all cases have been tried on the first, here each test still is.

    The tests of pages are thinned file by file: what pages ask of the database is asked by the
    tests of their rooms too.
    """
    test_of = {
        item: str(item.path) if item.path.is_relative_to(PAGES) else item.nodeid.partition("[")[0]
        for item in items
    }
    cases, met = Counter(test_of.values()), Counter[str]()
    kept, left_out = [], []
    for item, test in test_of.items():
        chosen = cases[test] <= FEW or met[test] % EVERY == 0
        (kept if chosen else left_out).append(item)
        met[test] += 1
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, not in memory: the browser's thread is another connection, as in life."""
    from django.db import connections

    settings = connections["default"].settings_dict
    if "sqlite" in settings["ENGINE"]:
        settings["TEST"]["NAME"] = str(HOME / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[Empty]:
    """pytest-django's own, and what lies in the database then: tables only."""
    from django.db import connection

    with django_db_blocker.unblock():
        empty = Empty(connection, HOME)
    yield empty
    empty.close()


@pytest.fixture(scope="session")
def killed(django_db_setup: Empty, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """What a script beside the test sees that kills itself on an empty database of its own.

    It takes seconds, so it is run once, however many test processes share its tests.
    """

    def see(test: str, script: str) -> Any:
        def ask() -> Any:
            url = django_db_setup.copy(tmp_path_factory.mktemp("kill"))
            try:
                return run(Path(test).with_name(script), url, tmp_path_factory.mktemp("home"))
            finally:
                django_db_setup.drop(url)

        base = tmp_path_factory.getbasetemp()
        shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        return once(shared / f"{Path(test).stem}.json", ask)

    return see


@pytest.fixture(autouse=True)
def uploads_of_its_own(settings, tmp_path: Path) -> None:
    """No test finds another's files."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def count_queries() -> Callable[..., int]:
    """Count the queries of a page with one row and with three, and insist that they are as many.

    ``count_queries(get, add)``: ``add(n)`` makes n more rows, ``get()`` reads the page; the
    result is the number of queries, to be compared with one literal number. Every view marked
    ``@list_page`` needs such a test, marked ``@pytest.mark.list_page("room:name")``.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(get: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            get()
        return [query["sql"] for query in queries]

    def count(get: Callable[[], object], add: Callable[[int], object]) -> int:
        add(1)
        get()  # what is read once per process (content types, languages) is not the page's
        one = asked(get)
        add(2)
        three = asked(get)
        assert len(one) == len(three), "\n".join(["three rows ask more than one:", *three])
        return len(three)

    return count


@pytest.fixture
def searchable(settings, tmp_path: Path) -> Iterator[Callable[[], int]]:
    """An index of this test's own: ``searchable()`` puts in it what the database holds now."""
    from idesluss.insight.search import finding, follow

    settings.SEARCH_ROOT = tmp_path / "search"
    finding.forget()
    yield lambda: follow.build(follow.home())
    finding.forget()
