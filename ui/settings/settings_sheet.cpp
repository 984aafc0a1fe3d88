// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/settings_sheet.h"

#include "ui/accessibility/announcer.h"
#include "ui/format.h"
#include "ui/theme/line_field.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {
namespace {

// In the design's sizes.
constexpr int kSideWidth = 250;
constexpr double kSideShare = 0.36; //!< of the width, at most
constexpr int kPageWidth = 640;     //!< a page becomes no wider
constexpr int kWidth = 880;
constexpr int kHeight = 640;
constexpr int kLeastPage = 300;
constexpr int kLeastHeight = 380;
constexpr int kSectionIcon = 18;

bool holdsAll(const QString& text, const QStringList& words) {
    const QString folded = foldedText(text);
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return folded.contains(word); });
}

bool isFound(const SettingsRow* row, const QStringList& words) {
    return !words.isEmpty() && holdsAll(row->words(), words);
}

bool isFound(const SettingsPage* page, const QStringList& words) {
    QStringList all{page->title(), page->searchWords()};
    for (const SettingsRow* row : page->rows())
        all << row->words();
    return holdsAll(all.join(QLatin1Char(' ')), words);
}

} // namespace

SettingsSheet::SettingsSheet(const QVector<SettingsPage*>& pages, const Theme* theme, QWidget* parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_sections(new QListWidget(this))
    , m_search(new LineField(this))
    , m_nothing(new QLabel(tr("Nothing was found. Please try another word."), this))
    , m_stack(new QStackedWidget(this))
    , m_announcer(new Announcer(this)) {
    setWindowTitle(tr("Settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    makeSide();
    line->addWidget(m_side);
    auto* border = new QFrame(this);
    border->setObjectName(QStringLiteral("hairline"));
    border->setFixedWidth(1);
    line->addWidget(border);
    for (SettingsPage* page : pages)
        addPage(page);
    // After the pages, because Tab goes from one to the next as they were made.
    m_close = new QPushButton(tr("Close"), this);
    line->addWidget(makeMain(), 1);

    setTabOrder(m_search, m_sections);

    connect(m_search, &QLineEdit::textChanged, this, &SettingsSheet::search);
    connect(m_sections, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row < 0)
            return;
        m_stack->setCurrentIndex(row);
        markFound();
    });
    connect(m_close, &QPushButton::clicked, this, &SettingsSheet::finish);
    auto* find = new QShortcut(QKeySequence(QKeySequence::Find), this);
    connect(find, &QShortcut::activated, m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    m_theme->follow(this, [this] {
        const QRect room = screen()->availableGeometry();
        const auto within = [&room](QSize size) { return size.boundedTo(room.size() * 0.95); };
        setMinimumSize(within({m_theme->px(kSideWidth + kLeastPage), m_theme->px(kLeastHeight)}));
        resize(within({m_theme->px(kWidth), m_theme->px(kHeight)}));
        fitSide();
    });
    m_sections->setCurrentRow(0);
    m_sections->setFocus();
}

void SettingsSheet::makeSide() {
    m_side = new QWidget(this);
    auto* column = new QVBoxLayout(m_side);
    m_theme->margins(column, 12, 20, 12, 12);
    m_theme->follow(column, [this, column] { column->setSpacing(m_theme->px(10)); });
    auto* heading = new QLabel(tr("Settings"), m_side);
    m_theme->follow(heading, [this, heading] {
        heading->setContentsMargins(m_theme->px(12), 0, m_theme->px(12), 0);
        heading->setFont(m_theme->font(17, QFont::DemiBold));
    });
    column->addWidget(heading);
    m_search->setHint(tr("Search settings"));
    m_search->setAccessibleName(tr("Search settings"));
    m_theme->fixHeight(m_search, 34);
    m_search->installEventFilter(this);
    column->addWidget(m_search);
    m_nothing->setWordWrap(true);
    m_nothing->setProperty("dim", true);
    m_theme->follow(m_nothing, [this] {
        m_nothing->setContentsMargins(m_theme->px(12), 0, m_theme->px(12), 0);
        m_nothing->setFont(m_theme->font(12));
    });
    m_nothing->hide();
    column->addWidget(m_nothing);
    m_sections->setObjectName(QStringLiteral("settingsSections"));
    m_sections->setAccessibleName(tr("Sections"));
    m_sections->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_sections->setTextElideMode(Qt::ElideRight);
    column->addWidget(m_sections, 1);
}

void SettingsSheet::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    fitSide();
}

void SettingsSheet::fitSide() {
    // A page needs its room, whatever the size of the text.
    m_side->setFixedWidth(std::min(m_theme->px(kSideWidth), static_cast<int>(width() * kSideShare)));
}

QWidget* SettingsSheet::makeMain() {
    auto* main = new QWidget(this);
    main->setObjectName(QStringLiteral("settingsPage"));
    auto* column = new QVBoxLayout(main);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_stack, 1);
    auto* foot = new QHBoxLayout;
    m_theme->margins(foot, 26, 12, 24, 16);
    auto* note = new QLabel(tr("Changes are kept at once."), main);
    note->setProperty("dim", true);
    note->setWordWrap(true);
    m_theme->follow(note, [this, note] { note->setFont(m_theme->font(12)); });
    m_close->setAutoDefault(false);
    foot->addWidget(note, 1);
    foot->addWidget(m_close);
    column->addLayout(foot);
    return main;
}

