"""The scripts parse, are clean to shellcheck, and keep standard output for Repartee."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.packaging.machine_fake import REPOSITORY

SHELL = ["packaging/run.sh", "packaging/test.sh", "packaging/setup-lib.sh"]
POWERSHELL = ["packaging/run.ps1", "packaging/test.ps1", "packaging/setup-lib.ps1"]


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
@pytest.mark.parametrize("script", SHELL)
def test_shell_scripts_parse(shell: str, script: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([shell, "-n", REPOSITORY / script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_shellcheck_finds_nothing() -> None:
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    done = subprocess.run(
        ["shellcheck", "-x", *SHELL, ".ci/run"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_ci_runs_the_test_script() -> None:
    ci = REPOSITORY / ".ci" / "run"
    assert os.access(ci, os.X_OK)
    assert "sh packaging/test.sh" in ci.read_text()


@pytest.mark.parametrize("script", POWERSHELL)
def test_powershell_scripts_are_ascii_because_version_5_reads_them_so(script: str) -> None:
    assert (REPOSITORY / script).read_bytes().isascii()


@pytest.mark.parametrize("script", POWERSHELL)
def test_powershell_scripts_parse(script: str) -> None:
    if shutil.which("pwsh") is None:
        pytest.skip("PowerShell is not installed")
    code = (
        "$problems = $null; [void][System.Management.Automation.Language.Parser]::ParseFile("
        f"'{REPOSITORY / script}', [ref]$null, [ref]$problems); $problems; exit $problems.Count"
    )
    done = subprocess.run(
        ["pwsh", "-NoProfile", "-Command", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
