"""Fails unless a story looked at every page of the service; runs after the stories."""

import sys

import tests.conftest  # noqa: F401 (sets Django up)
from tests.architecture.addresses import addresses, is_ours
from tests.stories.looking import SEEN

# Addresses that answer with something else than a page, and with what.
NOT_A_PAGE = {
    "frame:language": "a redirect to where one came from",
    "frame:theme": "a stylesheet",
    "funding:export": "a file",
    "funding:export_xlsx": "a file",
    "funding:minutes": "a file",
    "funding:round_csv": "a file",
    "funding:round_json": "a file",
}


def main() -> int:
    """Print the pages nobody looked at; 0 when there are none."""
    seen = set(SEEN.read_text().split()) if SEEN.exists() else set()
    pages = {address.name for address in addresses() if is_ours(address.view)}
    unseen = sorted(pages - seen - set(NOT_A_PAGE))
    stale = sorted(set(NOT_A_PAGE) - pages)
    print(f"{len(pages - set(NOT_A_PAGE))} pages, {len(pages & seen)} looked at")
    for name in unseen:
        print(f"  no story calls look() on {name}")
    for name in stale:
        print(f"  NOT_A_PAGE lists {name}, which does not exist")
    return 1 if unseen or stale or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
