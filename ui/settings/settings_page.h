// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/settings/preferences.h"
#include "ui/settings/settings_row.h"
#include "ui/settings/switch.h"

#include <QComboBox>

class QFrame;
class QPushButton;
class QVBoxLayout;

namespace valise::ui {

//! A choice of a few, as wide as what is chosen. The wheel does not turn it, because it would while the page
//! is scrolled.
class ChoiceBox : public QComboBox {
    Q_OBJECT

public:
    explicit ChoiceBox(QWidget* parent);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void showPopup() override;

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    int widthOf(const QString& text) const;
};

//! A page of the settings. A choice is in force at once; a value that must be checked first waits for
//! apply(). A page is a class in a file of its own and a line in settings_pages.cpp; no other code knows it.
class SettingsPage : public QWidget {
    Q_OBJECT

public:
    //! A sentence that says what is wrong, and the widget where the person can correct it.
    struct Problem {
        QString text;
        QWidget* widget = nullptr;
        explicit operator bool() const { return !text.isEmpty(); }
    };

    explicit SettingsPage(const Theme* theme);

    virtual QString title() const = 0;
    //! The name of the icon in the list of sections.
    virtual QString icon() const = 0;
    //! Words that people may look for and that do not stand on the page, between blanks.
    virtual QString searchWords() const { return {}; }
    //! Why what waits cannot be applied; empty if it can, and where nothing waits.
    virtual Problem problem() const { return {}; }
    //! Hands over what waits, as far as it is right; the rest is said beside its field.
    virtual void apply() {}
    //! Its lines, from top to bottom.
    const QVector<SettingsRow*>& rows() const { return m_rows; }

protected:
    //! A heading, and below it rows in a frame. An empty title makes no heading.
    void addGroup(const QString& title);
    //! A line in the last group.
    SettingsRow* addRow(const QString& title, const QString& note, QWidget* control,
                        SettingsRow::Place place = SettingsRow::Place::Beside);
    //! A widget below the rows of the last group, as wide as they are. Gives the line in which it stands.
    QWidget* addBelow(QWidget* widget);
    //! Something that is on or off, kept as a preference.
    Switch* addSwitch(const QString& title, const QString& note, Preference<bool>* preference);
    //! A choice that its page fills.
    ChoiceBox* addChoice(const QString& title, const QString& note);
    //! A choice of a few values, kept as a preference.
    template <typename T>
    ChoiceBox* addChoice(const QString& title, const QString& note, Preference<T>* preference,
                         const QVector<std::pair<QString, T>>& choices) {
        ChoiceBox* box = addChoice(title, note);
        for (const auto& [text, value] : choices)
            box->addItem(text);
        rows().last()->followEntry(preference);
        preference->follow(box, [box, choices](const T& now) {
            const QSignalBlocker quiet(box);
            for (int i = 0; i < choices.size(); ++i)
                if (choices.at(i).second == now)
                    box->setCurrentIndex(i);
            box->updateGeometry();
        });
        connect(box, &QComboBox::currentIndexChanged, this, [preference, choices](int index) {
            if (index >= 0)
                preference->set(choices.at(index).second);
        });
        return box;
    }
    //! A button that Enter in a field does not press.
    QPushButton* makeButton(const QString& text);
    const Theme* theme() const { return m_theme; }

private:
    const Theme* m_theme;
    QVBoxLayout* m_column;
    QFrame* m_group = nullptr;
    QVector<SettingsRow*> m_rows;
};

} // namespace valise::ui
