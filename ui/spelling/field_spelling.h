// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/spelling/spell_checker.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <QObject>
#include <QPointer>
#include <QTextCursor>
#include <QTimer>

#include <optional>

class QTextEdit;

namespace valise::ui {

//! A word of a document that is marked, by its place.
struct MarkedWord {
    int start = 0;
    int length = 0;

    friend bool operator==(const MarkedWord&, const MarkedWord&) = default;
};

//! Marks the misspelt words of a text field and offers what may have been meant in its menu (mouse, menu key
//! or Shift+F10). The document is not touched: marks are painted over it, so that they are neither undone nor
//! sent. The word that is being written is left alone until the caret leaves it.
class FieldSpelling : public QObject {
    Q_OBJECT

public:
    FieldSpelling(QTextEdit* field, const Theme* theme);

    //! The checker of the words; null: none. It outlives the field, or is taken away before it ends.
    void setChecker(SpellChecker* checker);
    //! How members are written behind an @; their words are right too.
    void setNames(const QStringList& names);
    //! The text was put there and is not being written.
    void settle();
    //! The words that are marked now, in the order of the text.
    const QVector<MarkedWord>& marks() const { return m_marks; }
    //! Paints the marks; called by the field when it has painted its text.
    void paint(QPainter& painter) const;
    //! The menu that is open, if any.
    QMenu* menu() const { return m_menu; }

signals:
    //! A sentence about an action that failed.
    void notice(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void look();
    void noteCaret();
    bool isBeingWritten(int start, int end) const;
    std::optional<MarkedWord> markAt(int position) const;
    std::optional<MarkedWord> markUnder(QPoint point) const;
    QVector<QRectF> placesOf(const MarkedWord& word) const;
    void wantMenuAtCaret();
    void wantMenu(QPoint global, std::optional<MarkedWord> mark, bool keyboard);
    void makeMenu();
    void fillMenu(const QStringList& suggestions);
    void showMenu();
    void replace(const QString& text);

    QTextEdit* m_field;
    const Theme* m_theme;
    QPointer<SpellChecker> m_checker;
    QStringList m_names;
    QSet<QString> m_nameWords;
    QVector<MarkedWord> m_marks;
    bool m_writing = false; //!< the word at the caret
    int m_caret = 0;        //!< where it was left by writing
    int m_revision = -1;    //!< of the document when it was last changed
    QTextCursor m_word;     //!< that the menu is about; no selection: none
    QString m_meant;        //!< that word, as it was when the menu was asked for
    QPointer<QMenu> m_menu;
    QPointer<QAction> m_looking; //!< stands where suggestions will
    QPoint m_menuAt;
    bool m_menuByKey = false;
    int m_question = 0;
    QTimer m_patience;
};

} // namespace valise::ui
