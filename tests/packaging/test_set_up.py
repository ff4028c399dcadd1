"""The stages: each once, in order, going on after every kind of interruption."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.machine_fake import Machine

HAS_GPU = any(Path("/proc/driver/nvidia/gpus").glob("*"))
needs_no_gpu = pytest.mark.skipif(HAS_GPU, reason="this machine has an NVIDIA GPU")


def stages(machine: Machine) -> list[str]:
    """The pip calls so far, by what they were for."""
    marks = {
        "-e .": "project",
        "llama-cpp-python": "llama",
        "torch==": "torch",
        "gguf": "tests",
        "pocketsphinx": "packages",
        "pip setuptools": "tools",
    }
    return [next(stage for mark, stage in marks.items() if mark in call) for call in machine.log("pip")]


def wait_for(path: Path) -> None:
    for _ in range(500):
        if path.exists():
            return
        time.sleep(0.02)
    raise AssertionError(f"{path.name} did not appear")


def test_the_first_run_installs_in_stages_and_then_starts(machine: Machine) -> None:
    done = machine.run("talk", "a file.wav", "--json")
    assert done.returncode == 0, done.stderr
    assert stages(machine) == ["tools", "packages", "llama", "project"]
    assert done.stdout == "started talk a file.wav --json\n", "standard output is Repartee's alone"
    assert "Building the text-model engine" in done.stderr


def test_later_runs_start_at_once(machine: Machine) -> None:
    machine.run()
    (machine.record / "pip.log").unlink()
    machine.remove_command("python3.13")
    done = machine.run("--start", "--key", "x")
    assert (done.stdout, done.stderr) == ("started --start --key x\n", "")
    assert machine.log("pip") == []


def test_a_failed_stage_says_why_and_the_next_run_goes_on_there(machine: Machine) -> None:
    machine.fail_at("llama-cpp-python", output="".join(f"line {number}\n" for number in range(40)))
    done = machine.run()
    assert done.returncode == 1
    assert done.stdout == ""
    assert "  | ERROR: no luck\n" in done.stderr
    assert "line 39" in done.stderr
    assert "line 20" not in done.stderr
    assert "llama.cpp could not be built" in done.stderr
    assert "Traceback" not in done.stderr
    machine.fail_no_more()
    assert machine.run().returncode == 0
    assert stages(machine) == ["tools", "packages", "llama", "llama", "project"]


def test_a_first_run_offline_says_so(machine: Machine) -> None:
    machine.fail_at(
        "pip setuptools", output="Failed to establish a new connection: Temporary failure in name resolution"
    )
    done = machine.run()
    assert done.returncode == 1
    assert "connect this computer to the internet" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_everything_and_the_next_run_goes_on(
    machine: Machine, number: signal.Signals
) -> None:
    machine.fail_at("llama-cpp-python")
    machine.run()
    machine.fail_no_more()
    (machine.record / "hang").touch()
    with subprocess.Popen(
        machine.command(), env=machine.environment(), stderr=subprocess.PIPE, text=True
    ) as process:
        wait_for(machine.record / "hanging")
        began = time.monotonic()
        process.send_signal(number)
        _, shown = process.communicate(timeout=20)
        assert time.monotonic() - began < 5
    assert process.returncode == 130
    assert "it goes on from here" in shown
    assert "Traceback" not in shown
    (machine.record / "hang").unlink()
    assert machine.run().returncode == 0, "the lock is free again"
    assert stages(machine) == ["tools", "packages", "llama", "llama", "llama", "project"]


def test_two_at_once_take_turns(machine: Machine) -> None:
    (machine.record / "slow").touch()
    both = [
        subprocess.Popen(
            machine.command(str(number)),
            env=machine.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in (1, 2)
    ]
    shown = [process.communicate(timeout=60) for process in both]
    assert [output for output, _ in shown] == ["started 1\n", "started 2\n"]
    assert stages(machine) == ["tools", "packages", "llama", "project"]
    assert sum("Another set-up of this folder is running" in words for _, words in shown) == 1


def test_a_moved_checkout_is_healed_without_installing_again(machine: Machine) -> None:
    machine.run()
    new = machine.checkout.with_name("elsewhere")
    old = machine.checkout.rename(new).with_name("a checkout")
    machine.checkout = new
    done = machine.run("hello")
    assert done.stdout == "started hello\n"
    assert "This folder has moved" in done.stderr
    assert stages(machine) == ["tools", "packages", "llama", "project", "project"]
    assert str(old) not in (new / ".venv" / "bin" / "repartee").read_text()
    assert machine.run().stderr == ""


def test_an_environment_whose_python_has_gone_is_made_anew(machine: Machine) -> None:
    machine.run()
    python = machine.checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3.11")
    assert machine.run().returncode == 0
    assert len(machine.log("venv")) == 2
    assert stages(machine) == ["tools", "packages", "llama", "project"] * 2


def test_a_changed_pin_installs_packages_but_does_not_build_again(machine: Machine) -> None:
    machine.run()
    pins = machine.checkout / "packaging" / "constraints.txt"
    pins.write_text(pins.read_text().replace("soxr==", "soxr==0."))
    assert machine.run().returncode == 0
    assert stages(machine)[4:] == ["packages"]


def test_a_changed_pyproject_installs_only_the_project(machine: Machine) -> None:
    machine.run()
    with (machine.checkout / "pyproject.toml").open("a") as file:
        file.write("\n# a comment\n")
    assert machine.run().returncode == 0
    assert stages(machine)[4:] == ["project"]


@needs_no_gpu
def test_torch_comes_last_as_a_cpu_build_if_one_is_offered(machine: Machine) -> None:
    assert machine.run(REPARTEE_TORCH="1").returncode == 0
    assert stages(machine) == ["tools", "packages", "llama", "project", "torch"]
    assert "torch==2.13.0+cpu" in machine.log("pip")[-1]
    machine.run(REPARTEE_TORCH="1")
    machine.run()
    assert len(machine.log("pip")) == 5


@needs_no_gpu
def test_torch_falls_back_to_the_default_build(machine: Machine) -> None:
    machine.fail_at("+cpu")
    assert machine.run(REPARTEE_TORCH="1").returncode == 0
    own, public, default = machine.log("pip")[-3:]
    assert "+cpu" in own
    assert "download.pytorch.org/whl/cpu" in public
    assert default.endswith("torch==2.13.0")


def test_torch_on_a_gpu_is_the_default_build(machine: Machine) -> None:
    machine.add_command("nvidia-smi", "echo 'GPU 0: NVIDIA something'")
    machine.run(REPARTEE_TORCH="1")
    assert next(call for call in machine.log("pip") if "torch==" in call).endswith("torch==2.13.0")


@needs_no_gpu
def test_a_cuda_compiler_without_a_gpu_is_not_used(machine: Machine) -> None:
    machine.add_command("nvcc")
    machine.run()
    assert not any("GGML_CUDA" in arguments for arguments in machine.log("cmake-arguments"))


def test_with_gpu_and_compiler_llama_is_built_with_cuda_else_for_the_cpu(machine: Machine) -> None:
    machine.add_command("nvcc")
    machine.add_command("nvidia-smi", "echo 'GPU 0: NVIDIA something'")
    machine.fail_at("--no-cache-dir")
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert "Building with CUDA failed: building for the CPU instead." in done.stderr
    assert any(arguments.endswith("-DGGML_CUDA=on") for arguments in machine.log("cmake-arguments"))


def test_arguments_for_cmake_are_taken_and_remembered(machine: Machine) -> None:
    machine.run(CMAKE_ARGS="-DGGML_VULKAN=on")
    assert any(arguments.endswith("-DGGML_VULKAN=on") for arguments in machine.log("cmake-arguments"))
    calls = len(machine.log("pip"))
    machine.run(CMAKE_ARGS="-DGGML_VULKAN=on")
    machine.run()
    assert len(machine.log("pip")) == calls


def test_an_environment_made_by_hand_is_kept(machine: Machine) -> None:
    scripts = machine.checkout / ".venv" / "bin"
    scripts.mkdir(parents=True)
    shutil.copy(machine.record / "venv-python", scripts / "python")
    (scripts / "my-own-tool").touch()
    assert machine.run().returncode == 0
    assert machine.log("venv") == []
    assert (scripts / "my-own-tool").exists()


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("  [12/83] Building CXX object x.o", "14 % [12/83]"),
        ("[ 14%] Building CXX object x.o", "14 %"),
        ("Downloading PySide6_Essentials-6.12.0-cp310-abi3.whl (94.0 MB)", "PySide6_Essentials"),
        ("Progress 1500000 of 94000000", "before 2 of 94 MB"),
        ("Installing collected packages: a, b, c", "unpacking 3 packages"),
        ("something else", "before"),
    ],
)
def test_progress_is_read_from_the_output(
    set_up_module: Callable[[str], ModuleType], line: str, detail: str
) -> None:
    assert set_up_module("progress").detail_of(line, "before") == detail


@pytest.mark.parametrize("name", ["short", "with a space", "long" * 40])
def test_moved_scripts_still_run(
    set_up_module: Callable[[str], ModuleType], tmp_path: Path, name: str
) -> None:
    old, new = tmp_path / "old", tmp_path / name
    (new / "bin").mkdir(parents=True)
    (new / "bin" / "python").symlink_to("/bin/cat")
    script = new / "bin" / "tool"
    script.write_text(f"#!{old}/bin/python\nthe rest\n")
    script.chmod(0o755)
    set_up_module("relocate").retarget_scripts(new / "bin", old, new)
    done = subprocess.run([script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("the rest\n")
