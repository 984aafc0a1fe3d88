// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/spelling_page.h"

#include <QCollator>
#include <QHBoxLayout>
#include <QHash>
#include <QKeyEvent>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

namespace valise::ui {
namespace {

constexpr int kMostRows = 6;             //!< of a list before it scrolls
constexpr int kNames = Qt::UserRole + 1; //!< the code of a dictionary and its other names

} // namespace

SpellingPage::SpellingPage(const SettingsContext& context)
    : SettingsPage(context.theme)
    , m_kept(&context.preferences->spelling)
    , m_keptWords(&context.preferences->ownWords)
    , m_checker(context.spelling)
    , m_on(new Switch(context.theme, this))
    , m_automatic(new Switch(context.theme, this))
    , m_dictionaries(new QListWidget(this))
    , m_words(new QListWidget(this))
    , m_remove(makeButton(tr("Remove")))
    , m_putBack(makeButton(tr("Put back"))) {
    addGroup({});
    addRow(tr("Mark words that may be misspelt"),
           tr("Words are looked up on this computer only. The menu on a marked word offers others."), m_on)
        ->followEntry(m_kept);
    for (QListWidget* list : {m_dictionaries, m_words}) {
        list->setProperty("boxed", true);
        list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
    makeDictionaries();
    makeWords();
    connect(m_on, &QCheckBox::toggled, this, &SpellingPage::apply);
    connect(m_kept, &PreferenceEntry::changed, this, &SpellingPage::showKept);
    connect(m_keptWords, &PreferenceEntry::changed, this, &SpellingPage::refresh);
    const auto installed = [this] {
        setDictionaries(m_checker->installed(), m_checker->chosen(), m_checker->automaticChoice());
    };
    connect(m_checker, &SpellChecker::installedChanged, this, installed);
    connect(m_checker, &SpellChecker::ownWordsChanged, this, &SpellingPage::fillWords);
    showKept();
    installed();
    fillWords();
    theme()->follow(this, [this] {
        fit(m_dictionaries);
        fit(m_words);
    });
}

void SpellingPage::makeDictionaries() {
    addGroup({});
    addRow(tr("Choose by the languages of this computer and of Valise"), {}, m_automatic);
    m_dictionaryRow = addRow(tr("Dictionaries"), {}, m_dictionaries, SettingsRow::Place::Below);
    m_dictionaries->setWordWrap(true);
    connect(m_dictionaries, &QListWidget::itemChanged, this, [this] {
        if (m_filling)
            return;
        m_touched = true;
        const QSignalBlocker silent(m_automatic);
        m_automatic->setChecked(false);
        apply();
    });
    connect(m_automatic, &QCheckBox::toggled, this, [this](bool on) {
        if (on)
            tick(m_byLanguage);
        apply();
    });
}

void SpellingPage::makeWords() {
    addGroup({});
    m_wordRow = addRow(tr("My words"), {}, m_words, SettingsRow::Place::Below);
    m_words->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_words->setUniformItemSizes(true);
    m_words->installEventFilter(this);
    auto* bar = new QWidget(this);
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(0, 0, 0, 0);
    line->addStretch();
    line->addWidget(m_putBack);
    line->addWidget(m_remove);
    m_wordBar = addBelow(bar);
    m_putBack->hide();
    connect(m_words, &QListWidget::itemSelectionChanged, this, &SpellingPage::refresh);
    connect(m_remove, &QPushButton::clicked, this, &SpellingPage::removeWords);
    connect(m_putBack, &QPushButton::clicked, this, &SpellingPage::putBack);
}

void SpellingPage::fit(QListWidget* list) const {
    int height = 2 * theme()->px(4) + 4;
    for (int i = 0; i < std::min(kMostRows, list->count()); ++i)
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
        const QStringList names = item->data(kNames).toStringList();
        const bool named = std::any_of(names.begin(), names.end(),
                                       [&codes](const QString& name) { return codes.contains(name); });
        item->setCheckState(named ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
}

void SpellingPage::setDictionaries(const QVector<InstalledDictionary>& installed, const QStringList& chosen,
                                   const QStringList& automatic) {
    m_byLanguage = automatic;
    const QStringList used = m_automatic->isChecked() ? automatic : m_touched ? ticked() : chosen;
    const int current = m_dictionaries->currentRow();
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
        item->setData(kNames, QStringList(one->files.aliases) << code);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(used.contains(code) ? Qt::Checked : Qt::Unchecked);
        if (one->refused) {
            const QString problem = dictionaryProblem(*one->refused);
            item->setText(name + QStringLiteral(" — ") + problem);
            item->setToolTip(problem);
        }
    }
    if (m_dictionaries->count() > 0)
        m_dictionaries->setCurrentRow(std::clamp(current, 0, m_dictionaries->count() - 1));
    m_filling = false;
    m_dictionaries->setVisible(!installed.isEmpty());
    m_dictionaryRow->setNote(
        installed.isEmpty()
            ? tr("No dictionary is installed on this computer. Your help desk can install one; packages of "
                 "the kind “hunspell” hold them, one for each language.")
            : tr("A word is right if one of the chosen dictionaries has it."));
    fit(m_dictionaries);
    refresh();
}

SpellingSettings SpellingPage::settings() const {
    SpellingSettings now = m_kept->value();
    const bool wasAutomatic = now.automatic;
    now.on = m_on->isChecked();
    now.automatic = m_automatic->isChecked();
    if (now.automatic)
        now.dictionaries.clear();
    else if (m_touched || wasAutomatic)
        now.dictionaries = ticked();
    return now;
}

SettingsPage::Problem SpellingPage::problem() const {
    const SpellingSettings now = settings();
    if (now.on && now.dictionaries.size() > SpellChecker::kMostDictionaries)
        return {tr("At most %1 dictionaries can be used at once. Please choose those of the languages you "
                   "write most.")
                    .arg(QLocale().toString(SpellChecker::kMostDictionaries)),
                m_dictionaries};
    return {};
}

void SpellingPage::apply() {
    const Problem wrong = problem();
    m_dictionaryRow->setProblem(wrong.text);
    if (!wrong && settings() != m_kept->value())
        m_kept->set(settings());
    refresh();
}

void SpellingPage::showKept() {
    const SpellingSettings& kept = m_kept->value();
    if (kept != settings()) {
        m_touched = false;
        const QSignalBlocker silent(m_on);
        const QSignalBlocker silentToo(m_automatic);
        m_on->setChecked(kept.on);
        m_automatic->setChecked(kept.automatic);
        tick(kept.automatic ? m_byLanguage : kept.dictionaries);
    }
    refresh();
}

void SpellingPage::fillWords() {
    const int row = m_words->currentRow();
    m_words->clear();
    m_words->addItems(m_checker->ownWords());
    const bool none = m_words->count() == 0;
    if (!none && row >= 0)
        m_words->setCurrentRow(std::min(row, m_words->count() - 1), QItemSelectionModel::Current);
    m_words->setVisible(!none);
    m_remove->setVisible(!none);
    m_wordRow->setNote(none ? tr("None yet. “Add to my words”, in the menu on a marked word, puts one here. "
                                 "They stay in your encrypted profile.")
                            : QString());
    fit(m_words);
    refresh();
}

void SpellingPage::removeWords() {
    const QList<QListWidgetItem*> selected = m_words->selectedItems();
    if (selected.isEmpty() || !m_keptWords->mayChange())
        return;
    const int row = m_words->row(selected.first());
    const bool focused = m_words->hasFocus() || m_remove->hasFocus();
    m_removed.clear();
    for (const QListWidgetItem* item : selected)
        m_removed << item->text();
    m_putBack->show();
    m_checker->removeOwnWords(m_removed);
    if (m_words->count() > 0)
        m_words->setCurrentRow(std::min(row, m_words->count() - 1));
    else if (focused)
        m_putBack->setFocus();
}

void SpellingPage::putBack() {
    for (const QString& word : std::exchange(m_removed, {}))
        m_checker->addOwnWord(word);
    m_words->setFocus();
    m_putBack->hide();
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
    return SettingsPage::eventFilter(watched, event);
}

void SpellingPage::refresh() {
    const bool free = m_kept->mayChange();
    m_automatic->setEnabled(free && m_on->isChecked());
    m_dictionaries->setEnabled(free && m_on->isChecked());
    m_remove->setEnabled(m_keptWords->mayChange() && !m_words->selectedItems().isEmpty());
    m_wordBar->setVisible(m_words->count() > 0 || !m_removed.isEmpty());
}

QString SpellingPage::title() const {
    return tr("Spelling");
}

QString SpellingPage::icon() const {
    return QStringLiteral("spelling");
}

QString SpellingPage::searchWords() const {
    //: Words that people may look for in the settings, between blanks
    return tr("spell check dictionary misspelled correction vocabulary");
}

} // namespace valise::ui
