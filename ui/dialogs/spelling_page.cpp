// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/spelling_page.h"

#include <QCheckBox>
#include <QCollator>
#include <QHBoxLayout>
#include <QHash>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {
namespace {

constexpr int kMostRows = 6; //!< of a list before it scrolls

} // namespace

SpellingPage::SpellingPage(const SpellingSettings& settings, const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_start(settings)
    , m_theme(theme) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_on = new QCheckBox(tr("Mark words that may be misspelt"), this);
    m_on->setChecked(settings.on);
    column->addWidget(m_on);
    addNote(tr("Words are looked up on this computer only. The menu on a marked word offers others."));

    addHeading(tr("Dictionaries"));
    m_automatic = new QCheckBox(tr("Choose by the languages of this computer and of Valise"), this);
    m_automatic->setChecked(settings.automatic);
    column->addWidget(m_automatic);
    m_dictionaries = new QListWidget(this);
    m_dictionaries->setProperty("boxed", true);
    m_dictionaries->setAccessibleName(tr("Dictionaries"));
    m_dictionaries->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_dictionaries->setWordWrap(true);
    column->addWidget(m_dictionaries);
    m_note = addNote(tr("A word is right if one of the chosen dictionaries has it."));
    m_none =
        addNote(tr("No dictionary is installed on this computer. Your help desk can install one; packages "
                   "of the kind “hunspell” hold them, one for each language."));

    auto* row = new QHBoxLayout;
    QLabel* heading = addHeading(tr("My words"));
    column->removeWidget(heading);
    m_remove = new QPushButton(tr("Remove"), this);
    m_remove->setAutoDefault(false);
    row->addWidget(heading, 1);
    row->addWidget(m_remove);
    column->addLayout(row);
    m_words = new QListWidget(this);
    m_words->setProperty("boxed", true);
    m_words->setAccessibleName(tr("My words"));
    m_words->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_words->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_words->setUniformItemSizes(true);
    column->addWidget(m_words);
    m_noWords =
        addNote(tr("None yet. “Add to my words”, in the menu on a marked word, puts one here. They stay "
                   "in your encrypted profile."));

    // The list first: what is removed is chosen there.
    setTabOrder(m_words, m_remove);
    connect(m_dictionaries, &QListWidget::itemChanged, this, [this] {
        if (m_filling)
            return;
        m_touched = true;
        m_automatic->setChecked(false);
    });
    connect(m_automatic, &QCheckBox::toggled, this, [this](bool on) {
        if (on)
            tick(m_byLanguage);
    });
    connect(m_on, &QCheckBox::toggled, this, &SpellingPage::refresh);
    connect(m_words, &QListWidget::itemSelectionChanged, this, &SpellingPage::refresh);
    connect(m_remove, &QPushButton::clicked, this, &SpellingPage::removeWords);
    m_words->installEventFilter(this);
    setDictionaries({}, {}, {});
    setOwnWords({});
}

QLabel* SpellingPage::addHeading(const QString& text) {
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addSpacing(10);
    auto* label = new QLabel(text, this);
    label->setFont(m_theme->font(13, QFont::DemiBold));
    column->addWidget(label);
    return label;
}

QLabel* SpellingPage::addNote(const QString& text) {
    auto* label = new QLabel(text, this);
    label->setFont(m_theme->font(12));
    label->setProperty("dim", true);
    label->setWordWrap(true);
    layout()->addWidget(label);
    return label;
}

void SpellingPage::fit(QListWidget* list, int most) const {
    int height = 2 * m_theme->px(4) + 4;
    for (int i = 0; i < std::min(most, list->count()); ++i)
        height += list->sizeHintForRow(i);
    list->setFixedHeight(height);
}

QStringList SpellingPage::ticked() const {
    QStringList codes;
    for (int i = 0; i < m_dictionaries->count(); ++i)
        if (m_dictionaries->item(i)->checkState() == Qt::Checked)
            codes << m_dictionaries->item(i)->data(Qt::UserRole).toString();
    return codes;
}

