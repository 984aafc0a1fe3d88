// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/settings_row.h"

#include "ui/settings/preferences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QMouseEvent>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace valise::ui {
namespace {

// Widths of title and note, in the design's size.
constexpr int kBesideWords = 150; //!< with the control beside them
constexpr int kLeastWords = 100;
constexpr int kGap = 12; //!< between them and the control

void say(QLabel* label, const QString& text) {
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

//! Words, and a control at their end or below them: that follows from the width, and the height from that.
class RowLayout final : public QLayout {
public:
    RowLayout(const Theme* theme, QWidget* parent)
        : QLayout(parent)
        , m_theme(theme) {}
    ~RowLayout() override {
        delete m_words;
        delete m_control;
    }

    void setWords(QLayout* words) {
        addChildLayout(words);
        m_words = words;
    }
    void setControl(QWidget* control, SettingsRow::Place place) {
        addChildWidget(control);
        m_control = new QWidgetItem(control);
        m_place = place;
        invalidate();
    }

    void addItem(QLayoutItem* item) override { delete item; } // there are two, and they have names
    int count() const override { return m_control ? 2 : 1; }
    QLayoutItem* itemAt(int index) const override {
        return index == 0 ? m_words : index == 1 ? m_control : nullptr;
    }
    QLayoutItem* takeAt(int index) override {
        if (index == 0)
            return std::exchange(m_words, nullptr);
        return index == 1 ? std::exchange(m_control, nullptr) : nullptr;
    }
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    QSize sizeHint() const override {
        const int width =
            (hasControl() ? m_control->sizeHint().width() + gap() : 0) + m_theme->px(kBesideWords);
        return around({width, heightOf(width)});
    }
    QSize minimumSize() const override {
        int width = m_theme->px(kLeastWords);
        int height = m_words->minimumSize().height();
        if (hasControl()) {
            width = std::max(width, m_control->minimumSize().width());
            height = std::max(height, m_control->minimumSize().height());
        }
        return around({width, height});
    }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override {
        const QMargins edge = contentsMargins();
        return heightOf(width - edge.left() - edge.right()) + edge.top() + edge.bottom();
    }
    void setGeometry(const QRect& rect) override {
        QLayout::setGeometry(rect);
        const QRect room = rect.marginsRemoved(contentsMargins());
        const auto put = [&](QLayoutItem* item, const QRect& place) {
            item->setGeometry(
                QStyle::visualRect(parentWidget()->layoutDirection(), room, place.intersected(room)));
        };
        const auto centred = [&](int left, int width, int height) {
            return QRect(left, room.top() + (room.height() - height) / 2, width, height);
        };
        if (!hasControl()) {
            put(m_words, room);
        } else if (isBeside(room.width())) {
            const QSize control = m_control->sizeHint();
            const int left = room.width() - control.width() - gap();
            put(m_words, centred(room.left(), left, heightOf(m_words, left)));
            put(m_control, centred(room.right() + 1 - control.width(), control.width(), control.height()));
        } else {
            const int words = heightOf(m_words, room.width());
            put(m_words, QRect(room.topLeft(), QSize(room.width(), words)));
            put(m_control, room.adjusted(0, words + gap(), 0, 0));
        }
    }

private:
    bool hasControl() const { return m_control && !m_control->isEmpty(); }
    int gap() const { return m_theme->px(kGap); }
    bool isBeside(int width) const {
        return m_place == SettingsRow::Place::Beside &&
               m_control->sizeHint().width() + gap() + m_theme->px(kBesideWords) <= width;
    }
    static int heightOf(const QLayoutItem* item, int width) {
        return item->hasHeightForWidth() ? item->heightForWidth(width) : item->sizeHint().height();
    }
    int heightOf(int width) const {
        if (!hasControl())
            return heightOf(m_words, width);
        if (isBeside(width))
            return std::max(heightOf(m_words, width - m_control->sizeHint().width() - gap()),
                            m_control->sizeHint().height());
        return heightOf(m_words, width) + gap() + heightOf(m_control, width);
    }
    QSize around(const QSize& inside) const { return inside.grownBy(contentsMargins()); }

    const Theme* m_theme;
    QLayoutItem* m_words = nullptr;
    QLayoutItem* m_control = nullptr;
    SettingsRow::Place m_place = SettingsRow::Place::Beside;
};

SettingsRow::SettingsRow(const QString& title, const QString& note, const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_line(new RowLayout(theme, this)) {
    setObjectName(QStringLiteral("settingsRow"));
    setAttribute(Qt::WA_StyledBackground);
    auto* words = new QVBoxLayout;
    m_line->setWords(words);
    const auto label = [&](double size) {
        auto* made = new QLabel(this);
        made->setTextFormat(Qt::PlainText);
        made->setWordWrap(true);
        theme->follow(made, [theme, made, size] { made->setFont(theme->font(size)); });
        words->addWidget(made);
        return made;
    };
    m_title = label(14);
    m_title->setText(title);
    m_note = label(12);
    m_note->setProperty("dim", true);
    m_reason = label(12);
    m_reason->setProperty("managed", true);
    m_problem = label(12);
    m_problem->setProperty("error", true);
    words->setSpacing(2);
    theme->margins(m_line, 16, 11, 16, 11);
    say(m_note, note);
    say(m_reason, {});
    say(m_problem, {});
}

void SettingsRow::setControl(QWidget* control, Place place) {
    m_control = control;
    m_title->setBuddy(control);
    m_line->setControl(control, place);
    describe();
}

QString SettingsRow::title() const {
    return m_title->text();
}

void SettingsRow::setNote(const QString& note) {
    say(m_note, note);
    describe();
}

void SettingsRow::setProblem(const QString& problem) {
    if (problem == m_problem->text())
        return;
    say(m_problem, problem);
    if (m_control) {
        m_control->setProperty("invalid", !problem.isEmpty());
        m_control->style()->unpolish(m_control);
        m_control->style()->polish(m_control);
    }
    describe();
}

QString SettingsRow::problem() const {
    return m_problem->text();
}

QString SettingsRow::reason() const {
    return m_reason->text();
}

void SettingsRow::followEntry(const PreferenceEntry* entry) {
    const auto look = [this, entry] {
        // For a moment after the profile opens, its settings are not known. The row gives no reason for that.
        say(m_reason, entry->isManaged() ? tr("Set by your organisation.") : QString());
        if (m_control) {
            m_control->setEnabled(entry->mayChange());
            m_control->setToolTip(m_reason->text());
        }
        describe();
    };
    connect(entry, &PreferenceEntry::changed, this, look);
    look();
}

QString SettingsRow::words() const {
    QStringList words{m_title->text(), m_note->text()};
    if (const auto* box = qobject_cast<QComboBox*>(m_control))
        for (int i = 0; i < box->count(); ++i)
            words << box->itemText(i);
    return words.join(QLatin1Char(' '));
}

void SettingsRow::setFound(bool found) {
    if (found == m_found)
        return;
    m_found = found;
    for (QWidget* one : std::initializer_list<QWidget*>{this, m_title}) {
        one->setProperty("found", found);
        one->style()->unpolish(one);
        one->style()->polish(one);
    }
}

void SettingsRow::describe() {
    if (!m_control)
        return;
    m_control->setAccessibleName(m_title->text());
    QStringList sentences;
    for (const QLabel* label : {m_problem, m_reason, m_note})
        if (!label->text().isEmpty())
            sentences << label->text();
    m_control->setAccessibleDescription(sentences.join(QLatin1Char(' ')));
}

void SettingsRow::mousePressEvent(QMouseEvent* event) {
    // Qt sends the release only to the widget that accepted the press.
    event->setAccepted(qobject_cast<QCheckBox*>(m_control) != nullptr);
}

void SettingsRow::mouseReleaseEvent(QMouseEvent* event) {
    // The words belong to the switch, as those of a check box do.
    auto* box = qobject_cast<QCheckBox*>(m_control);
    if (box && box->isEnabled() && event->button() == Qt::LeftButton && rect().contains(event->pos())) {
        box->setFocus(Qt::MouseFocusReason);
        box->click();
        return;
    }
    QWidget::mouseReleaseEvent(event);
}

} // namespace valise::ui
