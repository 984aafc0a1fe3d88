// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include <functional>

namespace valise::test {

//! The program's one QCoreApplication, made at the first call. Every test that uses Qt's event loop calls it
//! first.
QCoreApplication& qtApp();

//! Processes events until the predicate is true. False if that took longer than the limit.
bool waitFor(const std::function<bool()>& predicate, int limitMs = 30'000);

} // namespace valise::test
