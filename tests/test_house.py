"""The house: one direction between the packages, whole wheels, one lock, no network."""

import ast
import json
import re
import socket
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PACKAGES = ("scoring", "synthetic_data", "simulate", "reports")
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def imported(path: Path) -> set[str]:
    """Name the top-level packages a module imports, wherever in it the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(str(node.module).split(".")[0])
    return names


def direct(requirements: list[str]) -> dict[str, Requirement]:
    """Read requirements by their names."""
    parsed = [Requirement(line) for line in requirements]
    return {requirement.name.lower(): requirement for requirement in parsed}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_in_one_direction(path: Path) -> None:
    """A module imports from its own package and from those before it, never from one after it."""
    own = path.relative_to(ROOT).parts[0]
    later = PACKAGES[PACKAGES.index(own) + 1 :]
    assert imported(path).isdisjoint({*later, "tests"})


def test_scoring_draws_nothing_at_random_and_draws_no_chart() -> None:
    """The law knows neither chance nor pictures."""
    modules = [path for path in MODULES if path.relative_to(ROOT).parts[0] == "scoring"]
    assert not {"random", "altair", "papermill", "vl_convert"} & set[str]().union(*map(imported, modules))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_is_kept_without_outputs(path: Path) -> None:
    """A notebook in the repository holds no result of a run, and one cell of parameters."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) == 1


def test_wheel_holds_every_file_of_the_packages_and_every_notebook(tmp_path: Path) -> None:
    """Rules, templates, fonts and notebooks travel with the code that reads them."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("jifen-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    files = [path for folder in (*PACKAGES, "notebooks") for path in (ROOT / folder).rglob("*.*")]
    passing = ("__pycache__", ".ipynb_checkpoints")
    wanted = [path for path in files if path.is_file() and not set(passing) & set(path.parts)]
    assert {path.relative_to(ROOT).as_posix() for path in wanted} <= held


def test_the_lock_holds_what_the_project_asks_for() -> None:
    """Each requirement of the project is named in requirements.in and locked at a version it allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    wanted = direct(project["dependencies"] + extras)
    lines = (ROOT / "requirements.in").read_text("utf-8").splitlines()
    named = direct([line for line in lines if line and not line.startswith("#")])
    lock = dict(
        re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    )
    assert wanted.keys() == named.keys()
    assert [name for name, asked in wanted.items() if lock.get(name, "") not in asked.specifier] == []


def test_the_lock_names_hashes_and_no_place() -> None:
    """Anyone can install the lock: every package has a hash, and no address of a registry stands in it."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    packages = re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE).strip())
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert not re.search(r"index-url|find-links|file:|https?:", text)


def test_no_test_reaches_the_network() -> None:
    """A connection to another machine is refused before it is tried."""
    with pytest.raises(AssertionError, match="reaches for the network"):
        socket.create_connection(("example.org", 80))
    with socket.socket() as plain, pytest.raises(AssertionError, match="reaches for the network"):
        plain.connect(("192.0.2.1", 80))
