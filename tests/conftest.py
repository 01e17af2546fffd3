"""What every test stands on: settings of their own, whatever machine or shell they run in."""

import os
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="idesluss-tests-"))
os.environ["IDESLUSS_HOME"] = str(_home)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_home / 'test.sqlite3'}")
