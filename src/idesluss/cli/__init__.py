"""The command line: ``idesluss <command>``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idesluss.site.settings")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 done, 1 refused, 2 not understood)."""
    from idesluss.cli.commands import parser  # noqa: PLC0415  (the demo sets its own home first)

    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["manage"]:
        from django.core.management import execute_from_command_line  # noqa: PLC0415

        execute_from_command_line(["idesluss manage", *arguments[1:]])
        return 0
    chosen = parser().parse_args(arguments)
    result: int = chosen.run(chosen)
    return result
