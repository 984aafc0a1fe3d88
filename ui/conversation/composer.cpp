// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/composer.h"

#include "core/client/history/mentions.h"
#include "ui/format.h"

#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

constexpr int kDraftDelayMs = 700;
constexpr int kTypingPauseMs = 6000;
constexpr qint64 kTypingAgainMs = 8000;

//! A label of one line that ends in an ellipsis where there is no room.
class ElidedLabel final : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setFont(font());
        painter.setPen(palette().color(foregroundRole()));
        Theme::paintLine(painter, rect(), text(), layoutDirection() == Qt::RightToLeft);
    }
};

} // namespace

Composer::Composer(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("composerBar"));
    setAttribute(Qt::WA_StyledBackground);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(16, 11, 16, 11);
    outer->setSpacing(8);

    m_audience = new QLabel(this);
    m_audience->setObjectName(QStringLiteral("audience"));
    m_audience->setTextFormat(Qt::PlainText);
    m_audience->setWordWrap(true);
    m_audience->setProperty("dim", true);
    m_audience->hide();
    outer->addWidget(m_audience);
    m_quote = new QWidget(this);
    m_quote->setObjectName(QStringLiteral("quoteBar"));
    m_quote->setAttribute(Qt::WA_StyledBackground);
    auto* quoteRow = new QHBoxLayout(m_quote);
    theme->margins(quoteRow, 12, 6, 6, 6);
    auto* quoteWords = new QVBoxLayout;
    quoteWords->setSpacing(0);
    m_quoteSender = new QLabel(m_quote);
    m_quoteText = new ElidedLabel(m_quote);
    m_quoteText->setProperty("dim", true);
    m_quoteSender->setTextFormat(Qt::PlainText);
    m_quoteText->setTextFormat(Qt::PlainText);
    m_quoteText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    quoteWords->addWidget(m_quoteSender);
    quoteWords->addWidget(m_quoteText);
    quoteRow->addLayout(quoteWords, 1);
    m_quoteClose = new QToolButton(m_quote);
    m_quoteClose->setAccessibleName(tr("Do not reply to this message"));
    m_quoteClose->setToolTip(tr("Do not reply to this message"));
    quoteRow->addWidget(m_quoteClose);
    m_quote->hide();
    outer->addWidget(m_quote);

    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    m_field = new ComposerField(this);
    m_field->setAccessibleName(tr("Message"));
    theme->follow(m_field, [this] { m_field->setLeastHeight(m_theme->px(38)); });
    m_send = new QToolButton(this);
    m_send->setObjectName(QStringLiteral("sendButton"));
    theme->fixSize(m_send, 38, 38);
    theme->iconSize(m_send, 19);
    m_send->setAccessibleName(tr("Send"));
    m_send->setEnabled(false);
    m_send->setFocusPolicy(Qt::TabFocus);
    m_emoji = new QToolButton(this);
    theme->fixSize(m_emoji, 38, 38);
    theme->iconSize(m_emoji, 21);
    m_emoji->setToolTip(withKeys(tr("Emoji"), QStringLiteral("Ctrl+E")));
    m_emoji->setAccessibleName(tr("Emoji"));
    m_emoji->setFocusPolicy(Qt::TabFocus);
    m_later = new QToolButton(this);
    theme->fixSize(m_later, 38, 38);
    theme->iconSize(m_later, 20);
    m_later->setToolTip(withKeys(tr("Send later"), QStringLiteral("Ctrl+Shift+Return")));
    m_later->setAccessibleName(tr("Send later"));
    m_later->setFocusPolicy(Qt::TabFocus);
    m_completion = new EmojiCompletion(m_field, theme);
    m_mentions = new MentionCompletion(m_field, theme);
    m_spelling = new FieldSpelling(m_field, theme);
    m_field->setSpelling(m_spelling);
    connect(m_spelling, &FieldSpelling::notice, this, &Composer::notice);
    m_format = new FormatBar(m_field, theme, this);
    connect(m_field, &ComposerField::markWanted, m_format, &FormatBar::apply);
    outer->addWidget(m_format);
    row->addWidget(m_field, 1);
    row->addWidget(m_emoji, 0, Qt::AlignBottom);
    row->addWidget(m_later, 0, Qt::AlignBottom);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    outer->addLayout(row);

    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(kDraftDelayMs);
    connect(&m_draftTimer, &QTimer::timeout, this, [this] { emit draftChanged(m_conversation, text()); });
    connect(m_field, &QTextEdit::textChanged, this, [this] {
        m_send->setEnabled(!text().trimmed().isEmpty());
        restyle();
        if (!m_setting && m_editing.isEmpty())
            m_draftTimer.start();
        if (!m_setting)
            noteTyping();
    });
    m_typingPause.setSingleShot(true);
    m_typingPause.setInterval(kTypingPauseMs);
    connect(&m_typingPause, &QTimer::timeout, this, &Composer::stopTyping);
    connect(m_field, &ComposerField::submitted, this, &Composer::submit);
    connect(m_field, &ComposerField::cancelled, this, &Composer::cancel);
    connect(m_emoji, &QToolButton::clicked, this,
            [this] { emit emojiWanted(m_emoji->mapToGlobal(QPoint(m_emoji->width() / 2, 0))); });
    connect(m_field, &ComposerField::laterWanted, this, &Composer::submitLater);
    connect(m_later, &QToolButton::clicked, this, &Composer::submitLater);
    connect(m_completion, &EmojiCompletion::used, this, &Composer::emojiUsed);
    connect(m_field, &ComposerField::leftUpwards, this, &Composer::leftUpwards);
    connect(m_send, &QToolButton::clicked, this, &Composer::submit);
    connect(m_quoteClose, &QToolButton::clicked, this, [this] {
        cancel();
        m_field->setFocus();
    });
    connect(m_theme, &Theme::changed, this, &Composer::restyle);
    restyle();
    setEnterSends(true);
    setFocusProxy(m_field);
}

