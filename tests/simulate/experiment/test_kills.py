"""Kills at random moments: whatever was killed and resumed ends like what was not."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulate.experiment.chunks import CHUNK
from tests.simulate.experiment.specs import write

ROOT = Path(__file__).parents[3]
DRAWS = 5 * CHUNK + 1


@pytest.mark.parametrize("kills", [4, pytest.param(100, marks=pytest.mark.slow)])
def test_a_killed_run_resumes_to_the_same_bytes(tmp_path: Path, kills: int) -> None:
    """Killed outright, some of them again while they resume, all folders end with the same bytes."""
    file = write(tmp_path, draws=DRAWS)
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "tests.simulate.experiment.kills",
        file,
        tmp_path,
        str(kills),
        "0",
    ]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # a fork copies no thread
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    told = re.fullmatch(r"6 files; (\d+) stopped before their end; different: \[\]\n", done.stdout)
    assert told is not None, done.stdout + done.stderr
    assert int(told[1]) >= kills // 2
