# Start Repartee on Windows; set it up first where that has not been done.
#
#   powershell -ExecutionPolicy Bypass -File packaging\run.ps1 [arguments for repartee]
#
# REPARTEE_PYTHON=PATH  the Python (3.11 or newer) to use
# REPARTEE_TORCH=1      install torch, too, for the engines that need it
# CMAKE_ARGS=...        build llama.cpp with these arguments
#
# Written with care, but so far untested on Windows.

. "$PSScriptRoot\setup-lib.ps1"

$root = (Resolve-Path -LiteralPath "$PSScriptRoot\..").ProviderPath
$setUpProfile = 'run'
if ($env:REPARTEE_TORCH -eq '1') { $setUpProfile = 'torch' }
$key = Get-SetUpKey $root
if ($env:CMAKE_ARGS -or -not (Test-Ready $root $setUpProfile $key)) {
    $code = Invoke-SetUp $root @('--profile', $setUpProfile, '--key', $key)
    if ($code -ne 0) { exit $code }
}
$ErrorActionPreference = 'Continue'  # 5.1 takes words on standard error for errors
& "$root\.venv\Scripts\repartee.exe" @args
exit $LASTEXITCODE
