// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/scheduled_sheet.h"

#include "core/client/history/mentions.h"
#include "core/client/history/shown_text.h"
#include "ui/conversation/later_text.h"

#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QTimeZone>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

//! Rows of two paragraphs: when, and the words below; each as high as it needs at the width of the list, in
//! the fonts of every script, and in its own direction.
class LaterRows final : public QStyledItemDelegate {
public:
    LaterRows(QListWidget* list, const Theme* theme)
        : QStyledItemDelegate(list)
        , m_list(list)
        , m_theme(theme) {}
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const int width = m_list->viewport()->width();
        return {width, lay(option, index, QRectF(0, 0, width, 0), nullptr) + 2 * m_theme->px(kPadding)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyleOptionViewItem row(option);
        initStyleOption(&row, index);
        row.text.clear();
        m_list->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, m_list);
        painter->save();
        lay(option, index, QRectF(option.rect).adjusted(0, m_theme->px(kPadding), 0, 0), painter);
        painter->restore();
    }

private:
    static constexpr int kPadding = 8;

    //! Draws if there is a painter; returns the height.
    int lay(const QStyleOptionViewItem& option, const QModelIndex& index, const QRectF& room,
            QPainter* painter) const {
        const double beside = m_theme->px(12);
        const bool rtl = m_list->layoutDirection() == Qt::RightToLeft;
        double height = 0;
        bool first = true;
        for (const QString& paragraph : index.data().toString().split(QLatin1Char('\n'))) {
            QTextLayout words(paragraph, first ? m_theme->font(12) : option.font);
            QTextOption how(rtl ? Qt::AlignRight : Qt::AlignLeft);
            how.setTextDirection(paragraph.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
            how.setAlignment((rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute);
            words.setTextOption(how);
            words.beginLayout();
            double down = 0;
            for (QTextLine line = words.createLine(); line.isValid(); line = words.createLine()) {
                line.setLineWidth(std::max(80.0, room.width() - 2 * beside));
                line.setPosition({0, down});
                down += line.height();
            }
            words.endLayout();
            if (painter) {
                painter->setPen(first ? m_theme->palette().dim : m_theme->palette().ink);
                words.draw(painter, {room.left() + beside, room.top() + height});
            }
            height += down;
            first = false;
        }
        return static_cast<int>(std::ceil(height));
    }

    QListWidget* m_list;
    const Theme* m_theme;
};

} // namespace

ScheduledSheet::ScheduledSheet(const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("To be sent later"),
            tr("These messages wait encrypted on this device and are sent by themselves while Valise is "
               "running."),
            parent) {
    setMinimumWidth(theme->px(560));
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("scheduledList"));
    m_list->setProperty("boxed", true);
    m_list->setAccessibleName(tr("To be sent later"));
    m_list->setMinimumHeight(theme->px(220));
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setItemDelegate(new LaterRows(m_list, theme));
    content()->addWidget(m_list, 1);
    m_none = addHint(tr("Nothing waits to be sent later."));
    addCloseButton(tr("Close"));
    m_delete = addButton(tr("Delete"));
    m_edit = addButton(tr("Edit"));
    m_time = addButton(tr("Another time…"));
    m_send = addMainButton(tr("Send now"));
    const auto offer = [this](QPushButton* button, auto signal) {
        connect(button, &QPushButton::clicked, this, [this, signal] {
            if (const client::ScheduledRecord* message = current()) {
                showError({});
                emit(this->*signal)(*message);
            }
        });
    };
    offer(m_send, &ScheduledSheet::sendWanted);
    offer(m_time, &ScheduledSheet::timeWanted);
    offer(m_edit, &ScheduledSheet::editWanted);
    offer(m_delete, &ScheduledSheet::deleteWanted);
    connect(m_list, &QListWidget::currentRowChanged, this, &ScheduledSheet::refresh);
    m_list->setFocus();
    refresh();
}

void ScheduledSheet::setMessages(const QVector<client::ScheduledRecord>& messages) {
    int row = std::max(0, m_list->currentRow());
    // The chosen message stays chosen when others leave or come.
    if (const client::ScheduledRecord* chosen = current())
        for (int i = 0; i < messages.size(); ++i)
            if (messages.at(i).id == chosen->id)
                row = i;
    m_messages = messages;
    m_list->clear();
    for (const client::ScheduledRecord& message : messages) {
        QTimeZone zone(message.zone.toLatin1());
        if (!zone.isValid())
            zone = QTimeZone::systemTimeZone();
        QString when = laterText(QDateTime::fromMSecsSinceEpoch(message.dueMs), zone);
        if (message.state == client::ScheduledRecord::State::Missed)
            when = tr("Not sent: Valise was closed or offline on %1").arg(when);
        else if (message.state == client::ScheduledRecord::State::Refused)
            when = tr("Not sent: on %1 you could not write here").arg(when);
        m_list->addItem(when + QLatin1Char('\n') +
                        client::shownText(client::withMentionNames(message.text, message.mentions), 400)
                            .simplified()
                            .left(200));
    }
    m_none->setVisible(messages.isEmpty());
    m_list->setVisible(!messages.isEmpty());
    if (!messages.isEmpty())
        m_list->setCurrentRow(std::min<int>(row, static_cast<int>(messages.size()) - 1));
    refresh();
    fit();
}

const client::ScheduledRecord* ScheduledSheet::current() const {
    const int row = m_list->currentRow();
    return row >= 0 && row < m_messages.size() ? &m_messages.at(row) : nullptr;
}

void ScheduledSheet::refresh() {
    for (QPushButton* button : {m_send, m_time, m_edit, m_delete})
        button->setEnabled(current() != nullptr);
}

} // namespace valise::ui