void SettingsSheet::addPage(SettingsPage* page) {
    auto* area = new QScrollArea(m_stack);
    area->setObjectName(QStringLiteral("settingsArea"));
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto* around = new QWidget;
    around->setObjectName(QStringLiteral("settingsPage"));
    auto* line = new QHBoxLayout(around);
    m_theme->margins(line, 24, 20, 24, 8);
    auto* middle = new QWidget(around);
    m_theme->follow(middle, [this, middle] { middle->setMaximumWidth(m_theme->px(kPageWidth)); });
    line->addWidget(middle);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* title = new QLabel(page->title(), middle);
    title->setTextFormat(Qt::PlainText);
    m_theme->follow(title, [this, title] {
        // Margins first: a label measures itself anew when it gets another font.
        title->setContentsMargins(2, 0, 2, m_theme->px(16));
        title->setFont(m_theme->font(17, QFont::DemiBold));
    });
    column->addWidget(title);
    column->addWidget(page, 1);
    area->setWidget(around);
    m_stack->addWidget(area);
    m_pages.append(page);
    m_areas.append(area);
    auto* item = new QListWidgetItem(page->title(), m_sections);
    m_theme->follow(page, [this, page, item] {
        item->setIcon(m_theme->icon(page->icon()));
        m_sections->setIconSize(QSize(m_theme->px(kSectionIcon), m_theme->px(kSectionIcon)));
    });
}

SettingsPage* SettingsSheet::current() const {
    return m_pages.value(m_sections->currentRow());
}

void SettingsSheet::showPage(SettingsPage* page) {
    const auto at = static_cast<int>(m_pages.indexOf(page));
    if (at < 0)
        return;
    if (m_sections->item(at)->isHidden())
        m_search->clear();
    m_sections->setCurrentRow(at);
}

void SettingsSheet::search(const QString& text) {
    m_words = foldedText(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    int found = 0;
    int first = -1;
    bool direct = false; // the first has what is searched for in its title or in a line
    for (int i = 0; i < m_pages.size(); ++i) {
        const SettingsPage* page = m_pages.at(i);
        const bool here = isFound(page, m_words);
        m_sections->item(i)->setHidden(!here);
        if (!here)
            continue;
        ++found;
        const auto& rows = page->rows();
        const bool named = holdsAll(page->title(), m_words) ||
                           std::any_of(rows.begin(), rows.end(),
                                       [this](const SettingsRow* row) { return isFound(row, m_words); });
        if (first < 0 || (named && !direct)) {
            first = i;
            direct = named;
        }
    }
    m_nothing->setVisible(found == 0);
    if (!m_words.isEmpty() && first >= 0)
        m_sections->setCurrentRow(first);
    markFound();
    if (m_words.isEmpty())
        return;
    if (found == 0) {
        m_announcer->announce(m_nothing->text());
        return;
    }
    QString where = current()->title();
    for (const SettingsRow* row : current()->rows())
        if (row->isFound()) {
            //: Where a setting was found: section, name of the setting
            where = tr("%1: %2").arg(where, row->title());
            break;
        }
    m_announcer->announce(tr("Found in %n section(s). %1", nullptr, found).arg(where));
}

void SettingsSheet::markFound() {
    bool first = true;
    for (SettingsPage* page : std::as_const(m_pages))
        for (SettingsRow* row : page->rows()) {
            const bool found = isFound(row, m_words);
            row->setFound(found);
            if (!found || page != current() || !std::exchange(first, false))
                continue;
            QScrollArea* area = m_areas.at(m_sections->currentRow());
            area->widget()->layout()->activate();
            area->ensureWidgetVisible(row);
        }
}

void SettingsSheet::goToFound() {
    SettingsPage* page = current();
    if (!page || m_words.isEmpty())
        return;
    for (const SettingsRow* row : page->rows())
        if (row->isFound() && row->control()->isEnabled()) {
            row->control()->setFocus(Qt::TabFocusReason);
            return;
        }
    for (const SettingsRow* row : page->rows())
        if (row->control()->isEnabled()) {
            row->control()->setFocus(Qt::TabFocusReason);
            return;
        }
}

void SettingsSheet::moveSection(int by) {
    for (int row = m_sections->currentRow() + by; row >= 0 && row < m_sections->count(); row += by)
        if (!m_sections->item(row)->isHidden()) {
            m_sections->setCurrentRow(row);
            m_announcer->announce(m_pages.at(row)->title());
            return;
        }
}

bool SettingsSheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        goToFound();
        return true;
    case Qt::Key_Down:
        moveSection(1);
        return true;
    case Qt::Key_Up:
        moveSection(-1);
        return true;
    case Qt::Key_Escape:
        if (m_search->text().isEmpty())
            return false;
        m_search->clear();
        return true;
    default:
        return false;
    }
}

void SettingsSheet::finish() {
    for (SettingsPage* page : std::as_const(m_pages))
        page->apply();
    for (SettingsPage* page : std::as_const(m_pages)) {
        const SettingsPage::Problem wrong = page->problem();
        if (!wrong)
            continue;
        showPage(page);
        wrong.widget->setFocus();
        m_announcer->announce(wrong.text);
        return;
    }
    accept();
}

} // namespace valise::ui
