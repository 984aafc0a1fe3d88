// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/sheet.h"

#include "ui/error_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace valise::ui {

Sheet::Sheet(const Theme* theme, const QString& title, const QString& explanation, QWidget* parent)
    : QDialog(parent)
    , m_theme(theme) {
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    setMinimumWidth(theme->px(460));
    resize(theme->px(460), theme->px(200));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(26, 24, 26, 22);
    outer->setSpacing(0);
    auto* heading = new QLabel(title, this);
    heading->setFont(theme->font(17, QFont::DemiBold));
    heading->setTextFormat(Qt::PlainText); // names of people and groups stand in it
    heading->setWordWrap(true);
    outer->addWidget(heading);
    if (!explanation.isEmpty()) {
        outer->addSpacing(6);
        auto* words = new QLabel(explanation, this);
        words->setTextFormat(Qt::PlainText);
        words->setWordWrap(true);
        words->setProperty("dim", true);
        outer->addWidget(words);
    }
    outer->addSpacing(16);
    m_content = new QVBoxLayout;
    m_content->setSpacing(8);
    outer->addLayout(m_content, 1);
    m_error = new QLabel(this);
    m_error->setObjectName(QStringLiteral("errorLabel"));
    m_error->setProperty("error", true);
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setContentsMargins(0, 10, 0, 0);
    m_error->hide();
    outer->addWidget(m_error);
    outer->addSpacing(14);
    m_progress = new QProgressBar(this);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->hide();
    outer->addWidget(m_progress);
    outer->addSpacing(8);
    m_buttons = new QWidget(this);
    auto* row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addStretch();
    outer->addWidget(m_buttons);
}

void Sheet::showError(const QString& text) {
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
    m_error->setAccessibleName(text);
    fit();
}

void Sheet::fit() {
    const int w = std::max(width(), minimumWidth());
    layout()->invalidate();
    layout()->activate();
    const int h =
        layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(w) : layout()->totalSizeHint().height();
    resize(w, std::max(h, minimumHeight()));
}

void Sheet::showEvent(QShowEvent* event) {
    fit();
    QDialog::showEvent(event);
}

QString Sheet::errorShown() const {
    return m_error->isVisibleTo(this) ? m_error->text() : QString();
}

void Sheet::setBusy(bool busy) {
    m_progress->setVisible(busy);
    if (m_main)
        m_main->setEnabled(!busy);
}

void Sheet::explain(const Error& error) {
    showError(errorText(error));
}

void Sheet::fail(const Error& error) {
    setBusy(false);
    explain(error);
}

std::function<void(Result<void>)> Sheet::closing(std::function<void()> then) {
    return [this, then = std::move(then)](Result<void> r) {
        if (!r)
            return fail(r.error());
        setBusy(false);
        if (then)
            then();
        accept();
    };
}

QPushButton* Sheet::addMainButton(const QString& text, bool danger) {
    m_main = addButton(text);
    m_main->setProperty(danger ? "danger" : "primary", true);
    m_main->setDefault(!danger);
    m_main->setObjectName(QStringLiteral("mainButton"));
    return m_main;
}

QPushButton* Sheet::addButton(const QString& text) {
    auto* b = new QPushButton(text, m_buttons);
    b->setAutoDefault(false);
    m_buttons->layout()->addWidget(b);
    return b;
}

QPushButton* Sheet::addCloseButton(const QString& text) {
    auto* b = addButton(text);
    connect(b, &QPushButton::clicked, this, &QDialog::reject);
    return b;
}

QLabel* Sheet::addLabel(const QString& text) {
    auto* label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setFont(m_theme->font(13, QFont::DemiBold));
    m_content->addWidget(label);
    return label;
}

QLabel* Sheet::addHint(const QString& text) {
    auto* label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setFont(m_theme->font(12));
    label->setProperty("dim", true);
    label->setWordWrap(true);
    m_content->addWidget(label);
    return label;
}

} // namespace valise::ui
