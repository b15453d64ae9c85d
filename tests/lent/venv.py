"""Lend the environment that runs this instead of making one: it stands before the standard library's `venv` on PYTHONPATH."""

import sys
from pathlib import Path

python = Path(sys.argv[-1]) / "bin" / "python"
python.parent.mkdir(parents=True)
python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
python.chmod(0o755)
