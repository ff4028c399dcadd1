"""Where things live, and what is said when they can't."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from app.paths import Paths, find_paths, made
from engines.errors import BadInput


def test_one_variable_moves_everything_beneath_one_folder(tmp_path: Path) -> None:
    paths = find_paths({"REPARTEE_HOME": str(tmp_path / "here")})
    assert paths == Paths(*(tmp_path / "here" / name for name in ("data", "config", "cache", "logs")))


def test_asking_where_makes_nothing(tmp_path: Path) -> None:
    find_paths({"REPARTEE_HOME": str(tmp_path / "here")})
    assert not (tmp_path / "here").exists()


def test_the_database_has_a_folder_when_it_is_asked_for(tmp_path: Path) -> None:
    database = find_paths({"REPARTEE_HOME": str(tmp_path / "a" / "b")}).database()
    assert database.parent.is_dir()
    assert not database.exists()


@pytest.mark.parametrize("home", ["", "  "])
def test_without_the_variable_the_system_decides(home: str) -> None:
    paths = find_paths({"REPARTEE_HOME": home})
    assert all("repartee" in str(folder) for folder in (paths.data, paths.config, paths.cache, paths.logs))


def test_a_relative_home_is_where_the_app_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_paths({"REPARTEE_HOME": "here"}).data == tmp_path / "here" / "data"


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(BadInput, match=r"can't write to .*data.*REPARTEE_HOME"):
        made(tmp_path / "data")
    with pytest.raises(BadInput, match="can't write to"):
        made(tmp_path / "data" / "deeper")


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(BadInput, match=r"permission denied"):
        made(tmp_path / "data")