void Composer::restyle() {
    const Palette& p = m_theme->palette();
    m_send->setIcon(m_theme->icon(QStringLiteral("send"), m_send->isEnabled() ? p.accInk : p.dim));
    m_emoji->setIcon(m_theme->icon(QStringLiteral("smile")));
    m_later->setIcon(m_theme->icon(QStringLiteral("clock")));
    m_audience->setFont(m_theme->font(12));
    m_quoteClose->setIcon(m_theme->icon(QStringLiteral("close")));
    m_quoteSender->setFont(m_theme->font(12, QFont::Bold));
    m_quoteSender->setStyleSheet(QStringLiteral("color: %1").arg(p.acc.name()));
}

void Composer::open(const client::ConversationId& conversation, const QString& draft) {
    setEditing({}, {});
    flushDraft();
    m_conversation = conversation;
    setAudience({});
    setReply({}, {}, {});
    setDraft(draft);
    setMembers({});
}

void Composer::setPlaceholder(const QString& text) {
    m_field->setHint(text);
    m_field->setAccessibleDescription(text);
}

void Composer::setDraft(const QString& text) {
    m_setting = true;
    m_field->setPlainText(text);
    m_field->moveCursor(QTextCursor::End);
    m_setting = false;
    m_spelling->settle();
    m_draftTimer.stop();
}

void Composer::setMembers(const QVector<client::MemberRecord>& members) {
    m_mentions->setMembers(members);
    QHash<QString, int> sharing;
    for (const client::MemberRecord& member : members)
        ++sharing[member.name.toCaseFolded()];
    QStringList names;
    for (const client::MemberRecord& member : members)
        names << (sharing.value(member.name.toCaseFolded()) > 1 ? client::mentionLabel(member, members)
                                                                : member.name);
    m_spelling->setNames(names);
}

void Composer::noteTyping() {
    if (text().trimmed().isEmpty()) {
        stopTyping();
        return;
    }
    m_typingPause.start();
    if (m_typingTold.isValid() && m_typingTold.elapsed() < kTypingAgainMs)
        return;
    m_typingTold.start();
    emit typing(m_conversation, true);
}

