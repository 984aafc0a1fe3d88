// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTranslator>

namespace valise::ui {

//! The language of the window: Valise's own translations, Qt's, the direction of writing and the format of
//! numbers.
class Language : public QObject {
    Q_OBJECT

public:
    explicit Language(QObject* parent = nullptr);
    ~Language() override;

    //! "auto", "en", "fr" or "ar". What is not known is shown in English.
    void use(const QString& code);
    //! As it was asked for.
    const QString& code() const { return m_code; }
    //! The codes there are translations for.
    static QStringList available();

private:
    QTranslator m_valise;
    QTranslator m_qt;
    QString m_code = QStringLiteral("auto");
};

} // namespace valise::ui
