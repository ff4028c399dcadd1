#!/bin/sh
# Set up Repartee with what its tests need, then check everything: lint, format, types, tests.
#
#   sh packaging/test.sh [arguments for pytest]
#
# Every step runs even if one before it failed; the exit code is 0 only if all passed.
set -u

case $0 in
    */*) root=${0%/*}/.. ;;
    *) root=.. ;;
esac
root=$(CDPATH='' cd -- "$root" && pwd -P) || exit 1
# shellcheck source=packaging/setup-lib.sh
. "$root/packaging/setup-lib.sh"

key=$(setup_key)
if [ -n "${CMAKE_ARGS:-}" ] || ! is_ready test "$key"; then
    prepare_system test || exit 1
    # shellcheck disable=SC2154 # prepare_system sets python
    "$python" "$root/packaging/set_up.py" --profile test --key "$key" --python "$python" || exit $?
fi

cd "$root" || exit 1
QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
export QT_QPA_PLATFORM
failed=

step() {
    name=$1
    shift
    say "== $name"
    "$@" </dev/null || failed="$failed $name,"
}

step "lint" .venv/bin/python -m ruff check --output-format concise .
step "format" .venv/bin/python -m ruff format --check .
step "types" .venv/bin/python -m mypy
step "tests" .venv/bin/python -m pytest "$@"

if [ -n "$failed" ]; then
    say "Failed: ${failed%,}"
    exit 1
fi
say "Passed: lint, format, types, tests"
