// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/terminal.h"

#include <QCoreApplication>

#include <atomic>
#include <windows.h>

namespace valise::cli {

namespace {

std::atomic<bool> g_interrupted{false};
std::function<void()> g_stop;

// Windows calls this on a thread of its own.
BOOL WINAPI handleControl(DWORD) {
    g_interrupted = true;
    if (QCoreApplication* app = QCoreApplication::instance())
        QMetaObject::invokeMethod(app, [] {
            if (g_stop)
                g_stop();
        });
    return TRUE;
}

} // namespace

std::optional<crypto::Secret> askPassphrase(const QString& prompt) {
    const HANDLE in = ::CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, nullptr,
                                    OPEN_EXISTING, 0, nullptr);
    const HANDLE out = ::CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_WRITE, nullptr,
                                     OPEN_EXISTING, 0, nullptr);
    if (in == INVALID_HANDLE_VALUE || out == INVALID_HANDLE_VALUE)
        return std::nullopt;
    DWORD count = 0;
    ::WriteConsoleW(out, prompt.utf16(), static_cast<DWORD>(prompt.size()), &count, nullptr);
    DWORD mode = 0;
    ::GetConsoleMode(in, &mode);
    ::SetConsoleMode(in, mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
    wchar_t wide[512];
    DWORD got = 0;
    const BOOL read = ::ReadConsoleW(in, wide, 511, &got, nullptr);
    ::SetConsoleMode(in, mode);
    ::WriteConsoleW(out, L"\r\n", 2, &count, nullptr);
    std::optional<crypto::Secret> secret;
    if (read) {
        while (got > 0 && (wide[got - 1] == L'\n' || wide[got - 1] == L'\r'))
            --got;
        char narrow[2048];
        const int size = ::WideCharToMultiByte(CP_UTF8, 0, wide, static_cast<int>(got), narrow, sizeof narrow,
                                               nullptr, nullptr);
        secret.emplace(
            ByteView(reinterpret_cast<const std::uint8_t*>(narrow), static_cast<std::size_t>(size)));
        crypto::wipe(narrow, sizeof narrow);
    }
    crypto::wipe(wide, sizeof wide);
    ::CloseHandle(in);
    ::CloseHandle(out);
    return secret;
}

void onInterrupt(std::function<void()> stop) {
    g_stop = std::move(stop);
    ::SetConsoleCtrlHandler(handleControl, TRUE);
}

bool interrupted() {
    return g_interrupted;
}

} // namespace valise::cli
