// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace valise::interop {

//! A program that answers each line on its standard input with one line on its standard output. It shares our
//! standard error. The destructor ends the program.
class ChildProcess {
public:
    //! Error: NotFound if the program cannot be started.
    static Result<ChildProcess> start(const std::string& program);
    ~ChildProcess();
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    //! Writes one line. `line` contains no line feed. Error: Internal if the program has ended.
    Result<void> writeLine(const std::string& line);
    //! Reads the next line, without its line feed. Errors: Internal if the program has ended, Timeout after a
    //! minute, LimitExceeded above 64 MiB.
    Result<std::string> readLine();

private:
    ChildProcess(int pid, int in, int out)
        : m_pid(pid)
        , m_in(in)
        , m_out(out) {}

    int m_pid;
    int m_in;  // to the program
    int m_out; // from the program
    std::string m_read;
};

} // namespace valise::interop
