"""Everything that has to hold before a change is good. Started by ``./idesluss test``.

./idesluss test                    all of it: style, types, imports, migrations, coverage, every
                                   test on SQLite, and again on PostgreSQL what may differ there
./idesluss test ARGUMENTS          only pytest with these arguments, on SQLite
./idesluss test --postgres [ARGS]  only pytest, on a PostgreSQL of its own, nothing left out
PICTURES=1 ./idesluss test ARGS    pages that are looked at are photographed: tests/stories/shots

What may differ on PostgreSQL: rules, reads, use cases, models, jobs, kill loops, races, exports,
the demonstration, and the whole stories of rounds and money in a browser.
Left out the second time is what a database has no part in (``ONCE``). Of a test with many cases
(role by stage by page), and of the pages of a room, only every seventh is tried (``--thin``, in
tests/conftest.py). ``./idesluss test --postgres`` leaves nothing out.
"""

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # started as a file, from anywhere

from tests.postgres import NoPostgres, cluster, programs  # noqa: E402

BIN = Path(sys.executable).parent
CACHE = ROOT / ".cache"
COVERAGE = CACHE / "coverage"
WORKERS = ["-n", "2", "--dist", "worksteal", "--durations", "10", "--ignore", "tests/bench"]
# Nothing of these depends on the database, and they have run on the other one: what is computed,
# drawn or set in type, and how pages look and answer to keys in a browser. (The pages themselves,
# and what their buttons do, are asked on both by the tests of their rooms.)
ONCE = [
    "tests/logic",
    "tests/architecture",
    "tests/papers",
    "tests/web/frame",
    "tests/stories/test_tarnby.py",
    "tests/stories/test_applying.py",
    "tests/stories/test_bad_luck.py",
    "tests/stories/test_celebrating.py",
    "tests/stories/test_endorsing.py",
    "tests/stories/test_every_page.py",
    "tests/stories/test_first_set_up.py",
    "tests/stories/test_frame.py",
    "tests/stories/test_indre_by.py",
    "tests/stories/test_my_work.py",
    "tests/stories/test_set_up.py",
    "tests/stories/test_signing_in.py",
    "tests/stories/test_sluice_challenge.py",
    "tests/stories/test_sluice_handing_in.py",
    "tests/stories/test_sluice_lerum.py",
    "tests/stories/test_sluice_no.py",
    "tests/stories/test_sluice_proxy.py",
    "tests/stories/test_search.py",
    "tests/stories/test_look_alikes.py",
    "tests/stories/test_duplicates.py",
    # What is found, and by whom, is proved on the rows of both by tests/insight.
    "tests/web/insight/test_search_asked.py",
    "tests/web/insight/test_search_narrowed.py",
    "tests/web/ideas/test_alike_step.py",
    "tests/web/ideas/test_look_alikes.py",
    "tests/web/ideas/test_mine_too.py",
    "tests/mail/test_kill_letters.py",  # always on a file of its own, with SQLite
    "tests/test_wheel.py",
    "tests/test_guides.py",
]
# The longest stories are lived through without script on one database, with it on the other.
LONG = "(test_burlov or test_following_up or test_the_years_money or test_sluice_carry)"
NOT_WITH, NOT_WITHOUT = (f"not ({way}-script and {LONG})" for way in ("with", "without"))
ALONE = ["tests/bench"]  # measured without coverage, and with no other test beside

# Every branch of these is covered: here a mistake costs money or trust.
GUARDED = [
    "src/idesluss/logic/*",
    "src/idesluss/*/rules.py",
    "src/idesluss/*/rules/*",
    "src/idesluss/*/usecases.py",
    "src/idesluss/*/usecases/*",
]


