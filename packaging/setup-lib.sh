# shellcheck shell=sh
# Set-up library: what run.sh and test.sh share. Finds Python, looks for missing system packages and offers to
# install them, hands over to set_up.py for everything inside .venv. POSIX sh; says all on standard error.
# Expects $root, the checkout's absolute path. REPARTEE_YES=1 answers its question with yes.

say() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- what is there? ----------------------------------------------------------------------------------------

# What the set-up in .venv is compared with: the pins, the project, the set-up itself and where it lies.
# shellcheck disable=SC2154 # root comes from the script that reads this library
setup_key() {
    sums=$(cd "$root" && cksum pyproject.toml packaging/constraints.txt packaging/*.py packaging/llama.cmake)
    printf '%s ' "$root" "$sums" | tr '\n' ' '
    echo end
}

# is_ready PROFILE KEY: true when set_up.py has finished for exactly this and its Python is still there.
is_ready() {
    [ -x "$root/.venv/bin/python" ] && [ -r "$root/.venv/setup/ready-$1" ] || return 1
    ready_key=
    IFS= read -r ready_key <"$root/.venv/setup/ready-$1" || :
    [ "$ready_key" = "$2" ]
}

# 0: a Python of 3.11 or newer that can make environments; 3: new enough only; else something else.
judge_python() {
    "$1" -c '
import sys
from importlib.util import find_spec
if sys.version_info < (3, 11):
    sys.exit(2)
sys.exit(0 if find_spec("venv") and find_spec("ensurepip") else 3)
' >/dev/null 2>&1
}

# Sets $python to a Python of 3.11 or newer, one that can make environments if there is one; else to nothing.
find_python() {
    python=
    for candidate in ${REPARTEE_PYTHON:+"$REPARTEE_PYTHON"} python3.13 python3.12 python3.11 python3.14 python3; do
        have "$candidate" || continue
        judge_python "$candidate"
        case $? in
            0)
                python=$(command -v "$candidate")
                return 0
                ;;
            3) [ -n "$python" ] || python=$(command -v "$candidate") ;;
        esac
    done
    [ -n "$python" ]
}

# What is needed from the system: how to look for it | what | Debian's package | why
base_needs() {
    cat <<'END'
library|libportaudio.so.2|libportaudio2|the microphone and the loudspeaker
alsa|libasound_module_pcm_|libasound2-plugins|sound through PulseAudio or PipeWire
command|flite|flite|the English voice
command|espeak-ng|espeak-ng|voices for other languages
library|libglib-2.0.so.0|libglib2.0-0|the window (Qt)
library|libEGL.so.1|libegl1|the window (Qt)
library|libGL.so.1|libgl1|the window (Qt)
library|libdbus-1.so.3|libdbus-1-3|the window (Qt)
library|libfontconfig.so.1|libfontconfig1|the window (Qt)
library|libxkbcommon-x11.so.0|libxkbcommon-x11-0|the window (Qt)
library|libxcb-cursor.so.0|libxcb-cursor0|the window (Qt)
library|libxcb-icccm.so.4|libxcb-icccm4|the window (Qt)
library|libxcb-image.so.0|libxcb-image0|the window (Qt)
library|libxcb-keysyms.so.1|libxcb-keysyms1|the window (Qt)
library|libxcb-randr.so.0|libxcb-randr0|the window (Qt)
library|libxcb-render-util.so.0|libxcb-render-util0|the window (Qt)
library|libxcb-shape.so.0|libxcb-shape0|the window (Qt)
library|libxcb-xkb.so.1|libxcb-xkb1|the window (Qt)
library|libX11-xcb.so.1|libx11-xcb1|the window (Qt)
library|libwayland-client.so.0|libwayland-client0|the window (Qt, on Wayland)
library|libwayland-cursor.so.0|libwayland-cursor0|the window (Qt, on Wayland)
library|libwayland-egl.so.1|libwayland-egl1|the window (Qt, on Wayland)
font|any|fonts-dejavu-core|text in the window
command|cmake|cmake|compiling the text-model engine (llama.cpp)
compiler|a C++ compiler|g++|compiling the text-model engine (llama.cpp)
builder|make or ninja|ninja-build|compiling the text-model engine (llama.cpp)
END
}

test_needs() {
    cat <<'END'
command|pulseaudio|pulseaudio|virtual microphones and loudspeakers in the tests
command|pactl|pulseaudio-utils|virtual microphones and loudspeakers in the tests
command|Xvfb|xvfb|windows in the tests
command|xauth|xauth|windows in the tests
command|xdotool|xdotool|clicks and keys in the tests
command|sox|sox|sound files in the tests
command|shellcheck|shellcheck|checking these scripts
END
}

have_compiler() { have c++ || have g++ || have clang++ || [ -n "${CXX:-}" ]; }

# is_there HOW WHAT
is_there() {
    case $1 in
        command) have "$2" ;;
        library)
            case $libraries in
                *"	$2 "*) return 0 ;;
                *) return 1 ;;
            esac
            ;;
        alsa) find /usr/lib /usr/lib64 -path "*/alsa-lib/$2*" \( -name '*_pulse.so' -o -name '*_pipewire.so' \) \
            2>/dev/null | grep -q . ;;
        font) find /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts" \
            \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) 2>/dev/null | grep -q . ;;
        compiler) have_compiler ;;
        builder) have make || have ninja ;;
    esac
}

