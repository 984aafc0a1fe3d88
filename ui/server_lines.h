// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace valise::ui {

//! The addresses in a field of servers, in their order, each once.
QStringList serverLines(const QString& text);
//! Empty if all addresses can be servers, else the sentence that says what is wrong.
QString serverProblem(const QStringList& urls);

} // namespace valise::ui
