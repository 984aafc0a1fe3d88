// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/settings_page.h"

#include <QAbstractItemView>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

namespace valise::ui {
namespace {

constexpr int kLeastLetters = 10; //!< of a choice that has no room

} // namespace

ChoiceBox::ChoiceBox(QWidget* parent)
    : QComboBox(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setProperty("flat", true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &QComboBox::currentTextChanged, this, &QComboBox::updateGeometry);
}

int ChoiceBox::widthOf(const QString& text) const {
    return fontMetrics().horizontalAdvance(text);
}

QSize ChoiceBox::sizeHint() const {
    int longest = 0;
    for (int i = 0; i < count(); ++i)
        longest = std::max(longest, widthOf(itemText(i)));
    const QSize all = QComboBox::sizeHint();
    return {all.width() - longest + widthOf(currentText()), all.height()};
}

QSize ChoiceBox::minimumSizeHint() const {
    // A choice that does not fit is cut with an ellipsis; the list shows it whole.
    const QSize whole = sizeHint();
    return {std::min(whole.width(), widthOf(QString(kLeastLetters, QLatin1Char('n')))), whole.height()};
}

void ChoiceBox::showPopup() {
    view()->setMinimumWidth(view()->sizeHintForColumn(0) + 2 * view()->frameWidth() +
                            view()->verticalScrollBar()->sizeHint().width());
    QComboBox::showPopup();
}

void ChoiceBox::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

SettingsPage::SettingsPage(const Theme* theme)
    : m_theme(theme)
    , m_column(new QVBoxLayout) {
    setObjectName(QStringLiteral("settingsPage"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addLayout(m_column);
    outer->addStretch();
    m_column->setSpacing(0);
}

void SettingsPage::addGroup(const QString& title) {
    if (m_group) {
        auto* gap = new QWidget(this);
        m_theme->fixHeight(gap, 18);
        m_column->addWidget(gap);
    }
    if (!title.isEmpty()) {
        auto* heading = new QLabel(title, this);
        heading->setTextFormat(Qt::PlainText);
        heading->setWordWrap(true);
        m_theme->follow(heading, [this, heading] {
            heading->setFont(m_theme->font(13, QFont::DemiBold));
            heading->setContentsMargins(2, 0, 2, m_theme->px(6));
        });
        m_column->addWidget(heading);
    }
    m_group = new QFrame(this);
    m_group->setProperty("card", true);
    auto* inside = new QVBoxLayout(m_group);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->setSpacing(0);
    m_column->addWidget(m_group);
}

SettingsRow* SettingsPage::addRow(const QString& title, const QString& note, QWidget* control,
                                  SettingsRow::Place place) {
    auto* inside = m_group->layout();
    if (inside->count() > 0) {
        auto* line = new QFrame(m_group);
        line->setObjectName(QStringLiteral("hairline"));
        line->setFixedHeight(1);
        inside->addWidget(line);
    }
    auto* row = new SettingsRow(title, note, m_theme, m_group);
    control->setParent(row);
    row->setControl(control, place);
    inside->addWidget(row);
    m_rows.append(row);
    return row;
}

QWidget* SettingsPage::addBelow(QWidget* widget) {
    auto* around = new QWidget(m_group);
    auto* line = new QVBoxLayout(around);
    m_theme->margins(line, 16, 0, 16, 12);
    line->addWidget(widget);
    m_group->layout()->addWidget(around);
    return around;
}

Switch* SettingsPage::addSwitch(const QString& title, const QString& note, Preference<bool>* preference) {
    auto* box = new Switch(m_theme, this);
    addRow(title, note, box)->followEntry(preference);
    preference->follow(box, [box](bool on) {
        const QSignalBlocker quiet(box);
        box->setChecked(on);
        box->update();
    });
    connect(box, &QCheckBox::toggled, this, [preference](bool on) { preference->set(on); });
    return box;
}

ChoiceBox* SettingsPage::addChoice(const QString& title, const QString& note) {
    auto* box = new ChoiceBox(this);
    addRow(title, note, box);
    return box;
}

QPushButton* SettingsPage::makeButton(const QString& text) {
    auto* made = new QPushButton(text, this);
    made->setAutoDefault(false);
    return made;
}

} // namespace valise::ui
