// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/interop/mls_scripts/child_process.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace valise::interop {

namespace {

constexpr int kPatienceMs = 60'000;
constexpr std::size_t kMaxLine = std::size_t{64} << 20;

Error gone(const char* what) {
    return {ErrorCode::Internal, std::string(what) + ": " + std::strerror(errno)};
}

} // namespace

Result<ChildProcess> ChildProcess::start(const std::string& program) {
    // Without this, writing to an ended program would end this program instead of giving an error.
    std::signal(SIGPIPE, SIG_IGN);
    int toChild[2];
    int fromChild[2];
    if (pipe(toChild) != 0)
        return gone("pipe");
    if (pipe(fromChild) != 0) {
        close(toChild[0]);
        close(toChild[1]);
        return gone("pipe");
    }
    for (const int end : {toChild[1], fromChild[0]})
        fcntl(end, F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, toChild[0]);
    posix_spawn_file_actions_addclose(&actions, fromChild[1]);
    char* const arguments[] = {const_cast<char*>(program.c_str()), nullptr};
    pid_t pid = 0;
    const int failure = posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(toChild[0]);
    close(fromChild[1]);
    if (failure != 0) {
        close(toChild[1]);
        close(fromChild[0]);
        return {ErrorCode::NotFound, program + ": " + std::strerror(failure)};
    }
    return ChildProcess(pid, toChild[1], fromChild[0]);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_pid(other.m_pid)
    , m_in(other.m_in)
    , m_out(other.m_out)
    , m_read(std::move(other.m_read)) {
    other.m_pid = -1;
    other.m_in = -1;
    other.m_out = -1;
}

ChildProcess::~ChildProcess() {
    if (m_pid < 0)
        return;
    // The program ends when its input ends. SIGTERM is for a program that hangs.
    close(m_in);
    kill(m_pid, SIGTERM);
    close(m_out);
    int status = 0;
    waitpid(m_pid, &status, 0);
}

Result<void> ChildProcess::writeLine(const std::string& line) {
    const std::string text = line + '\n';
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t n = write(m_in, text.data() + written, text.size() - written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return gone("writing to the program");
        written += static_cast<std::size_t>(n);
    }
    return {};
}

Result<std::string> ChildProcess::readLine() {
    std::size_t searched = 0;
    while (true) {
        const std::size_t end = m_read.find('\n', searched);
        if (end != std::string::npos) {
            std::string line = m_read.substr(0, end);
            m_read.erase(0, end + 1);
            return line;
        }
        searched = m_read.size();
        if (searched > kMaxLine)
            return {ErrorCode::LimitExceeded, "the program's line does not end"};
        pollfd waiting{m_out, POLLIN, 0};
        const int ready = poll(&waiting, 1, kPatienceMs);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 0)
            return gone("waiting for the program");
        if (ready == 0)
            return {ErrorCode::Timeout, "the program does not answer"};
        char buffer[65536];
        const ssize_t n = read(m_out, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return gone("reading from the program");
        if (n == 0)
            return {ErrorCode::Internal, "the program has ended"};
        m_read.append(buffer, static_cast<std::size_t>(n));
    }
}

} // namespace valise::interop
