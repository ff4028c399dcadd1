"""The pins cover what pyproject.toml asks for, and each is exact."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.packaging.machine_fake import REPOSITORY

PIN = re.compile(r"([a-z0-9-]+)==([0-9][0-9a-z.]*)(?: ; python_full_version (?:<|>=) '3\.\d+')?")


def normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lines = (REPOSITORY / "packaging" / "constraints.txt").read_text().splitlines()
    matches = [PIN.fullmatch(line) for line in lines if line and not line.startswith("#")]
    assert all(matches), "a pin is name==version, perhaps for some versions of Python"
    return {match[1]: match[2] for match in matches if match}


def asked_for() -> list[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    requirements = list(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        requirements += extra
    names = [re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0] for requirement in requirements]
    build = [re.split(r"[<>=]", requirement)[0] for requirement in project["build-system"]["requires"]]
    return [normalized(name) for name in names + build]


@pytest.mark.parametrize("name", asked_for())
def test_every_direct_dependency_is_pinned(name: str) -> None:
    assert name in pins()


@pytest.mark.parametrize(
    "name", ["pip", "scikit-build-core", "cmake", "ninja", "cython", "diskcache", "jinja2"]
)
def test_what_builds_need_is_pinned(name: str) -> None:
    assert name in pins()


def test_pyproject_leaves_versions_to_the_constraints() -> None:
    text = (REPOSITORY / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    assert not [name for name in project["dependencies"] if re.search(r"[<>=]", name)]


def test_pins_are_sorted_so_that_changes_are_easy_to_read() -> None:
    assert list(pins()) == sorted(pins())
