# Set-up library for Windows: what run.ps1 and test.ps1 share. Finds Python and a C++ compiler, tells how to get
# them, hands over to set_up.py for everything inside .venv. For Windows PowerShell 5.1 and newer; ASCII only.
# Written with care, but so far untested on Windows.

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Standard output belongs to "repartee ... --json": people are spoken to on standard error.
function Write-Words([string] $Text) {
    [Console]::Error.WriteLine($Text)
}

# What the set-up in .venv is compared with: the pins, the project, the set-up itself and where it lies.
function Get-SetUpKey([string] $Root) {
    $files = @("$Root\pyproject.toml", "$Root\packaging\constraints.txt", "$Root\packaging\llama.cmake")
    $files += @(Get-ChildItem "$Root\packaging\*.py" | Sort-Object Name | ForEach-Object { $_.FullName })
    $sums = $files | ForEach-Object { (Get-FileHash -Algorithm SHA256 -LiteralPath $_).Hash.Substring(0, 16) }
    return "$Root " + ($sums -join ' ')
}

function Test-Ready([string] $Root, [string] $SetUpProfile, [string] $Key) {
    $stamp = "$Root\.venv\setup\ready-$SetUpProfile"
    if (-not (Test-Path -LiteralPath $stamp) -or -not (Test-Path -LiteralPath "$Root\.venv\Scripts\repartee.exe")) {
        return $false
    }
    return ([IO.File]::ReadAllText($stamp).Trim() -eq $Key)
}

# The path of a Python of 3.11 or newer, or nothing. The stub that opens the Microsoft Store answers nothing.
function Find-Python {
    $code = 'import sys; print(sys.executable if sys.version_info >= (3, 11) else str())'
    $candidates = @()
    if ($env:REPARTEE_PYTHON) { $candidates += , @($env:REPARTEE_PYTHON) }
    foreach ($version in '3.13', '3.12', '3.11', '3.14') { $candidates += , @('py', "-$version") }
    $candidates += , @('python')
    foreach ($candidate in $candidates) {
        if (-not (Get-Command $candidate[0] -ErrorAction SilentlyContinue)) { continue }
        $words = @($candidate | Select-Object -Skip 1) + @('-c', $code)
        $before = $ErrorActionPreference
        $ErrorActionPreference = 'SilentlyContinue'  # 5.1 takes words on standard error for errors
        try { $answer = & $candidate[0] @words 2>$null } catch { $answer = $null }
        $ErrorActionPreference = $before
        if ($answer) { return "$answer".Trim() }
    }
    return $null
}

function Test-Compiler {
    if ($env:CXX -or (Get-Command cl.exe -ErrorAction SilentlyContinue)) { return $true }
    $vswhere = "${env:ProgramFiles(x86)}\Microsoft Visual Studio\Installer\vswhere.exe"
    if (-not (Test-Path -LiteralPath $vswhere)) { return $false }
    $component = 'Microsoft.VisualStudio.Component.VC.Tools.x86.x64'
    if ($env:PROCESSOR_ARCHITECTURE -eq 'ARM64') { $component = 'Microsoft.VisualStudio.Component.VC.Tools.ARM64' }
    return [bool](& $vswhere -latest -products * -requires $component -property installationPath)
}

# Runs set_up.py with $Arguments; tells what is missing where something is. Returns the exit code.
function Invoke-SetUp([string] $Root, [string[]] $Arguments) {
    $python = Find-Python
    if (-not $python) {
        Write-Words 'Repartee needs Python 3.11 or newer. Install it, open a new terminal and start again:'
        Write-Words '  winget install Python.Python.3.13'
        return 1
    }
    if (-not (Test-Compiler) -and -not (Test-Path -LiteralPath "$Root\.venv\setup\llama")) {
        Write-Words 'A C++ compiler is needed to build the text-model engine. Install it and start again:'
        Write-Words ('  winget install Microsoft.VisualStudio.2022.BuildTools --override ' +
            '"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"')
        return 1
    }
    & $python "$Root\packaging\set_up.py" --python $python @Arguments | Out-Host
    return $LASTEXITCODE
}
