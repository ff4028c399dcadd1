#!/bin/sh
# Start Repartee; set it up first where that has not been done.
#
#   sh packaging/run.sh [arguments for repartee]
#
# REPARTEE_YES=1        install missing system packages without a question
# REPARTEE_PYTHON=PATH  the Python (3.11 or newer) to use
# REPARTEE_TORCH=1      install torch, too, for the engines that need it
# CMAKE_ARGS="…"        build llama.cpp with these arguments, for example -DGGML_VULKAN=on
set -u

case $0 in
    */*) root=${0%/*}/.. ;;
    *) root=.. ;;
esac
root=$(CDPATH='' cd -- "$root" && pwd -P) || exit 1
# shellcheck source=packaging/setup-lib.sh
. "$root/packaging/setup-lib.sh"

profile=run
[ "${REPARTEE_TORCH:-}" != 1 ] || profile=torch
key=$(setup_key)
if [ -z "${CMAKE_ARGS:-}" ] && is_ready "$profile" "$key"; then
    exec "$root/.venv/bin/repartee" "$@"
fi
prepare_system run || exit 1
# shellcheck disable=SC2154 # prepare_system sets python
exec "$python" "$root/packaging/set_up.py" --profile "$profile" --key "$key" --python "$python" --start "$@"
