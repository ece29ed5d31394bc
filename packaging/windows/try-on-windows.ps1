# Installs, looks at and uninstalls what build.ps1 has made, setup.exe and then the MSI, silently: on a PC of CI, as administrator.
# What wine can't show is looked at here: the firewall's rules, the data folder's permissions, the installed program's own check.
# Not tried yet: no Windows was at hand.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$root = Resolve-Path (Join-Path $PSScriptRoot '..\..')
$setup = (Get-ChildItem "$root\dist\Omote-*-setup.exe")[0].FullName
$msi = (Get-ChildItem "$root\dist\Omote-*-x64.msi")[0].FullName
$folder = "$env:ProgramFiles\Omote"
$settings = "$env:TEMP\omote-settings.toml"
Set-Content -Path $settings -Value "[desk]`ntheme = ""dark"""

function Assert-Status {
    param([string] $What, [int] $Wanted, [string] $Program, [string] $Words)
    $got = (Start-Process -FilePath $Program -ArgumentList $Words -Wait -PassThru).ExitCode
    if ($got -ne $Wanted) { throw "${What}: status $got instead of $Wanted" }
    Write-Output "${What}: status $got"
}

function Assert-True {
    param([string] $What, [bool] $Is)
    if (-not $Is) { throw "not so: $What" }
}

function Test-Installed {
    & "$folder\omote-cli.exe" --self-check
    Assert-True 'the program is whole' ($LASTEXITCODE -eq 0)
    $shown = (& "$folder\omote-cli.exe" config show --json) -join "`n" | ConvertFrom-Json
    $theme = $shown | Where-Object { $_.table -eq 'desk' -and $_.key -eq 'theme' }
    Assert-True 'the settings are the machine''s' ($theme.value -eq 'dark' -and $theme.origin -eq 'machine')
    $language = $shown | Where-Object { $_.table -eq 'desk' -and $_.key -eq 'language' }
    Assert-True 'the language is as was said' ($language.value -eq 'en' -and $language.origin -eq 'machine')
    $rules = @(Get-NetFirewallApplicationFilter -Program "$folder\omote.exe" | Get-NetFirewallRule | Where-Object Direction -eq 'Inbound')
    Assert-True 'the firewall has a rule' ($rules.Count -ge 1)
    $writers = (Get-Acl "$env:ProgramData\Omote").Access | Where-Object { $_.IdentityReference -like '*Users' -and $_.FileSystemRights -match 'Write|Modify|FullControl' }
    Assert-True 'only administrators write the settings' ($null -eq $writers)
}

Assert-Status 'setup.exe installs' 0 $setup "/S /CONFIG=$settings /LANGUAGE=en"
Test-Installed
Assert-Status 'setup.exe uninstalls' 0 "$folder\uninstall.exe" "/S /REMOVEDATA _?=$folder"
Start-Sleep -Seconds 5
Assert-Status 'the MSI installs' 0 'msiexec.exe' "/i ""$msi"" /qn REBOOT=ReallySuppress CONFIGFILE=""$settings"" LANGUAGE=en /l*v ""$env:TEMP\omote-msi.log"""
Test-Installed
Assert-Status 'the MSI repairs' 0 'msiexec.exe' "/fa ""$msi"" /qn"
Assert-Status 'the MSI uninstalls' 0 'msiexec.exe' "/x ""$msi"" /qn REMOVEDATA=1"
Assert-True 'nothing is left' (-not (Test-Path "$folder\omote.exe") -and -not (Test-Path 'HKLM:\SOFTWARE\Omote\Setup'))
