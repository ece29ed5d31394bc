# Builds the real setup.exe and MSI on Windows: an environment from packaging\bundle.lock, the frozen program, its self-check, both installers.
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1 [-Version 0.1.0] [-Python py]
# Needs Python 3.11 or newer (64 bit), git, NSIS 3.08 or newer (makensis), WiX 5 or newer (wix, with its Firewall extension) and a C compiler
# for one DLL: gcc of MinGW-w64, or cl of a developer's prompt.
# Signs what it makes if OMOTE_SIGN is set: a command that gets a file's name as its last word, e.g.
#   $env:OMOTE_SIGN = 'signtool sign /fd SHA256 /sha1 THUMBPRINT /tr http://timestamp.example /td SHA256'
# OMOTE_RELEASE_URL: where the MSI will lie; with it the winget manifests are filled in too, in dist\winget.
# Not tried yet: no Windows was at hand (packaging/README.md).
param(
    [string] $Version = '',
    [string] $Python = 'py'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$root = Resolve-Path (Join-Path $PSScriptRoot '..\..')
Set-Location $root
$work = Join-Path $root 'build\windows'
$payload = Join-Path $root 'dist\omote'
$bundled = Join-Path $root '.venv-bundle\Scripts\python.exe'

function Invoke-Tool {
    # a command whose status counts: PowerShell itself goes on after one that has failed
    param([string] $Program, [string[]] $Words)
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with ${LASTEXITCODE}: $($Words -join ' ')" }
}

function Add-Signature {
    param([string] $File)
    if (-not $env:OMOTE_SIGN) { return }
    $words = @($env:OMOTE_SIGN -split ' ' | Where-Object { $_ })
    $rest = @($words | Select-Object -Skip 1) + $File
    Invoke-Tool $words[0] $rest
    if ((Get-AuthenticodeSignature -FilePath $File).Status -ne 'Valid') { Write-Warning "$File is signed, but this PC does not trust who signed it" }
}

function New-Environment {
    # what the lock says, in a folder of its own; made anew only when the lock has changed
    param([string] $Folder, [string] $Lock)
    $stamp = "$root\$Folder\ready"
    $wanted = (Get-FileHash -Algorithm SHA256 $Lock).Hash
    if ((Test-Path $stamp) -and ((Get-Content $stamp) -eq $wanted)) { return }
    Invoke-Tool $Python @('-m', 'venv', '--clear', $Folder)
    Invoke-Tool "$root\$Folder\Scripts\python.exe" @('-m', 'pip', 'install', '--quiet', '--require-hashes', '--no-deps', '--only-binary', ':all:',
        '--no-input', '--disable-pip-version-check', '-r', $Lock)
    Set-Content -Path $stamp -Value $wanted
}

function New-Manual {
    # as packaging/build-docs.sh does it
    $reader = "$root\.venv-docs\Scripts\python.exe"
    $site = "$work\site"
    Remove-Item -Recurse -Force $site, "$work\pages", "$work\locale", "$payload\docs" -ErrorAction SilentlyContinue
    Invoke-Tool $reader @('packaging\docs\stage.py', 'docs', "$work\pages")
    Copy-Item -Recurse 'packaging\docs\locale' "$work\locale"
    Invoke-Tool $reader @('-m', 'babel.messages.frontend', '-q', 'compile', '-D', 'sphinx', '-d', "$work\locale")
    foreach ($language in 'en', 'ja') {
        Invoke-Tool $reader @('-m', 'sphinx', '-q', '-W', '--keep-going', '-b', 'html', '-c', 'packaging\docs', '-D', "language=$language", '-D', "locale_dirs=$work\locale",
            '-d', "$work\read-$language", "$work\pages\$language", "$site\$language")
        foreach ($name in '.buildinfo', 'objects.inv', '_sources', '_static\searchtools.js', '_static\language_data.js') {
            Remove-Item -Recurse -Force "$site\$language\$name" -ErrorAction SilentlyContinue
        }
        Copy-Item 'packaging\linux\omote.svg' "$site\$language\_static\omote.svg"
    }
    Copy-Item 'packaging\docs\index.html' "$site\index.html"
    Copy-Item -Recurse $site "$payload\docs"
}

function New-Program {
    $env:SOURCE_DATE_EPOCH = (& git log -1 '--format=%ct')
    $env:PYTHONHASHSEED = '0'
    Invoke-Tool $bundled @('packaging\compile_catalogues.py')
    Invoke-Tool $bundled @('packaging\windows\render_ico.py', "$work\omote.ico")
    Invoke-Tool $bundled @('-m', 'PyInstaller', '--noconfirm', '--clean', '--log-level', 'WARN', '--distpath', 'dist', '--workpath', 'build\bundle',
        'packaging\omote.spec')
    git log -1 --format='%cs %h' | Set-Content -Encoding ascii "$payload\lib\BUILD"
    Invoke-Tool $bundled @('packaging\notices.py', $payload)
    Invoke-Tool "$payload\omote-cli.exe" @('--self-check')
    foreach ($name in 'omote.exe', 'omote-cli.exe') { Add-Signature "$payload\$name" }
}

function New-Checks {
    # the MSI's one DLL of its own
    if (Get-Command gcc -ErrorAction SilentlyContinue) {
        Invoke-Tool 'gcc' @('-O2', '-s', '-shared', '-o', "$work\checks.dll", 'packaging\windows\checks.c', '-lmsi')
    } else {
        Invoke-Tool 'cl' @('/nologo', '/O2', '/LD', "/Fe$work\checks.dll", "/Fo$work\checks.obj", 'packaging\windows\checks.c', 'msi.lib')
    }
    Add-Signature "$work\checks.dll"
}

if (-not $Version) {
    $Version = [regex]::Match((Get-Content -Raw 'pyproject.toml'), '(?m)^version = "([^"]+)"').Groups[1].Value
}
New-Item -ItemType Directory -Force $work | Out-Null
New-Environment '.venv-bundle' 'packaging\bundle.lock'
New-Environment '.venv-docs' 'packaging\docs.lock'
New-Program
New-Manual
New-Checks

Invoke-Tool $bundled @('packaging\windows\payload_names.py', $payload, "$work\payload.nsh")
$setup = "$root\dist\Omote-$Version-setup.exe"
$msi = "$root\dist\Omote-$Version-x64.msi"
Invoke-Tool 'makensis' @('-V2', '-WX', "-DVERSION=$Version", "-DPAYLOAD=$payload", "-DBUILD=$work", "-DOUT=$setup", "-DSIGN=$env:OMOTE_SIGN", 'packaging\windows\omote.nsi')
Invoke-Tool 'wix' @('build', '-arch', 'x64', '-ext', 'WixToolset.Firewall.wixext', '-d', "Version=$Version", '-d', "Payload=$payload", '-d', "Build=$work",
    '-out', $msi, 'packaging\windows\omote.wxs')
foreach ($file in $setup, $msi) { Add-Signature $file }
if ($env:OMOTE_RELEASE_URL) {
    Invoke-Tool $bundled @('packaging\windows\winget.py', $msi, "$env:OMOTE_RELEASE_URL/Omote-$Version-x64.msi")
}
Get-FileHash -Algorithm SHA256 -Path $setup, $msi
