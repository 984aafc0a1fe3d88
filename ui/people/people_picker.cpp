// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/people_picker.h"

#include "ui/format.h"
#include "ui/theme/line_field.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace valise::ui {

PeoplePicker::PeoplePicker(Purpose purpose, const Theme* theme, QWidget* parent)
    : Sheet(theme, purpose == Purpose::Start ? tr("Start a conversation") : tr("Add people"),
            purpose == Purpose::Start
                ? tr("With one person it is a direct conversation, with several a group. Only its members "
                     "can read it.")
                : tr("New members can read what is written from now on, not what was written before."),
            parent)
    , m_purpose(purpose) {
    addLabel(tr("Invitation links or addresses"));
    m_paste = new QPlainTextEdit(this);
    m_paste->setObjectName(QStringLiteral("addressField"));
    beginWithTheWindow(m_paste, m_paste->document());
    m_paste->setPlaceholderText(tr("Paste one or several here, each on its own line"));
    m_paste->setAccessibleName(tr("Invitation links or addresses"));
    m_paste->setTabChangesFocus(true);
    m_paste->setFixedHeight(theme->px(78));
    content()->addWidget(m_paste);
    addHint(tr("Each person finds theirs under “My invitation”."));
    m_contactsLabel = addLabel(tr("People you know"));
    m_contacts = new QListWidget(this);
    m_contacts->setObjectName(QStringLiteral("contactList"));
    m_contacts->setProperty("boxed", true);
    m_contacts->setAccessibleName(tr("People you know"));
    m_contacts->setFixedHeight(theme->px(132));
    content()->addWidget(m_contacts);
    if (purpose == Purpose::Start) {
        addLabel(tr("Name of the group (may be left empty)"));
        auto* name = new LineField(this);
        name->setHint(tr("For example: Drafting committee"));
        m_name = name;
        m_name->setObjectName(QStringLiteral("groupNameField"));
        m_name->setMaxLength(80);
        m_name->setAccessibleName(tr("Name of the group (may be left empty)"));
        content()->addWidget(m_name);
    }
    addCloseButton(tr("Cancel"));
    connect(addMainButton(purpose == Purpose::Start ? tr("Start") : tr("Add")), &QPushButton::clicked, this,
            &PeoplePicker::submit);
    setContacts({});
    m_paste->setFocus();
}

void PeoplePicker::setContacts(const QVector<client::ContactRecord>& contacts) {
    m_contacts->clear();
    for (const auto& c : contacts) {
        auto* item = new QListWidgetItem(c.name.isEmpty() ? shortAddress(c.address) : c.name, m_contacts);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
        item->setData(Qt::UserRole, c.address);
        item->setToolTip(c.address);
    }
    m_contacts->setVisible(!contacts.isEmpty());
    m_contactsLabel->setVisible(!contacts.isEmpty());
    fit();
}

QStringList PeoplePicker::addresses() const {
    static const QRegularExpression kSeparators(QStringLiteral("[\\s,;]+"));
    QStringList all = m_paste->toPlainText().split(kSeparators, Qt::SkipEmptyParts);
    for (int i = 0; i < m_contacts->count(); ++i) {
        if (m_contacts->item(i)->checkState() == Qt::Checked)
            all << m_contacts->item(i)->data(Qt::UserRole).toString();
    }
    all.removeDuplicates();
    return all;
}

QString PeoplePicker::name() const {
    return m_name ? m_name->text().simplified() : QString();
}

void PeoplePicker::submit() {
    const QStringList all = addresses();
    if (all.isEmpty()) {
        showError(tr("Nobody is chosen yet. Please paste an invitation link or choose somebody you know."));
        m_paste->setFocus();
        return;
    }
    showError({});
    setBusy(true);
    emit chosen(name(), all);
}

} // namespace valise::ui
