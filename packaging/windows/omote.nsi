; setup.exe: one file for people, and for whoever deploys without MSI. Per machine. docs/it.md says what may be said to it.
;   Omote-x.y.z-setup.exe [/S] [/CONFIG=FILE] [/LANGUAGE=ja|en] [/AUTOSTART=1|0] [/DESKTOPSHORTCUT=1|0] [/WAIT=SECONDS] [/LOG=FILE] [/D=FOLDER]
;   uninstall.exe [/S] [/REMOVEDATA] [/LOG=FILE] [_?=FOLDER]
; Exit status: 0 done; 1 cancelled; 2 it could not be done, the log says why; 13 the settings file is refused (the program is installed,
; settings are as before); 87 wrong parameter; 1618 Omote is running, nothing was changed (Intune tries again); 1638 a newer one, or the MSI.
; Built with VERSION, PAYLOAD (dist\omote), BUILD (omote.ico, payload.nsh), OUT; SIGN is a command that signs a file, for uninstall.exe.
Unicode true
Target amd64-unicode
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include x64.nsh

!define KEY "SOFTWARE\Omote"
!define SETUP "SOFTWARE\Omote\Setup"
!define UNINSTALL "SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Omote"
!define RUN "SOFTWARE\Microsoft\Windows\CurrentVersion\Run"
!define MARK "Global\Omote.Running" ; app/running_mark.py makes it

!define REFUSED_SETTINGS 13
!define WRONG_PARAMETER 87
!define RUNS 1618
!define ANOTHER_VERSION 1638

Name "Omote"
OutFile "${OUT}"
BrandingText "Omote ${VERSION}"
SetCompressor /SOLID lzma
RequestExecutionLevel admin
!ifdef SIGN
  !if "${SIGN}" != ""
    !uninstfinalize '${SIGN} "%1"'
  !endif
!endif
InstallDir "$PROGRAMFILES64\Omote"
ManifestDPIAware true
ManifestSupportedOS Win10
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 ProductName "Omote"
VIAddVersionKey /LANG=1041 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=1041 FileVersion "${VERSION}"
VIAddVersionKey /LANG=1041 FileDescription "Omote setup"
VIAddVersionKey /LANG=1041 CompanyName "Omote maintainers"
VIAddVersionKey /LANG=1041 LegalCopyright "GPL-3.0-or-later"

Var log
Var config
Var speaks
Var autostart
Var shortcut
Var wait
Var code

!define MUI_ICON "${BUILD}\omote.ico"
!define MUI_UNICON "${BUILD}\omote.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartAsUser
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English ; the first one is for systems in neither
!insertmacro MUI_LANGUAGE Japanese

LangString PROGRAM ${LANG_JAPANESE} "Omote"
LangString PROGRAM ${LANG_ENGLISH} "Omote"
LangString AUTOSTART ${LANG_JAPANESE} "サインインしたら起動する"
LangString AUTOSTART ${LANG_ENGLISH} "Start when somebody signs in"
LangString DESKTOP ${LANG_JAPANESE} "デスクトップのショートカット"
LangString DESKTOP ${LANG_ENGLISH} "Shortcut on the desktop"
LangString SHOWS ${LANG_JAPANESE} "電話をかけてきたお客様を表示します"
LangString SHOWS ${LANG_ENGLISH} "Shows who is calling"
LangString RUNNING ${LANG_JAPANESE} "この PC で Omote が動いています。何も変更していません。$\n終了して(トレイの「終了」)、もう一度実行してください。"
LangString RUNNING ${LANG_ENGLISH} "Omote is running on this PC; nothing was changed.$\nEnd it (tray, Quit), then try again."
LangString NEWER ${LANG_JAPANESE} "新しい Omote がインストール済みです。このバージョンにするには、先にアンインストールしてください。"
LangString NEWER ${LANG_ENGLISH} "A newer Omote is installed already; remove it first if you want this one."
LangString BY_MSI ${LANG_JAPANESE} "Omote は MSI でインストールされています。先にアンインストールするか、新しい MSI を使ってください。"
LangString BY_MSI ${LANG_ENGLISH} "Omote was installed by the MSI; remove that first, or use a newer MSI."
LangString NO_CONFIG ${LANG_JAPANESE} "/CONFIG= のファイルがありません。フルパスで指定してください。"
LangString NO_CONFIG ${LANG_ENGLISH} "/CONFIG= names no file that is there; give its full path."
LangString WRONG ${LANG_JAPANESE} "指定できるのは /LANGUAGE=ja または en、/AUTOSTART=1 または 0、/DESKTOPSHORTCUT=1 または 0 です。"
LangString WRONG ${LANG_ENGLISH} "These can be said: /LANGUAGE=ja or en, /AUTOSTART=1 or 0, /DESKTOPSHORTCUT=1 or 0."
LangString REFUSED ${LANG_JAPANESE} "設定ファイルに誤りがあります。プログラムはインストールしましたが、設定は元のままです。理由はログにあります:"
LangString REFUSED ${LANG_ENGLISH} "The settings file has a mistake. The program is installed, the settings are as they were. The log says why:"
LangString FAILED ${LANG_JAPANESE} "ファイルを書き込めませんでした。ログを確認してください:"
LangString FAILED ${LANG_ENGLISH} "Files could not be written; see the log:"