# Reads a table of needs and prints the lines of those that are not met.
missing_of() {
    ldconfig=$(command -v ldconfig || echo /sbin/ldconfig)
    libraries=$("$ldconfig" -p 2>/dev/null)
    while IFS='|' read -r how what package why; do
        is_there "$how" "$what" || printf '%s|%s|%s|%s\n' "$how" "$what" "$package" "$why"
    done
}

# The system's own Python on Debian and Ubuntu comes without what makes environments and without its headers.
python_needs() {
    if [ -z "$python" ]; then
        echo 'python|python 3.11 or newer|python3 python3-venv python3-dev|everything'
        return
    fi
    "$python" - <<'END'
import os, sys, sysconfig
version = "python%d.%d" % sys.version_info[:2]
ours = os.path.realpath(sys.executable) == f"/usr/bin/{version}"
try:
    import ensurepip, venv
except ImportError:
    print(f"python|the venv module|{version}-venv|the Python environment")
if ours and not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")):
    print(f"python|Python.h|{version}-dev|compiling parts that have no ready-made package for this machine")
END
}

# --- installing it -----------------------------------------------------------------------------------------

# Sets $as_root: nothing for root, "sudo" where it may be used, "none" where nobody can allow it. Without a
# terminal sudo is used only if that was asked for (REPARTEE_YES=1, CI=true) and needs no password.
find_root() {
    as_root=none
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif have sudo; then
        if has_terminal; then
            as_root=sudo
        elif { [ "${REPARTEE_YES:-}" = 1 ] || [ "${CI:-}" = true ]; } && sudo -n true 2>/dev/null; then
            as_root=sudo
        fi
    fi
}

has_terminal() {
    [ "${CI:-}" != true ] && [ -t 2 ] && { [ -t 0 ] || (: </dev/tty) 2>/dev/null; }
}

ask() {
    [ "${REPARTEE_YES:-}" = 1 ] && return 0
    printf '%s [Y/n] ' "$1" >&2
    answer=n
    if [ -t 0 ]; then IFS= read -r answer || answer=n; else IFS= read -r answer </dev/tty || answer=n; fi
    case $answer in
        '' | [yY]*) return 0 ;;
        *) return 1 ;;
    esac
}

# Prints the packages of a list of needs in one line.
packages_of() {
    printf '%s\n' "$1" | cut -d '|' -f 3 | tr '\n' ' ' | sed 's/ *$//'
}

# Groups a list of needs by reason, in words.
explain_needs() {
    printf '%s\n' "$1" | cut -d '|' -f 4 | awk '!seen[$0]++' | while IFS= read -r reason; do
        names=$(printf '%s\n' "$1" | awk -F '|' -v reason="$reason" '$4 == reason { printf "%s ", $3 }')
        say "  for $reason: $names"
    done
}

