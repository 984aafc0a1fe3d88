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

    //! The code that stands for the language of the system.
    static const QString kAutomatic;

    //! kAutomatic or a code of available(). A language without translations gives English.
    void use(const QString& code);
    //! The code as it was asked for.
    const QString& code() const { return m_code; }
    //! The codes of all languages there are translations for, in the order in which they are offered.
    static QStringList available();
    //! The language's own name, such as "Français"; the code if the language is not available.
    static QString ownName(const QString& code);

private:
    QTranslator m_valise;
    QTranslator m_qt;
    QString m_code = kAutomatic;
};

} // namespace valise::ui