void Composer::stopTyping() {
    m_typingPause.stop();
    if (!m_typingTold.isValid())
        return;
    m_typingTold.invalidate();
    emit typing(m_conversation, false);
}

void Composer::setReply(const QByteArray& eventId, const QString& sender, const QString& text) {
    if (!eventId.isEmpty())
        setEditing({}, {});
    m_replyTo = eventId;
    if (!m_editing.isEmpty())
        return;
    m_quoteSender->setText(tr("Reply to %1").arg(isolated(sender)));
    m_quoteText->setText(text.left(800).simplified().left(200));
    const QString what = tr("Do not reply to this message");
    m_quoteClose->setAccessibleName(what);
    m_quoteClose->setToolTip(what);
    m_quote->setVisible(!eventId.isEmpty());
}

void Composer::setEditing(const QByteArray& eventId, const QString& text) {
    if (eventId.isEmpty()) {
        if (m_editing.isEmpty())
            return;
        m_editing.clear();
        m_later->setEnabled(true);
        m_quote->hide();
        setDraft(std::exchange(m_draftBeforeEdit, QString()));
        return;
    }
    if (m_editing.isEmpty()) {
        flushDraft();
        m_draftBeforeEdit = this->text();
    }
    m_replyTo.clear();
    m_editing = eventId;
    m_later->setEnabled(false);
    setDraft(text);
    m_quoteSender->setText(tr("Edit the message"));
    m_quoteText->setText(text.left(800).simplified().left(200));
    const QString what = tr("Do not edit this message");
    m_quoteClose->setAccessibleName(what);
    m_quoteClose->setToolTip(what);
    m_quote->show();
}

bool Composer::cancel() {
    if (m_editing.isEmpty() && m_replyTo.isEmpty())
        return false;
    setEditing({}, {});
    setReply({}, {}, {});
    return true;
}

void Composer::setAudience(const QString& text) {
    m_audience->setText(text);
    m_audience->setVisible(!text.isEmpty());
}

QString Composer::audience() const {
    return m_audience->isVisibleTo(this) ? m_audience->text() : QString();
}

void Composer::setEnterSends(bool on) {
    m_field->setEnterSends(on);
    m_send->setToolTip(withKeys(tr("Send"), on ? QStringLiteral("Return") : QStringLiteral("Ctrl+Return")));
}

void Composer::insertEmoji(const QString& emoji) {
    m_field->insertPlainText(emoji);
    m_field->setFocus();
}

void Composer::flushDraft() {
    stopTyping();
    if (m_draftTimer.isActive()) {
        m_draftTimer.stop();
        emit draftChanged(m_conversation, text());
    }
}

QString Composer::textToSend() const {
    return client::withMentionAddresses(m_field->toPlainText().trimmed(), m_mentions->members());
}

void Composer::submitLater() {
    // An edit goes at once: the others have the message already.
    if (!m_editing.isEmpty())
        return;
    const QString text = textToSend();
    if (text.isEmpty())
        emit scheduledRequested(m_conversation);
    else
        emit laterRequested(m_conversation, text, m_replyTo);
}

void Composer::putText(const QString& text) {
    setDraft(text);
    emit draftChanged(m_conversation, this->text());
    m_field->setFocus();
}

void Composer::clearText() {
    m_typingPause.stop();
    m_typingTold.invalidate();
    setDraft({});
    setReply({}, {}, {});
    emit draftChanged(m_conversation, QString());
}

void Composer::submit() {
    const QString text = textToSend();
    if (text.isEmpty())
        return;
    if (!m_editing.isEmpty()) {
        const QByteArray eventId = m_editing;
        setEditing({}, {});
        emit editRequested(m_conversation, eventId, text);
        return;
    }
    const QByteArray replyTo = m_replyTo;
    // The message itself says that the writing has ended.
    clearText();
    emit sendRequested(m_conversation, text, replyTo);
}

} // namespace valise::ui