# install_with_apt NEEDS: 0 when installed, 1 when not. Asks, unless we are root or told not to.
install_with_apt() {
    packages=$(packages_of "$1")
    find_root
    command="apt-get install -y --no-install-recommends $packages"
    say "Repartee needs some system packages:"
    explain_needs "$1"
    if [ "$as_root" = none ]; then
        say "Please run this as an administrator, then start again:"
        if have sudo; then say "  sudo apt-get update && sudo $command"; else
            say "  su -c 'apt-get update && $command'"
        fi
        return 1
    fi
    if [ -n "$as_root" ]; then
        if has_terminal && ! ask "Install them now with 'sudo $command'?"; then
            say "Not installed. To do it yourself: sudo apt-get update && sudo $command"
            return 1
        fi
        if has_terminal; then sudo -v || return 1; fi # the password is asked for before output begins
    fi
    say "Installing the system packages …"
    apt_get update || say "The package lists could not be refreshed; trying with those that are here."
    # shellcheck disable=SC2086 # one word for each package
    apt_get install -y --no-install-recommends $packages && return 0
    say "Some system packages could not be installed. Is this computer online? To try it by hand:"
    say "  ${as_root:+sudo }$command"
    return 1
}

# Runs apt-get as root, shows that it moves, and returns its exit code.
apt_get() {
    code=$(
        {
            {
                $as_root env DEBIAN_FRONTEND=noninteractive \
                    apt-get -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" </dev/null 2>&1
                echo $? >&3
            } | thin_out
        } 3>&1
    )
    return "${code:-1}"
}

# Shows a long output as one moving line, or on no terminal as a line now and then; errors always.
thin_out() {
    count=0
    while IFS= read -r line; do
        count=$((count + 1))
        case $line in
            E:* | sudo:*) say "$line" ;;
            *)
                if [ -t 2 ]; then
                    printf '\r\033[K  %.75s' "$line" >&2
                elif [ $((count % 40)) = 0 ]; then
                    say "  $line"
                fi
                ;;
        esac
    done
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

# Sees to it that the system has what Repartee needs; "test" adds what only the tests need.
prepare_system() {
    case $(uname -s) in
        Darwin) prepare_macos ;;
        *) prepare_linux "$1" ;;
    esac
}

prepare_linux() {
    find_python || :
    needs=$(base_needs | missing_of)
    python_missing=$(python_needs)
    [ -z "$python_missing" ] || needs=$(printf '%s\n%s' "$python_missing" "$needs" | sed '/^$/d')
    extra=
    [ "$1" != test ] || extra=$(test_needs | missing_of)
    if have apt-get; then
        if [ -n "$needs" ]; then
            install_with_apt "$(printf '%s\n%s' "$needs" "$extra" | sed '/^$/d')" || return 1
        elif [ -n "$extra" ]; then
            install_with_apt "$extra" || say "Going on without: the tests that need them are skipped."
        fi
        find_python || :
    else
        name_missing "$needs" "$extra"
    fi
    if [ -z "$python" ]; then
        say "Repartee needs Python 3.11 or newer, and this system offers none: install python3.11, python3.12 or"
        say "python3.13 with its venv module (on Ubuntu 22.04: sudo apt-get install python3.11 python3.11-venv)"
        say "or set REPARTEE_PYTHON to the path of one, then start again."
        return 1
    fi
    have_compiler || is_built || {
        say "A C++ compiler is needed to build the text-model engine: install g++ or clang, then start again."
        return 1
    }
}

is_built() { [ -r "$root/.venv/setup/llama" ]; }

# For systems without apt-get: say what is missing, by file, and go on.
name_missing() {
    [ -n "$1$2" ] || return 0
    say "Repartee would like these, which were not found here; install them with your system's package manager:"
    printf '%s\n%s\n' "$1" "$2" | sed '/^$/d' | while IFS='|' read -r _ what _ why; do
        say "  $what  ($why)"
    done
    say "Going on: what they are for may not work without them."
}

prepare_macos() {
    if ! xcode-select -p >/dev/null 2>&1; then
        say "Apple's command line tools are needed to build the text-model engine. Run this, then start again:"
        say "  xcode-select --install"
        return 1
    fi
    find_python && return 0
    if have brew; then
        say "Repartee needs Python 3.11 or newer; Homebrew can install it: brew install python@3.13"
        if { [ "${REPARTEE_YES:-}" = 1 ] || has_terminal; } && ask "Run that now?"; then
            brew install python@3.13 </dev/null >&2 || return 1
            find_python && return 0
        fi
        return 1
    fi
    say "Repartee needs Python 3.11 or newer: install it from python.org or with Homebrew, then start again."
    return 1
}
