// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QTextEdit>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace valise::ui {

//! The field of the composer: plain text only, grows to six lines.
class ComposerField : public QTextEdit {
    Q_OBJECT

public:
    explicit ComposerField(QWidget* parent = nullptr);

    //! What stands in the empty field.
    void setHint(const QString& text);

signals:
    void submitted();
    void cancelled();
    //! Up was pressed in the empty field: the person wants to walk the messages.
    void leftUpwards();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitHeight();
    QString m_hint;
};

//! Where one writes: the quote bar of a reply, the field, the send button. Keeps nothing; drafts are
//! reported.
class Composer : public QWidget {
    Q_OBJECT

public:
    explicit Composer(const Theme* theme, QWidget* parent = nullptr);

    ComposerField* field() const { return m_field; }
    QToolButton* sendButton() const { return m_send; }
    void setPlaceholder(const QString& text);
    //! Shows another conversation's draft, without reporting it back.
    void setDraft(const QString& text);
    QString text() const { return m_field->toPlainText(); }
    //! Answers a message; an empty event id ends the reply.
    void setReply(const QByteArray& eventId, const QString& sender, const QString& text);
    const QByteArray& replyTo() const { return m_replyTo; }
    //! Reports a draft that has not been reported yet; called before another conversation opens.
    void flushDraft();

signals:
    void sendRequested(const QString& text, const QByteArray& replyTo);
    void draftChanged(const QString& text);
    void leftUpwards();

private:
    void submit();
    void restyle();

    const Theme* m_theme;
    QWidget* m_quote;
    QLabel* m_quoteSender;
    QLabel* m_quoteText;
    QToolButton* m_quoteClose;
    ComposerField* m_field;
    QToolButton* m_send;
    QTimer m_draftTimer;
    QByteArray m_replyTo;
    bool m_setting = false;
};

} // namespace valise::ui