void SpellingPage::tick(const QStringList& codes) {
    m_filling = true;
    for (int i = 0; i < m_dictionaries->count(); ++i) {
        QListWidgetItem* item = m_dictionaries->item(i);
        item->setCheckState(codes.contains(item->data(Qt::UserRole).toString()) ? Qt::Checked
                                                                                : Qt::Unchecked);
    }
    m_filling = false;
}

void SpellingPage::setDictionaries(const QVector<InstalledDictionary>& installed, const QStringList& chosen,
                                   const QStringList& automatic) {
    m_byLanguage = automatic;
    const QStringList used = m_automatic->isChecked() ? automatic : m_touched ? ticked() : chosen;
    m_filling = true;
    m_dictionaries->clear();
    QHash<QString, int> sharing;
    for (const InstalledDictionary& one : installed)
        ++sharing[dictionaryName(one.files)];
    QVector<std::pair<QString, const InstalledDictionary*>> named;
    for (const InstalledDictionary& one : installed) {
        const QString name = dictionaryName(one.files);
        // Two of one name are told apart by the names of their files.
        named.append(
            {sharing.value(name) > 1 ? QStringLiteral("%1 [%2]").arg(name, one.files.code) : name, &one});
    }
    QCollator order;
    order.setCaseSensitivity(Qt::CaseInsensitive);
    std::stable_sort(named.begin(), named.end(),
                     [&](const auto& a, const auto& b) { return order.compare(a.first, b.first) < 0; });
    for (const auto& [name, one] : std::as_const(named)) {
        const QString& code = one->files.code;
        auto* item = new QListWidgetItem(name, m_dictionaries);
        item->setData(Qt::UserRole, code);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(used.contains(code) ? Qt::Checked : Qt::Unchecked);
        if (one->refused) {
            const QString problem = dictionaryProblem(*one->refused);
            item->setText(name + QStringLiteral(" — ") + problem);
            item->setToolTip(problem);
        }
    }
    if (m_dictionaries->count() > 0)
        m_dictionaries->setCurrentRow(0);
    m_filling = false;
    m_dictionaries->setVisible(!installed.isEmpty());
    m_automatic->setVisible(!installed.isEmpty());
    m_note->setVisible(!installed.isEmpty());
    m_none->setVisible(installed.isEmpty());
    fit(m_dictionaries, kMostRows);
    refresh();
}

void SpellingPage::setOwnWords(const QStringList& words) {
    m_words->clear();
    m_words->addItems(words);
    m_words->setVisible(!words.isEmpty());
    m_remove->setVisible(!words.isEmpty());
    m_noWords->setVisible(words.isEmpty());
    fit(m_words, kMostRows);
    refresh();
}

SpellingSettings SpellingPage::settings() const {
    SpellingSettings now = m_start;
    now.on = m_on->isChecked();
    now.automatic = m_automatic->isChecked();
    if (now.automatic)
        now.dictionaries.clear();
    else if (m_touched || m_start.automatic)
        now.dictionaries = ticked();
    return now;
}

void SpellingPage::removeWords() {
    const QList<QListWidgetItem*> selected = m_words->selectedItems();
    if (selected.isEmpty())
        return;
    const int row = m_words->row(selected.first());
    for (QListWidgetItem* item : selected) {
        m_removed << item->text();
        delete item;
    }
    if (m_words->count() == 0) {
        const bool focused = m_words->hasFocus() || m_remove->hasFocus();
        setOwnWords({});
        if (focused)
            m_on->setFocus();
        return;
    }
    m_words->setCurrentRow(std::min(row, m_words->count() - 1));
    fit(m_words, kMostRows);
    refresh();
}

bool SpellingPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_words && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
            removeWords();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SpellingPage::refresh() {
    m_automatic->setEnabled(m_on->isChecked());
    m_dictionaries->setEnabled(m_on->isChecked());
    m_remove->setEnabled(!m_words->selectedItems().isEmpty());
}

} // namespace valise::ui
