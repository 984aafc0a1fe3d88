// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/account_page.h"

#include "ui/error_text.h"
#include "ui/language/language.h"

#include <QLineEdit>

namespace valise::ui {
namespace {

constexpr int kFieldWidth = 170; //!< at least, in the design's size
constexpr int kMostName = 64;    //!< characters, as the account takes them

} // namespace

AccountPage::AccountPage(const SettingsContext& context)
    : SettingsPage(context.theme)
    , m_account(context.account)
    , m_name(new QLineEdit(context.account->name(), this))
    , m_kept(context.account->name()) {
    addGroup({});
    m_name->setMaxLength(kMostName);
    theme()->follow(m_name, [this] { m_name->setMinimumWidth(theme()->px(kFieldWidth)); });
    m_nameRow = addRow(tr("Your name"), tr("The people you talk to see it."), m_name);
    connect(m_name, &QLineEdit::editingFinished, this, &AccountPage::apply);
    // A fault that is being mended is not held up to the person.
    connect(m_name, &QLineEdit::textEdited, m_nameRow, [this] { m_nameRow->setProblem({}); });

    QVector<std::pair<QString, QString>> languages{{tr("As the system"), Language::kAutomatic}};
    for (const QString& code : Language::available())
        // Each language by its own name, so that a person who needs it finds it.
        languages.append({Language::ownName(code), code});
    m_language = addChoice(tr("Language"), tr("The window changes when the settings are closed."),
                           &context.preferences->language, languages);
}

QString AccountPage::title() const {
    return tr("You");
}

QString AccountPage::icon() const {
    return QStringLiteral("members");
}

QString AccountPage::searchWords() const {
    //: Words that people may look for in the settings, between blanks
    return tr("profile account translation");
}

SettingsPage::Problem AccountPage::problem() const {
    if (m_name->text().simplified().isEmpty())
        return {tr("Please write a name; the people you talk to need to know who you are."), m_name};
    if (!m_nameRow->problem().isEmpty())
        return {m_nameRow->problem(), m_name};
    return {};
}

void AccountPage::apply() {
    const QString name = m_name->text().simplified();
    if (name.isEmpty()) {
        m_nameRow->setProblem(problem().text);
        return;
    }
    if (name == m_kept)
        return;
    m_kept = name;
    m_nameRow->setProblem({});
    m_account->setName(name, this, [this, name](const Result<void>& done) {
        if (done || name != m_kept)
            return;
        // It may be tried again.
        m_kept.clear();
        m_nameRow->setProblem(errorText(done.error()));
    });
}

} // namespace valise::ui
