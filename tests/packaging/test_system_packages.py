"""Missing system packages: named, explained, and installed only by whom and when it is allowed."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.packaging.machine_fake import LIBRARIES, Machine

INSTALL = "apt-get install -y --no-install-recommends"


def run_on_terminal(machine: Machine, typed: str) -> tuple[int, str]:
    """Exit code and what the terminal showed, of run.sh with somebody at the keyboard."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        machine.command("--version"),
        env=machine.environment(),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        while True:
            try:
                data = os.read(ours, 4096)
            except OSError:  # Linux: the other side has gone
                break
            if not data:
                break
            shown += data
        code = process.wait(timeout=30)
    os.close(ours)
    return code, shown.decode()


def test_nothing_is_installed_where_nothing_is_missing(machine: Machine) -> None:
    assert machine.run().returncode == 0
    assert machine.log("apt") == []


def test_only_what_is_missing_is_installed_and_root_is_not_asked(machine: Machine) -> None:
    machine.remove_command("flite")
    machine.remove_command("c++")
    machine.set_libraries(
        [name for name in LIBRARIES if name not in ("libportaudio.so.2", "libxcb-cursor.so.0")]
    )
    done = machine.run("hello")
    assert done.returncode == 0, done.stderr
    update, install = machine.log("apt")
    assert update.endswith("update")
    assert install.endswith("install -y --no-install-recommends libportaudio2 flite libxcb-cursor0 g++")
    assert "for the English voice: flite" in done.stderr
    assert done.stdout == "started hello\n"


def test_without_a_terminal_a_normal_user_is_told_the_exact_command(machine: Machine) -> None:
    machine.become_normal_user()
    machine.remove_command("flite")
    done = machine.run()
    assert done.returncode == 1
    assert f"  sudo apt-get update && sudo {INSTALL} flite\n" in done.stderr
    assert machine.log("apt") == []
    assert machine.log("pip") == []


def test_without_sudo_the_command_is_one_for_su(machine: Machine) -> None:
    machine.become_normal_user(sudo=False)
    machine.remove_command("espeak-ng")
    done = machine.run()
    assert done.returncode == 1
    assert f"su -c 'apt-get update && {INSTALL} espeak-ng'" in done.stderr


def test_on_a_terminal_a_no_changes_nothing(machine: Machine) -> None:
    machine.become_normal_user()
    machine.remove_command("flite")
    code, shown = run_on_terminal(machine, "n\n")
    assert code == 1
    assert f"Install them now with 'sudo {INSTALL} flite'? [Y/n]" in shown
    assert machine.log("apt") == []


def test_on_a_terminal_a_yes_installs_with_sudo(machine: Machine) -> None:
    machine.become_normal_user()
    machine.remove_command("flite")
    code, shown = run_on_terminal(machine, "y\n")
    assert code == 0, shown
    assert machine.log("apt")[-1].endswith("install -y --no-install-recommends flite")
    assert "-v" in machine.log("sudo")


@pytest.mark.parametrize("variable", ["REPARTEE_YES=1", "CI=true"])
def test_a_yes_in_advance_uses_sudo_only_if_that_needs_no_password(machine: Machine, variable: str) -> None:
    name, value = variable.split("=")
    machine.become_normal_user()
    machine.remove_command("flite")
    assert machine.run(**{name: value}).returncode == 1
    machine.add_command("sudo", 'while [ "$1" = -n ]; do shift; done; exec "$@"')
    (machine.bin / "true").symlink_to("/bin/true")
    assert machine.run(**{name: value}).returncode == 0
    assert machine.log("apt")


def test_a_failing_apt_is_told_with_the_command_to_try(machine: Machine) -> None:
    machine.remove_command("flite")
    machine.add_command("apt-get", 'echo "E: Unable to locate package flite"; exit 100')
    done = machine.run()
    assert done.returncode == 1
    assert "E: Unable to locate package flite" in done.stderr
    assert f"  {INSTALL} flite\n" in done.stderr


def test_without_apt_the_missing_things_are_named_and_it_goes_on(machine: Machine) -> None:
    machine.remove_command("apt-get")
    machine.remove_command("flite")
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert "flite  (the English voice)" in done.stderr


def test_without_apt_and_without_a_compiler_it_stops(machine: Machine) -> None:
    machine.remove_command("apt-get")
    machine.remove_command("c++")
    done = machine.run()
    assert done.returncode == 1
    assert "A C++ compiler is needed" in done.stderr


def test_without_a_usable_python_a_sentence_says_what_to_do(machine: Machine) -> None:
    machine.add_command("python3.13", "echo 'command not found' >&2; exit 127")  # as pyenv's stand-ins do
    done = machine.run()
    assert done.returncode == 1
    assert machine.log("apt")[-1].endswith("python3 python3-venv python3-dev")
    assert "Repartee needs Python 3.11 or newer" in done.stderr
    assert "not found" not in done.stderr


def test_the_first_python_that_works_is_taken(machine: Machine) -> None:
    (machine.bin / "python3.13").rename(machine.bin / "python3")
    machine.add_command("python3.12", "exit 127")
    assert machine.run().returncode == 0


def test_the_tests_go_on_without_their_own_packages(machine: Machine) -> None:
    machine.become_normal_user()
    done = machine.run(script="test.sh")
    assert "Going on without: the tests that need them are skipped." in done.stderr
    assert "pulseaudio pulseaudio-utils xvfb xauth xdotool sox shellcheck" in done.stderr
    assert any("gguf" in call for call in machine.log("pip"))


def test_macos_needs_its_command_line_tools(machine: Machine) -> None:
    machine.add_command("uname", "echo Darwin")
    machine.add_command("xcode-select", "exit 2")
    done = machine.run()
    assert done.returncode == 1
    assert "xcode-select --install" in done.stderr
    machine.add_command("xcode-select", "echo /Library/Developer")
    assert machine.run().returncode == 0