; ---- the log: one line for each thing done, UTF-16 so that folders with any name can be read
!macro LogLine text
  Push $9
  FileOpen $9 "$log" a
  FileSeek $9 0 END
  FileWriteUTF16LE /BOM $9 "${text}$\r$\n"
  FileClose $9
  Pop $9
!macroend
!define Log "!insertmacro LogLine"

!macro OpenLog what
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/LOG=" $log
  ${If} ${Errors}
    StrCpy $log "$WINDIR\Temp\Omote-setup.log"
  ${EndIf}
  ${GetTime} "" "L" $1 $2 $3 $4 $5 $6 $7
  ${Log} "---- $3-$2-$1 $5:$6:$7 ${what} ${VERSION}: $0"
!macroend

; ---- refusing: a line in the log, a box unless silent, a status of its own
!macro RefuseWith status words
  ${Log} "refused (${status}): ${words}"
  MessageBox MB_OK|MB_ICONEXCLAMATION "${words}" /SD IDOK
  SetErrorLevel ${status}
  Quit
!macroend
!define Refuse "!insertmacro RefuseWith"

; whether any Omote on this PC has its mark, whoever's it is: $0 is 1 or 0
!macro LookForRunning
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "${MARK}") p .r1 ?e'
  Pop $2
  StrCpy $0 0
  ${If} $1 P<> 0
    System::Call 'kernel32::CloseHandle(p r1)'
    StrCpy $0 1
  ${ElseIf} $2 = 5 ; somebody else's: it is there, and not ours to open
    StrCpy $0 1
  ${EndIf}
!macroend

!macro WaitUntilEnded
  ${Do}
    !insertmacro LookForRunning
    ${If} $0 = 0
    ${OrIf} $wait <= 0
      ${Break}
    ${EndIf}
    Sleep 1000
    IntOp $wait $wait - 1
  ${Loop}
  ${If} $0 = 1
    ${Refuse} ${RUNS} $(RUNNING)
  ${EndIf}
!macroend

!macro OneOf value first second
  ${If} ${value} != ""
  ${AndIf} ${value} != "${first}"
  ${AndIf} ${value} != "${second}"
    ${Refuse} ${WRONG_PARAMETER} $(WRONG)
  ${EndIf}
!macroend

; what the command line says, else what was chosen the last time
!macro Option word name into
  ClearErrors
  ${GetOptions} $8 "/${word}=" ${into}
  ${If} ${Errors}
    ReadRegStr ${into} HKLM "${SETUP}" "${name}"
  ${EndIf}
!macroend

Section "!$(PROGRAM)" SecProgram
  SectionIn RO
SectionEnd
Section /o "$(AUTOSTART)" SecAutostart
SectionEnd
Section /o "$(DESKTOP)" SecDesktop
SectionEnd

Function .onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $code 0
  !insertmacro OpenLog "install"
  StrCpy $8 $0
  !insertmacro Option LANGUAGE Language $speaks
  !insertmacro Option AUTOSTART Autostart $autostart
  !insertmacro Option DESKTOPSHORTCUT DesktopShortcut $shortcut
  !insertmacro OneOf $speaks "ja" "en"
  !insertmacro OneOf $autostart "1" "0"
  !insertmacro OneOf $shortcut "1" "0"
  ${If} $speaks == "ja"
    StrCpy $LANGUAGE ${LANG_JAPANESE}
  ${ElseIf} $speaks == "en"
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
  ${GetOptions} $8 "/WAIT=" $wait
  ${GetOptions} $8 "/CONFIG=" $config
  ${If} $config != ""
  ${AndIfNot} ${FileExists} "$config"
    ${Refuse} 2 $(NO_CONFIG)
  ${EndIf}

  ReadRegStr $0 HKLM "${SETUP}" "By"
  ${If} $0 == "msi"
    ${Refuse} ${ANOTHER_VERSION} $(BY_MSI)
  ${EndIf}
  ReadRegStr $0 HKLM "${UNINSTALL}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 = 1
      ${Refuse} ${ANOTHER_VERSION} $(NEWER)
    ${EndIf}
  ${EndIf}
  ReadRegStr $0 HKLM "${SETUP}" "Folder"
  ${If} $0 != ""
  ${AndIf} $INSTDIR == "$PROGRAMFILES64\Omote"
    StrCpy $INSTDIR $0
  ${EndIf}
  !insertmacro WaitUntilEnded
  ${If} $autostart == "1"
    !insertmacro SelectSection ${SecAutostart}
  ${EndIf}
  ${If} $shortcut == "1"
    !insertmacro SelectSection ${SecDesktop}
  ${EndIf}
