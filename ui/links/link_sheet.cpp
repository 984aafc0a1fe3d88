// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/links/link_sheet.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

constexpr qsizetype kMostShown = 600;
constexpr int kIcon = 17;

//! Addresses may break behind every ASCII sign; a word-wrapped label alone breaks at blanks only. Other
//! letters may join, and are left together.
QString breakable(const QString& text) {
    QString out;
    for (const QChar c : text) {
        out.append(c);
        if (c.unicode() < 0x80)
            out.append(QChar(0x200B));
    }
    return out;
}

QString warningText(LinkWarning warning, const LinkCheck& check) {
    switch (warning) {
    case LinkWarning::LooksAlike:
        return LinkSheet::tr(
                   "It looks like %1, but its letters are others. This is how false addresses are made.")
            .arg(check.looksLike);
    case LinkWarning::MixedScripts:
        return LinkSheet::tr("It mixes letters of several alphabets, which honest addresses hardly ever do.");
    case LinkWarning::UserInfo:
        return check.userInfo.isEmpty()
                   ? LinkSheet::tr("A sign in it (@) makes it look like another address.")
                   : LinkSheet::tr("“%1” stands before it in the link, but is not where it leads.")
                         .arg(check.userInfo.left(60));
    case LinkWarning::Port:
        return LinkSheet::tr("It uses the unusual port %1.").arg(check.port);
    case LinkWarning::Number:
        return LinkSheet::tr("It is a number instead of a name; nobody vouches for who is behind it.");
    case LinkWarning::Unencrypted:
        return LinkSheet::tr("The connection is not encrypted: others on the way can read along.");
    }
    return {};
}

} // namespace

LinkSheet::LinkSheet(const QString& target, const Theme* theme, QWidget* parent)
    : Sheet(theme,
            checkLink(target).kind == LinkCheck::Kind::Mail      ? tr("Write an e-mail to this address?")
            : checkLink(target).kind == LinkCheck::Kind::Nothing ? tr("This link cannot be opened")
                                                                 : tr("Open this link?"),
            {}, parent)
    , m_target(target)
    , m_check(checkLink(target)) {
    setObjectName(QStringLiteral("linkSheet"));
    setMinimumWidth(500);
    const bool opens = m_check.kind != LinkCheck::Kind::Nothing;
    const Qt::Alignment leading =
        (layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute;
    if (opens) {
        m_host = addLabel(breakable(m_check.host));
        m_host->setObjectName(QStringLiteral("linkHost"));
        m_host->setFont(theme->font(22, QFont::DemiBold));
        m_host->setWordWrap(true);
        m_host->setAlignment(leading);
        m_host->setAccessibleName(tr("It leads to %1").arg(m_check.host));
        if (m_check.mayDeceive())
            m_host->setStyleSheet(QStringLiteral("color: %1").arg(theme->palette().rest.name()));
        if (m_check.host != m_check.asciiHost)
            addHint(tr("In Latin letters: %1").arg(breakable(m_check.asciiHost)))->setAlignment(leading);
    } else {
        addHint(tr("It is not written as a web or e-mail address, or hides something in it."));
    }
    for (const LinkWarning warning : m_check.warnings)
        addWarning(warning);
    content()->addSpacing(4);
    QString whole = opens ? m_check.url.toString(QUrl::FullyEncoded) : target;
    if (whole.size() > kMostShown)
        whole = whole.left(kMostShown) + QChar(0x2026);
    auto* address = addHint(breakable(whole));
    address->setFont(theme->codeFont(12));
    address->setAlignment(leading);
    // An address is read from left to right everywhere.
    address->setLayoutDirection(Qt::LeftToRight);

    m_copy = addButton(tr("Copy the address"));
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_target);
        accept();
    });
    auto* cancel = addCloseButton(opens ? tr("Cancel") : tr("Close"));
    if (!opens) {
        cancel->setDefault(true);
        cancel->setFocus();
        return;
    }
    auto* open =
        addMainButton(m_check.kind == LinkCheck::Kind::Mail ? tr("Write") : tr("Open in the browser"),
                      m_check.mayDeceive());
    connect(open, &QPushButton::clicked, this, [this] {
        emit confirmed(m_check.url);
        accept();
    });
    // Enter opens only what looks honest.
    auto* first = m_check.mayDeceive() ? cancel : open;
    first->setDefault(true);
    first->setFocus();
}

void LinkSheet::addWarning(LinkWarning warning) {
    const bool grave = warning == LinkWarning::LooksAlike || warning == LinkWarning::MixedScripts ||
                       warning == LinkWarning::UserInfo;
    const QColor colour = grave ? theme()->palette().rest : theme()->palette().warn;
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* icon = new QLabel(line);
    icon->setPixmap(
        theme()->icon(QStringLiteral("warning"), colour).pixmap(QSize(kIcon, kIcon), devicePixelRatioF()));
    auto* words = new QLabel(warningText(warning, m_check), line);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setFont(theme()->font(13));
    words->setStyleSheet(QStringLiteral("color: %1").arg(colour.name()));
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(words, 1);
    content()->addWidget(line);
    m_warnings << words->text();
}

QString LinkSheet::hostShown() const {
    return m_host ? m_host->text().remove(QChar(0x200B)) : QString();
}

} // namespace valise::ui
