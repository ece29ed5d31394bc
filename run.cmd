@echo off
rem Sets Omote up where that is still to be done, then starts what you ask for: ./run for Windows, with the same words.
setlocal
set "asked_from=%CD%"
cd /d "%~dp0"
set "PYTHONDONTWRITEBYTECODE="
set "venv=.venv\Scripts\python.exe"
set "word=%~1"
if "%word%"=="" set "word=demo"
set "rest="
:gather
shift /1
if "%~1"=="" goto gathered
set rest=%rest% %1
goto gather
:gathered
for %%w in (demo setup test test-pbx check bench soak omote) do if "%word%"=="%%w" goto known
echo usage: run [setup ^| test [pytest arguments] ^| test-pbx ^| check ^| bench [arguments] ^| soak fuzz ^| omote COMMAND]   (no word: the demo) 1>&2
exit /b 2

:known
call :set_up
if not "%errorlevel%"=="0" exit /b 1
"%venv%" packaging\compile_catalogues.py
if not "%errorlevel%"=="0" exit /b 1
goto %word%

:setup
echo run: ready 1>&2
exit /b 0

:demo
"%venv%" -m app demo %rest%
exit /b %errorlevel%

:test
"%venv%" -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder %rest%
exit /b %errorlevel%

:test-pbx
echo run: a real Asterisk is tried on Linux only; nothing was tried 1>&2
exit /b 2

:soak
echo run: soaks run on Linux only; nothing was tried 1>&2
exit /b 2

:bench
"%venv%" -m bench %rest%
exit /b %errorlevel%

:omote
set "PYTHONPATH=%CD%"
set "python=%CD%\%venv%"
cd /d "%asked_from%"
"%python%" -P -m app %rest%
exit /b %errorlevel%

:check
set "failed=0"
"%venv%" -m ruff check --no-fix .
if not "%errorlevel%"=="0" set "failed=1"
"%venv%" -m ruff format --check .
if not "%errorlevel%"=="0" set "failed=1"
"%venv%" -m mypy
if not "%errorlevel%"=="0" set "failed=1"
"%venv%" -c "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
if not "%errorlevel%"=="0" set "failed=1"
exit /b %failed%

:set_up
if not exist "%venv%" goto install
if not exist .venv\ready goto install
call :stamp .venv\wanted
fc /b .venv\wanted .venv\ready >nul 2>&1
if "%errorlevel%"=="0" exit /b 0
:install
if not defined PYTHON set "PYTHON=py -3"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1
if not "%errorlevel%"=="0" goto too_old
echo run: installing the locked packages into .venv 1>&2
if exist .venv\ready del .venv\ready
%PYTHON% -m venv --clear .venv
if not "%errorlevel%"=="0" goto no_environment
"%venv%" -m pip install --quiet --require-hashes --no-deps --only-binary :all: --no-input --disable-pip-version-check -r requirements.lock
if not "%errorlevel%"=="0" goto no_packages
call :stamp .venv\ready
exit /b %errorlevel%

:too_old
echo run: Omote needs Python 3.11 or newer: install it, or name it: set PYTHON="C:\path\to\python.exe" 1>&2
exit /b 1

:no_environment
echo run: no virtual environment could be made in "%CD%\.venv": can this folder be written to? 1>&2
exit /b 1

:no_packages
echo run: the packages could not be had: is this machine online? PIP_INDEX_URL names a mirror. 1>&2
exit /b 1

rem What the set-up depends on: another lock or another Python makes it stale.
:stamp
"%venv%" -c "import hashlib, pathlib, sys; print(sys.implementation.cache_tag, hashlib.sha256(pathlib.Path('requirements.lock').read_bytes()).hexdigest())" >%1 2>nul
exit /b %errorlevel%
