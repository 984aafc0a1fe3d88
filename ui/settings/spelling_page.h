// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/settings/settings_pages.h"
#include "ui/spelling/spell_checker.h"

class QListWidget;
class QPushButton;

namespace valise::ui {

//! Spelling: on or off, which dictionaries, and the person's own words.
class SpellingPage : public SettingsPage {
    Q_OBJECT

public:
    explicit SpellingPage(const SettingsContext& context);

    QString title() const override;
    QString icon() const override;
    QString searchWords() const override;
    Problem problem() const override;
    void apply() override;

    //! Shows the installed dictionaries, the codes in use, and the codes that the automatic choice would use.
    //! Boxes that the person ticked or unticked here stay so.
    void setDictionaries(const QVector<InstalledDictionary>& installed, const QStringList& chosen,
                         const QStringList& automatic);

    Switch* onBox() const { return m_on; }
    Switch* automaticBox() const { return m_automatic; }
    QListWidget* dictionaryList() const { return m_dictionaries; }
    QListWidget* wordList() const { return m_words; }
    QPushButton* removeButton() const { return m_remove; }
    //! Shown after words were removed.
    QPushButton* putBackButton() const { return m_putBack; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeDictionaries();
    void makeWords();
    void fit(QListWidget* list) const;
    //! As it stands on the page.
    SpellingSettings settings() const;
    QStringList ticked() const;
    void tick(const QStringList& codes);
    void fillWords();
    void removeWords();
    void putBack();
    void showKept();
    void refresh();

    Preference<SpellingSettings>* m_kept;
    Preference<QString>* m_keptWords;
    SpellChecker* m_checker;
    Switch* m_on;
    Switch* m_automatic;
    QListWidget* m_dictionaries;
    SettingsRow* m_dictionaryRow;
    QListWidget* m_words;
    SettingsRow* m_wordRow;
    QPushButton* m_remove;
    QPushButton* m_putBack;
    QWidget* m_wordBar = nullptr; //!< the line of both buttons
    QStringList m_removed;        //!< words that can be put back
    QStringList m_byLanguage;     //!< codes that are used where it is automatic
    bool m_touched = false;       //!< a dictionary was ticked or unticked by hand
    bool m_filling = false;
};

} // namespace valise::ui
