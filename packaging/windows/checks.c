/* What the MSI asks before it changes anything; it only sets properties, the words stand in omote.wxs. */
#include <windows.h>
#include <msi.h>
#include <msiquery.h>

/* app/running_mark.py makes this name; omote.nsi looks for it too */
#define RUNNING L"Global\\Omote.Running"

static int anybody_runs(void)
{
    HANDLE mark = OpenMutexW(SYNCHRONIZE, FALSE, RUNNING);
    if (mark) {
        CloseHandle(mark);
        return 1;
    }
    return GetLastError() == ERROR_ACCESS_DENIED; /* somebody else's is there all the same */
}

static int is_missing(const WCHAR *path)
{
    DWORD attributes;
    int is_full = (path[0] && path[1] == L':') || (path[0] == L'\\' && path[1] == L'\\');
    if (!path[0])
        return 0;
    attributes = GetFileAttributesW(path);
    return !is_full || attributes == INVALID_FILE_ATTRIBUTES || (attributes & FILE_ATTRIBUTE_DIRECTORY);
}

__declspec(dllexport) UINT __stdcall LookAround(MSIHANDLE install)
{
    WCHAR path[1024] = L"";
    DWORD length = sizeof path / sizeof *path;
    if (anybody_runs())
        MsiSetPropertyW(install, L"OMOTERUNS", L"1");
    if (MsiGetPropertyW(install, L"CONFIGFILE", path, &length) != ERROR_SUCCESS || is_missing(path))
        MsiSetPropertyW(install, L"CONFIGMISSING", L"1");
    return ERROR_SUCCESS;
}
