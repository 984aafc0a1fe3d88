// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secret.h"

#include <QString>

class QLineEdit;
class QWidget;

namespace valise::ui {

//! The fewest characters of a passphrase.
inline constexpr int kLeastPassphrase = 10;

//! How well a passphrase withstands guessing, roughly.
enum class PassphraseStrength { TooShort, Weak, Fair, Strong };
PassphraseStrength passphraseStrength(const QString& passphrase);

//! A field for a passphrase: nothing in it can be read, predicted or learnt. `name` stands in it while it is
//! empty.
QLineEdit* makePassphraseField(const QString& name, QWidget* parent);
//! The passphrase of a field, which keeps it.
crypto::Secret readPassphrase(const QLineEdit* field);
//! The passphrase of a field, which is emptied.
crypto::Secret takePassphrase(QLineEdit* field);

} // namespace valise::ui
