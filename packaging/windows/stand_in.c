/* Stands in for the frozen program where installers are tried and no Windows Python is to be had (build-on-linux.sh).

   stand_in config check FILE   as omote-cli: 0, or 1 and one line if there is no such file or it begins with "wrong"
   stand_in run SECONDS         is running that long, with the mark by which installers know it
   stand_in                     writes its arguments into %TEMP%\omote-stand-in.txt */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

static int check(const WCHAR *path)
{
    char begins[6] = "";
    FILE *file = _wfopen(path, L"rb");
    if (file) {
        fread(begins, 1, 5, file);
        fclose(file);
    }
    if (!file || !strcmp(begins, "wrong")) {
        printf("omote: the settings cannot be read\n");
        return 1;
    }
    printf("the settings are well formed\n");
    return 0;
}

int wmain(int count, WCHAR **words)
{
    WCHAR path[MAX_PATH];
    FILE *file;
    int n;
    if (count == 4 && !wcscmp(words[1], L"config") && !wcscmp(words[2], L"check"))
        return check(words[3]);
    if (count == 3 && !wcscmp(words[1], L"run")) {
        CreateMutexW(NULL, FALSE, L"Global\\Omote.Running");
        Sleep(1000 * _wtoi(words[2]));
        return 0;
    }
    GetTempPathW(MAX_PATH, path);
    wcscat(path, L"omote-stand-in.txt");
    file = _wfopen(path, L"w");
    if (!file)
        return 1;
    for (n = 1; n < count; n++)
        fwprintf(file, L"%ls\n", words[n]);
    fclose(file);
    return 0;
}
