"""``python -m idesluss.cli``: the command line, also where no script is installed."""

import sys

from idesluss.cli import main

if __name__ == "__main__":
    sys.exit(main())