FunctionEnd

Function .onVerifyInstDir ; the uninstaller takes away folders with plain names: this one has to be ours
  ${GetFileName} "$INSTDIR" $0
  ${If} $0 != "Omote"
    StrCpy $INSTDIR "$INSTDIR\Omote"
  ${EndIf}
FunctionEnd

Function RemoveOlder ; by its own uninstaller, which knows its files
  ReadRegStr $0 HKLM "${SETUP}" "Folder"
  ReadRegStr $1 HKLM "${UNINSTALL}" "DisplayVersion"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\uninstall.exe"
    ExecWait '"$0\uninstall.exe" /S /UPGRADE "/LOG=$log" _?=$0' $2
    ${Log} "version $1 in $0 taken away: status $2"
    ${If} $2 != 0
      ${Log} "refused (2): the older version stays"
      SetErrorLevel 2
      Abort
    ${EndIf}
    Delete "$0\uninstall.exe"
    RMDir "$0"
  ${EndIf}
FunctionEnd

Function KeepDataForAdministrators ; Windows lets anybody write below ProgramData
  CreateDirectory "$APPDATA\Omote"
  nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\Omote" /setowner *S-1-5-32-544 /T /C'
  Pop $0
  nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\Omote" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX'
  Pop $0
  ${Log} "permissions of $APPDATA\Omote: status $0"
  nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\Omote\*" /reset /T /C /Q' ; whatever lay there before has them too
  Pop $0
FunctionEnd

Function Configure
  ${If} $config == ""
    Return
  ${EndIf}
  nsExec::ExecToStack '"$INSTDIR\omote-cli.exe" config check "$config"'
  Pop $0
  Pop $1
  ${Log} "omote config check $config: status $0: $1"
  ${If} $0 == 0
    CopyFiles /SILENT "$config" "$APPDATA\Omote\settings.toml"
    ${Log} "settings are in $APPDATA\Omote\settings.toml"
  ${Else}
    StrCpy $code ${REFUSED_SETTINGS}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(REFUSED) $log" /SD IDOK
  ${EndIf}
FunctionEnd

!macro Rule file name
  nsExec::Exec '"$SYSDIR\netsh.exe" advfirewall firewall delete rule name="${name}" program="$INSTDIR\${file}"'
  Pop $0
  nsExec::Exec '"$SYSDIR\netsh.exe" advfirewall firewall add rule name="${name}" dir=in action=allow program="$INSTDIR\${file}" profile=domain,private enable=yes'
  Pop $0
  ${Log} "firewall rule for ${file}: status $0"
!macroend

Function Register
  WriteRegStr HKLM "SOFTWARE\Classes\Omote.tel" "" "URL:Omote"
  WriteRegStr HKLM "SOFTWARE\Classes\Omote.tel" "URL Protocol" ""
  WriteRegStr HKLM "SOFTWARE\Classes\Omote.tel\DefaultIcon" "" '"$INSTDIR\omote.exe",0'
  WriteRegStr HKLM "SOFTWARE\Classes\Omote.tel\shell\open\command" "" '"$INSTDIR\omote.exe" dial "%1"'
  WriteRegStr HKLM "${KEY}\Capabilities" "ApplicationName" "Omote"
  WriteRegStr HKLM "${KEY}\Capabilities" "ApplicationDescription" "Dials the number of a link / リンクの番号に発信します"
  WriteRegStr HKLM "${KEY}\Capabilities\UrlAssociations" "tel" "Omote.tel"
  WriteRegStr HKLM "${KEY}\Capabilities\UrlAssociations" "callto" "Omote.tel"
  WriteRegStr HKLM "${KEY}\Capabilities\UrlAssociations" "sip" "Omote.tel"
  WriteRegStr HKLM "SOFTWARE\RegisteredApplications" "Omote" "${KEY}\Capabilities"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "Omote"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "Publisher" "Omote maintainers"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayIcon" "$INSTDIR\omote.exe"
  WriteRegStr HKLM "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${UNINSTALL}" "EstimatedSize" $0
  WriteRegStr HKLM "${SETUP}" "By" "setup.exe"
  WriteRegStr HKLM "${SETUP}" "Version" "${VERSION}"
  WriteRegStr HKLM "${SETUP}" "Folder" "$INSTDIR"
  WriteRegStr HKLM "${SETUP}" "Language" "$speaks"
  WriteRegStr HKLM "${SETUP}" "Autostart" "$autostart"
  WriteRegStr HKLM "${SETUP}" "DesktopShortcut" "$shortcut"
  ${If} $speaks != ""
    WriteRegStr HKLM "${KEY}\Settings\desk" "language" "$speaks"
  ${EndIf}
