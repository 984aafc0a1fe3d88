// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QtTest/QTest>

#include <functional>

class QApplication;

namespace valise::uitest {

//! The application object of this program, made at the first call, without a screen.
QApplication& application();

//! Runs the event loop until the condition holds; false after 30 seconds.
bool eventually(const std::function<bool()>& condition);

} // namespace valise::uitest
