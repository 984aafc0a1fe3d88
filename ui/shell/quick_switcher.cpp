// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/quick_switcher.h"

#include "ui/shell/conversation_delegate.h"
#include "ui/theme/line_field.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

constexpr int kSearchDelayMs = 150;

} // namespace

QuickSwitcher::QuickSwitcher(const QVector<client::ConversationRecord>& conversations, const Theme* theme,
                             QWidget* parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("quickSwitcher"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Go to"));
    setAccessibleName(tr("Go to a person, a group or a message"));
    setModal(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 14, 14, 10);
    column->setSpacing(10);
    auto* field = new LineField(this);
    field->setHint(tr("Go to a person, a group or a message"));
    m_field = field;
    m_field->setAccessibleName(tr("Go to a person, a group or a message"));
    theme->fixHeight(m_field, 38);
    m_field->installEventFilter(this);
    column->addWidget(m_field);
    m_list = new QListView(this);
    m_list->setObjectName(QStringLiteral("switcherList"));
    m_list->setAccessibleName(tr("Found"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new ConversationDelegate(theme, m_list));
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    column->addWidget(m_list, 1);
    resize(theme->px(460), theme->px(460));
    m_model.setFilter(ListFilter::All);
    m_model.setConversations(conversations);
    m_list->setCurrentIndex(m_model.index(0));
    m_timer.setSingleShot(true);
    m_timer.setInterval(kSearchDelayMs);
    connect(&m_timer, &QTimer::timeout, this, [this] { emit searchWanted(m_field->text().trimmed()); });
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model.setSearch(text);
        m_list->setCurrentIndex(m_model.index(0));
        if (text.trimmed().isEmpty())
            m_timer.stop();
        else
            m_timer.start();
    });
    connect(m_list, &QListView::clicked, this, &QuickSwitcher::take);
    m_field->setFocus();
}

void QuickSwitcher::setHits(const QString& text, const QVector<client::SearchHit>& hits) {
    if (text != m_model.search())
        return;
    m_model.setHits(hits);
    if (!m_list->currentIndex().isValid())
        step(1);
}

void QuickSwitcher::take(const QModelIndex& index) {
    const int kind = index.isValid() ? index.data(ConversationListModel::KindRole).toInt()
                                     : static_cast<int>(ConversationListModel::Heading);
    if (kind == ConversationListModel::Heading)
        return;
    accept();
    if (kind == ConversationListModel::Conversation)
        emit conversationChosen(index.data(ConversationListModel::IdRole).toByteArray());
    else
        emit hitChosen(index.data(ConversationListModel::HitRole).value<client::MessageRecord>());
}

void QuickSwitcher::step(int direction) {
    const int n = m_model.rowCount();
    int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
    do {
        row += direction;
        if (row < 0 || row >= n)
            return;
    } while (m_model.index(row).data(ConversationListModel::KindRole).toInt() ==
             ConversationListModel::Heading);
    m_list->setCurrentIndex(m_model.index(row));
}

bool QuickSwitcher::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        take(m_list->currentIndex());
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

} // namespace valise::ui