FunctionEnd

Function Shortcuts
  CreateShortcut "$SMPROGRAMS\Omote.lnk" "$INSTDIR\omote.exe" "" "$INSTDIR\omote.exe" 0 SW_SHOWNORMAL "" "$(SHOWS)"
  ${If} $autostart == "1"
    WriteRegStr HKLM "${RUN}" "Omote" '"$INSTDIR\omote.exe"'
  ${Else}
    DeleteRegValue HKLM "${RUN}" "Omote"
  ${EndIf}
  ${If} $shortcut == "1"
    CreateShortcut "$DESKTOP\Omote.lnk" "$INSTDIR\omote.exe" "" "$INSTDIR\omote.exe" 0 SW_SHOWNORMAL "" "$(SHOWS)"
  ${Else}
    Delete "$DESKTOP\Omote.lnk"
  ${EndIf}
FunctionEnd

Function Chosen ; what was ticked; silently it is what the command line said
  ${If} ${Silent}
    Return
  ${EndIf}
  StrCpy $autostart 0
  StrCpy $shortcut 0
  ${If} ${SectionIsSelected} ${SecAutostart}
    StrCpy $autostart 1
  ${EndIf}
  ${If} ${SectionIsSelected} ${SecDesktop}
    StrCpy $shortcut 1
  ${EndIf}
FunctionEnd

Section -Install
  Call .onVerifyInstDir
  Call Chosen
  Call RemoveOlder
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${PAYLOAD}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    ${Log} "refused (2): files could not be written to $INSTDIR"
    MessageBox MB_OK|MB_ICONSTOP "$(FAILED) $log" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  ${Log} "files are in $INSTDIR"
  Call KeepDataForAdministrators
  Call Register
  Call Shortcuts
  !insertmacro Rule omote.exe "Omote"
  !insertmacro Rule omote-cli.exe "Omote (command line)"
  Call Configure
  ${Log} "installed: status $code"
  SetErrorLevel $code
SectionEnd

Function StartAsUser ; not as the administrator who installs
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\omote.exe"'
FunctionEnd

; ---- uninstall.exe

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  !insertmacro OpenLog "uninstall"
  StrCpy $8 $0
  ${GetOptions} $8 "/WAIT=" $wait
  ReadRegStr $speaks HKLM "${SETUP}" "Language"
  ${If} $speaks == "ja"
    StrCpy $LANGUAGE ${LANG_JAPANESE}
  ${ElseIf} $speaks == "en"
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
  !insertmacro WaitUntilEnded
FunctionEnd

!macro NoRule name
  nsExec::Exec '"$SYSDIR\netsh.exe" advfirewall firewall delete rule name="${name}"'
  Pop $0
!macroend

Section Uninstall
  !include "${BUILD}\payload.nsh" ; payload_names.py writes it
  ClearErrors
  ${GetOptions} $8 "/UPGRADE" $0
  ${IfNot} ${Errors} ; the newer one writes everything else over it
    ${Log} "files of $INSTDIR taken away for an upgrade"
    SetErrorLevel 0
    Return
  ${EndIf}
  Delete "$SMPROGRAMS\Omote.lnk"
  Delete "$DESKTOP\Omote.lnk"
  DeleteRegValue HKLM "${RUN}" "Omote"
  DeleteRegValue HKLM "SOFTWARE\RegisteredApplications" "Omote"
  DeleteRegKey HKLM "SOFTWARE\Classes\Omote.tel"
  DeleteRegKey HKLM "${UNINSTALL}"
  DeleteRegKey HKLM "${SETUP}"
  DeleteRegKey HKLM "${KEY}\Capabilities"
  DeleteRegValue HKLM "${KEY}\Settings\desk" "language" ; IT may have written others beside it
  DeleteRegKey /ifempty HKLM "${KEY}\Settings\desk"
  DeleteRegKey /ifempty HKLM "${KEY}\Settings"
  DeleteRegKey /ifempty HKLM "${KEY}"
  !insertmacro NoRule "Omote"
  !insertmacro NoRule "Omote (command line)"
  ClearErrors
  ${GetOptions} $8 "/REMOVEDATA" $0
  ${IfNot} ${Errors}
    Delete "$APPDATA\Omote\settings.toml"
    ${Log} "the machine's settings are taken away; what is in people's own folders stays"
  ${EndIf}
  RMDir "$APPDATA\Omote" ; if nothing is in it
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${Log} "uninstalled: status 0"
  SetErrorLevel 0
SectionEnd
