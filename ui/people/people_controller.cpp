// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/people_controller.h"

#include "ui/dialogs/confirm_sheet.h"
#include "ui/format.h"
#include "ui/people/invitation_sheet.h"
#include "ui/people/people_picker.h"
#include "ui/people/side_panel.h"

namespace valise::ui {

using client::Client;

PeopleController::PeopleController(Client* client, const Theme* theme, SidePanel* panel)
    : Controller(client, theme, panel->window()) {
    connect(panel, &SidePanel::addPeopleWanted, this, &PeopleController::addPeople);
    connect(panel, &SidePanel::removeWanted, this, &PeopleController::removeMember);
    connect(client, &Client::membersChanged, this, [this](const QByteArray& id) {
        if (id.isEmpty() || id == m_open)
            loadMembers();
    });
    // The own name stands among them.
    connect(client, &Client::accountChanged, this, [this](const client::AccountRecord& account) {
        m_account = account;
        loadMembers();
    });
}

void PeopleController::openConversation(const client::ConversationId& conversation) {
    m_open = conversation;
    loadMembers();
}

void PeopleController::loadMembers() {
    if (m_open.isEmpty())
        return;
    ++m_questions;
    client()->groups()->members(m_open, this, [this, id = m_open](Result<QVector<client::MemberRecord>> r) {
        if (r)
            emit membersRead(id, *r);
    });
}

PeoplePicker* PeopleController::openPicker(bool forNew) {
    auto* picker = new PeoplePicker(forNew ? PeoplePicker::Purpose::Start : PeoplePicker::Purpose::Add,
                                    theme(), window());
    client()->people()->contacts(picker,
                                 [picker, self = m_account.key](Result<QVector<client::ContactRecord>> r) {
                                     if (!r)
                                         return;
                                     QVector<client::ContactRecord> others;
                                     for (const client::ContactRecord& c : *r)
                                         if (c.key != self)
                                             others.append(c);
                                     picker->setContacts(others);
                                 });
    picker->open();
    return picker;
}

void PeopleController::startConversation() {
    PeoplePicker* picker = openPicker(true);
    connect(picker, &PeoplePicker::chosen, this,
            [this, picker](const QString& name, const QStringList& addresses) {
                const auto open = [this](const client::ConversationRecord& made) { emit founded(made); };
                client()->groups()->create(name, addresses, picker,
                                           picker->closing<client::ConversationRecord>(open));
            });
}

void PeopleController::addPeople(const client::ConversationRecord& conversation) {
    PeoplePicker* picker = openPicker(false);
    connect(picker, &PeoplePicker::chosen, this,
            [this, picker, id = conversation.id](const QString&, const QStringList& addresses) {
                client()->groups()->addMembers(id, addresses, picker, picker->closing());
            });
}

void PeopleController::removeMember(const client::ConversationRecord& conversation,
                                    const client::MemberRecord& member) {
    auto* sheet =
        new ConfirmSheet(tr("Remove %1?").arg(isolated(member.name)),
                         tr("This person can read nothing that is written from now on. What they have "
                            "received already stays with them."),
                         tr("Remove"), theme(), window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, sheet, id = conversation.id, key = member.key] {
        client()->groups()->removeMember(id, key, sheet, sheet->closing());
    });
    sheet->open();
}

void PeopleController::showInvitation() {
    (new InvitationSheet(m_account, theme(), window()))->open();
}

} // namespace valise::ui