def loads(library: str) -> bool:
    """Whether the machine has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


# Debian's packages that the tests need, and how to see that they are here already.
SYSTEM: dict[str, Callable[[], object]] = {
    "chromium": lambda: Path("/usr/bin/chromium").exists(),
    "postgresql": programs,
    "dovecot-imapd": lambda: Path("/usr/sbin/dovecot").exists(),
    "gettext": lambda: shutil.which("xgettext"),
    "libatomic1": lambda: loads("libatomic.so.1"),  # the browser's driver is linked to it
}


def run(command: list[str], **more: str) -> bool:
    """Run one of our tools in the root, its output shown as it comes; whether it was content."""
    tool = BIN / command[0]
    words = [str(tool) if tool.exists() else command[0], *command[1:]]
    environment = {**os.environ, "PYTHONWARNINGS": "default", **more}
    sys.stdout.flush()
    return subprocess.call(words, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL) == 0


def pytest(
    name: str, arguments: list[str], *, url: str | None = None, cover: bool = False, **more: str
) -> bool:
    """Run pytest on SQLite, or on the PostgreSQL at ``url``; ``more`` is its environment."""
    more["COVERAGE_FILE"] = str(COVERAGE / name)
    if url:
        more["DATABASE_URL"] = url
    measured = ["--cov", "--cov-report="] if cover else []
    told = f"--junit-xml={told_of(name)}"
    return run(["python", "-m", "pytest", *measured, told, *arguments], **more)


def told_of(name: str) -> Path:
    """Where pytest writes what came of each test."""
    return CACHE / "told" / f"{name}.xml"


def what_failed(name: str) -> list[str]:
    """Each test that failed and the first lines of why, as told at the end of a long run."""
    if not told_of(name).exists():
        return []
    tests = ET.parse(told_of(name)).iter("testcase")
    return [
        f"{name}: {test.get('classname')}::{test.get('name')}\n{why.get('message', '')[:1000]}"
        for test in tests
        for why in (*test.iter("failure"), *test.iter("error"))
    ]


def on_postgres(arguments: list[str], **more: str) -> bool:
    try:
        with cluster() as url:
            return pytest("postgres", arguments, url=url, **more)
    except NoPostgres as problem:
        print(problem)
        return False


def covered() -> bool:
    """Insist that the tests of the rooms reach every branch of what is guarded."""
    report = ["report", "--skip-covered", "--skip-empty", "--show-missing", "--fail-under=100"]
    whole = {"COVERAGE_FILE": str(COVERAGE / "sqlite")}
    return run(["coverage", *report, f"--include={','.join(GUARDED)}"], **whole)


def migrations_in_step() -> bool:
    with contextlib.ExitStack() as stack:
        home = CACHE / "home"
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        django = {
            "DJANGO_SETTINGS_MODULE": "idesluss.site.settings",
            "IDESLUSS_HOME": str(home),
            "DATABASE_URL": f"sqlite://{home / 'empty.sqlite3'}",
        }
        home.mkdir(parents=True, exist_ok=True)
        return run(["python", "-m", "django", "makemigrations", "--check", "--dry-run"], **django)


STEPS: dict[str, Callable[[], bool]] = {
    "style": lambda: run(["ruff", "check", "."]),
    "format": lambda: run(["ruff", "format", "--check", "."]),
    "imports": lambda: run(["lint-imports", "--cache-dir", str(CACHE / "imports")]),
    "types": lambda: run(["mypy"]),
    "migrations in step": migrations_in_step,
    "tests on SQLite": lambda: pytest("sqlite", [*WORKERS, "-k", NOT_WITH], cover=True),
    "tests on PostgreSQL": lambda: on_postgres(
        [*WORKERS, "--thin", "-k", NOT_WITHOUT, *(f"--ignore={path}" for path in ONCE)],
        LOOK="once",
    ),
    "coverage of logic, rules and use cases": covered,
    "budgets": lambda: pytest("budgets", ALONE),
}


def system_packages() -> None:
    """Install what Debian has to give and this machine has not; a plain user is told how."""
    missing = [package for package, is_here in SYSTEM.items() if not is_here()]
    if not missing:
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(
            f"The tests also need {', '.join(missing)} on this machine. Install them first:\n"
            f"  sudo apt-get update && sudo {' '.join(install)}"
        )
    print(f"installing {', '.join(missing)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            [*command, "-qq"], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def everything() -> int:
    system_packages()
    for old in (COVERAGE, CACHE / "told"):
        shutil.rmtree(old, ignore_errors=True)
    COVERAGE.mkdir(parents=True)
    results: dict[str, tuple[bool, float]] = {}
    for name, step in STEPS.items():
        print(f"\n━━ {name} ".ljust(100, "━"), flush=True)
        began = time.monotonic()
        results[name] = (step(), time.monotonic() - began)
    print("\n".ljust(100, "━"))
    for name, (holds, seconds) in results.items():
        print(f"{'ok    ' if holds else 'FAILED'} {seconds:6.1f} s  {name}")
    failed = [name for name, (holds, _) in results.items() if not holds]
    took = sum(seconds for _, seconds in results.values())
    for sentence in (*what_failed("sqlite"), *what_failed("postgres"), *what_failed("budgets")):
        print(f"\n{sentence}")
    if failed:
        print(f"\nFAILED after {took:.0f} s: {', '.join(failed)}")
        return 1
    print(f"\nEverything holds: {len(results)} steps in {took:.0f} s")
    return 0


def main(arguments: list[str]) -> int:
    if arguments in (["--help"], ["-h"]):
        print(__doc__)
        return 0
    if not arguments:
        return everything()
    if arguments[0] == "--postgres":
        return 0 if on_postgres(arguments[1:]) else 1
    return 0 if pytest("sqlite", arguments) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
