// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/terminal.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

namespace valise::cli {

namespace {

// A signal handler may do little more than write to a descriptor. The event loop reads the other end.
int g_signalPipe[2] = {-1, -1};
volatile std::sig_atomic_t g_interrupted = 0;

void handleSignal(int) {
    g_interrupted = 1;
    const char one = 1;
    const ssize_t written = ::write(g_signalPipe[1], &one, 1);
    (void)written;
}

} // namespace

std::optional<crypto::Secret> askPassphrase(const QString& prompt) {
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0)
        return std::nullopt;
    const QByteArray text = prompt.toUtf8();
    ssize_t ignored = ::write(terminal, text.constData(), static_cast<std::size_t>(text.size()));
    termios before{};
    const bool known = ::tcgetattr(terminal, &before) == 0;
    if (known) {
        termios silent = before;
        silent.c_lflag &= static_cast<tcflag_t>(~ECHO);
        ::tcsetattr(terminal, TCSAFLUSH, &silent);
    }
    char buffer[1024];
    const ssize_t got = ::read(terminal, buffer, sizeof buffer);
    if (known)
        ::tcsetattr(terminal, TCSAFLUSH, &before);
    ignored = ::write(terminal, "\n", 1);
    (void)ignored;
    ::close(terminal);
    std::optional<crypto::Secret> out;
    if (got > 0) {
        auto size = static_cast<std::size_t>(got);
        while (size > 0 && (buffer[size - 1] == '\n' || buffer[size - 1] == '\r'))
            --size;
        out.emplace(ByteView(reinterpret_cast<const std::uint8_t*>(buffer), size));
    }
    crypto::wipe(buffer, sizeof buffer);
    return out;
}

void onInterrupt(std::function<void()> stop) {
    if (g_signalPipe[0] < 0) {
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, g_signalPipe) != 0)
            return;
        struct sigaction action {};
        action.sa_handler = handleSignal; // without SA_RESTART, so that a blocked read ends
        ::sigaction(SIGINT, &action, nullptr);
        ::sigaction(SIGTERM, &action, nullptr);
    }
    auto* notifier =
        new QSocketNotifier(g_signalPipe[0], QSocketNotifier::Read, QCoreApplication::instance());
    QObject::connect(notifier, &QSocketNotifier::activated, notifier, [stop = std::move(stop), notifier] {
        notifier->setEnabled(false);
        stop();
    });
}

bool interrupted() {
    return g_interrupted != 0;
}

} // namespace valise::cli
