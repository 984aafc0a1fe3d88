// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/lock/passphrase.h"

#include "ui/theme/line_field.h"

#include <QSet>

#include <cmath>

namespace valise::ui {

PassphraseStrength passphraseStrength(const QString& passphrase) {
    if (passphrase.size() < kLeastPassphrase)
        return PassphraseStrength::TooShort;
    QSet<QChar> different;
    bool lower = false;
    bool upper = false;
    bool digit = false;
    bool other = false;
    for (const QChar c : passphrase) {
        different.insert(c);
        lower = lower || c.isLower();
        upper = upper || c.isUpper();
        digit = digit || c.isDigit();
        other = other || (!c.isLetterOrNumber());
    }
    // Letters of other scripts are neither lower nor upper; they count as letters.
    const double alphabet = (lower ? 26 : 0) + (upper ? 26 : 0) + (digit ? 10 : 0) + (other ? 20 : 0);
    const double effective =
        std::min<double>(static_cast<double>(passphrase.size()), static_cast<double>(different.size()) * 1.6);
    // Words are chosen, not drawn, so a character is worth less than its alphabet says.
    const double bits = effective * std::log2(std::max(20.0, alphabet)) * 0.62;
    if (bits < 38)
        return PassphraseStrength::Weak;
    return bits < 58 ? PassphraseStrength::Fair : PassphraseStrength::Strong;
}

QLineEdit* makePassphraseField(const QString& name, QWidget* parent) {
    auto* field = new LineField(parent);
    field->setEchoMode(QLineEdit::Password);
    field->setAccessibleName(name);
    field->setHint(name);
    field->setMaxLength(512);
    field->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    return field;
}

crypto::Secret readPassphrase(const QLineEdit* field) {
    QByteArray utf8 = field->text().toUtf8();
    crypto::Secret secret(ByteView(reinterpret_cast<const std::uint8_t*>(utf8.constData()),
                                   static_cast<std::size_t>(utf8.size())));
    crypto::wipe(utf8.data(), static_cast<std::size_t>(utf8.size()));
    return secret;
}

crypto::Secret takePassphrase(QLineEdit* field) {
    crypto::Secret secret = readPassphrase(field);
    field->clear();
    return secret;
}

} // namespace valise::ui
