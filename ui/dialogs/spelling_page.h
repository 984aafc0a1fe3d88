// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/spelling/spell_checker.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace valise::ui {

//! The settings of spelling: on or off, which dictionaries, and the person's own words. Changes nothing
//! itself; the sheet asks it when it is saved.
class SpellingPage : public QWidget {
    Q_OBJECT

public:
    SpellingPage(const SpellingSettings& settings, const Theme* theme, QWidget* parent);

    //! What is installed, the codes that are used, and those that would be by themselves. What was ticked or
    //! unticked here stays so.
    void setDictionaries(const QVector<InstalledDictionary>& installed, const QStringList& chosen,
                         const QStringList& automatic);
    void setOwnWords(const QStringList& words);
    //! As it stands now.
    SpellingSettings settings() const;
    //! Words that were taken off the list.
    const QStringList& removedWords() const { return m_removed; }

    QCheckBox* onBox() const { return m_on; }
    QCheckBox* automaticBox() const { return m_automatic; }
    QListWidget* dictionaryList() const { return m_dictionaries; }
    QListWidget* wordList() const { return m_words; }
    QPushButton* removeButton() const { return m_remove; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLabel* addHeading(const QString& text);
    QLabel* addNote(const QString& text);
    void fit(QListWidget* list, int most) const;
    QStringList ticked() const;
    void tick(const QStringList& codes);
    void removeWords();
    void refresh();

    SpellingSettings m_start;
    const Theme* m_theme;
    QCheckBox* m_on;
    QCheckBox* m_automatic;
    QListWidget* m_dictionaries;
    QLabel* m_none;
    QLabel* m_note;
    QListWidget* m_words;
    QPushButton* m_remove;
    QLabel* m_noWords;
    QStringList m_removed;
    QStringList m_byLanguage; //!< codes that are used where it is automatic
    bool m_touched = false;   //!< a dictionary was ticked or unticked by hand
    bool m_filling = false;
};

} // namespace valise::ui
