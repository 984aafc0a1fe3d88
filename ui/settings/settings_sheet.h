// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/settings/settings_page.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace valise::ui {

class Announcer;
class LineField;

//! The settings: a list of sections, a field that searches all of them, and the page of one. It knows pages
//! only by SettingsPage. Choices are in force at once. Values that wait are handed over when the button
//! closes the sheet, and dropped when Escape closes it.
class SettingsSheet : public QDialog {
    Q_OBJECT

public:
    //! Takes the pages over. There is at least one.
    SettingsSheet(const QVector<SettingsPage*>& pages, const Theme* theme, QWidget* parent);

    const QVector<SettingsPage*>& pages() const { return m_pages; }
    SettingsPage* current() const;
    void showPage(SettingsPage* page);
    //! The page of a type; null if there is none.
    template <typename Page>
    Page* page() const {
        for (SettingsPage* one : m_pages)
            if (auto* found = qobject_cast<Page*>(one))
                return found;
        return nullptr;
    }

    QListWidget* sections() const { return m_sections; }
    LineField* searchField() const { return m_search; }
    QPushButton* closeButton() const { return m_close; }
    //! The sentence in place of search results if there are none.
    QLabel* nothingLabel() const { return m_nothing; }
    Announcer* announcer() const { return m_announcer; }
    //! Hands over what waits and closes, unless something is wrong: then that is shown.
    void finish();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeSide();
    void fitSide();
    QWidget* makeMain();
    void addPage(SettingsPage* page);
    void search(const QString& text);
    void markFound();
    void goToFound();
    void moveSection(int by);

    const Theme* m_theme;
    QVector<SettingsPage*> m_pages;
    QVector<QScrollArea*> m_areas; //!< in the same order
    QWidget* m_side = nullptr;     //!< the search and the sections
    QListWidget* m_sections;
    LineField* m_search;
    QLabel* m_nothing;
    QStackedWidget* m_stack;
    QPushButton* m_close = nullptr;
    Announcer* m_announcer;
    QStringList m_words; //!< that are searched for
};

} // namespace valise::ui
