# Set up Repartee on Windows with what its tests need, then check everything: lint, format, types, tests.
#
#   powershell -ExecutionPolicy Bypass -File packaging\test.ps1 [arguments for pytest]
#
# Every step runs even if one before it failed; the exit code is 0 only if all passed.
# Written with care, but so far untested on Windows.

. "$PSScriptRoot\setup-lib.ps1"

$root = (Resolve-Path -LiteralPath "$PSScriptRoot\..").ProviderPath
$key = Get-SetUpKey $root
if ($env:CMAKE_ARGS -or -not (Test-Ready $root 'test' $key)) {
    $code = Invoke-SetUp $root @('--profile', 'test', '--key', $key)
    if ($code -ne 0) { exit $code }
}

Set-Location -LiteralPath $root
if (-not $env:QT_QPA_PLATFORM) { $env:QT_QPA_PLATFORM = 'offscreen' }
$ErrorActionPreference = 'Continue'
$failed = @()

function Invoke-Step([string] $Name, [string[]] $Words) {
    Write-Words "== $Name"
    & "$root\.venv\Scripts\python.exe" -m @Words | Out-Host
    if ($LASTEXITCODE -ne 0) { $script:failed += $Name }
}

Invoke-Step 'lint' @('ruff', 'check', '--output-format', 'concise', '.')
Invoke-Step 'format' @('ruff', 'format', '--check', '.')
Invoke-Step 'types' @('mypy')
Invoke-Step 'tests' (@('pytest') + @($args))

if ($failed.Count -gt 0) {
    Write-Words ('Failed: ' + ($failed -join ', '))
    exit 1
}
Write-Words 'Passed: lint, format, types, tests'
exit 0
