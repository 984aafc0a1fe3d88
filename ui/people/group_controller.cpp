// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/group_controller.h"

#include "ui/dialogs/confirm_sheet.h"
#include "ui/format.h"
#include "ui/people/group_servers_sheet.h"
#include "ui/people/rename_sheet.h"
#include "ui/people/request_bar.h"
#include "ui/people/retention_sheet.h"
#include "ui/people/side_panel.h"

#include <QPushButton>

namespace valise::ui {

using client::ConversationRecord;

GroupController::GroupController(client::Client* client, const Theme* theme, SidePanel* panel,
                                 RequestBar* request)
    : Controller(client, theme, panel->window())
    , m_request(request) {
    connect(panel, &SidePanel::renameWanted, this, &GroupController::showRename);
    connect(panel, &SidePanel::leaveWanted, this, &GroupController::showLeave);
    connect(panel, &SidePanel::administratorWanted, this, &GroupController::showAdministrator);
    connect(panel, &SidePanel::retentionWanted, this, &GroupController::showRetention);
    connect(panel, &SidePanel::serversWanted, this, &GroupController::showServers);
    connect(panel, &SidePanel::disbandWanted, this, &GroupController::showDisband);
    connect(request, &RequestBar::acceptWanted, this, &GroupController::accept);
    connect(request, &RequestBar::declineWanted, this, &GroupController::showDecline);
}

void GroupController::accept(const client::ConversationId& id) {
    m_request->acceptButton()->setEnabled(false);
    client()->groups()->accept(id, this, [this, id](Result<void> r) {
        m_request->acceptButton()->setEnabled(true);
        if (r)
            emit joined(id);
        else
            emit failed(r.error());
    });
}

void GroupController::showRename(const ConversationRecord& conversation) {
    auto* sheet = new RenameSheet(conversation.name, theme(), window());
    connect(sheet, &RenameSheet::chosen, this, [this, sheet, id = conversation.id](const QString& name) {
        client()->groups()->rename(id, name, sheet, sheet->closing());
    });
    sheet->open();
}

void GroupController::showDecline(const ConversationRecord& conversation) {
    confirmLeaving(conversation.id,
                   tr("Decline the invitation to “%1”?").arg(isolated(conversationTitle(conversation))),
                   tr("You will not receive anything from this conversation."), tr("Decline"));
}

void GroupController::showLeave(const ConversationRecord& conversation) {
    confirmLeaving(conversation.id, tr("Leave “%1”?").arg(isolated(conversationTitle(conversation))),
                   tr("You will receive nothing more. What was written so far stays on this "
                      "device. To come back, a member has to invite you again."),
                   tr("Leave"));
}

void GroupController::confirmLeaving(const client::ConversationId& id, const QString& title,
                                     const QString& explanation, const QString& action) {
    auto* sheet = new ConfirmSheet(title, explanation, action, theme(), window());
    connect(sheet, &ConfirmSheet::confirmed, this,
            [this, sheet, id] { client()->groups()->leave(id, sheet, sheet->closing()); });
    sheet->open();
}

void GroupController::showAdministrator(const client::ConversationRecord& conversation,
                                        const client::MemberRecord& member, bool on) {
    ConfirmSheet* sheet = nullptr;
    if (on)
        sheet = new ConfirmSheet(
            tr("Let %1 manage this conversation?").arg(isolated(member.name)),
            tr("Who manages it can add and remove people, rename it, change its servers and how "
               "long messages are kept, end it, and take these rights from you too."),
            tr("Let manage"), theme(), window());
    else
        sheet = new ConfirmSheet(
            member.self
                ? tr("Give up managing this conversation?")
                : tr("Take from %1 the right to manage this conversation?").arg(isolated(member.name)),
            member.self ? tr("You stay a member. Only somebody who manages it can give you the right back.")
                        : tr("The person stays a member and can read and write as before."),
            member.self ? tr("Give up") : tr("Take the right"), theme(), window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, sheet, id = conversation.id, key = member.key, on] {
        client()->groups()->setAdministrator(id, key, on, sheet, sheet->closing());
    });
    sheet->open();
}

void GroupController::showRetention(const ConversationRecord& conversation) {
    auto* sheet = new RetentionSheet(conversation.retentionSeconds, theme(), window());
    connect(sheet, &RetentionSheet::chosen, this, [this, sheet, id = conversation.id](quint64 seconds) {
        client()->groups()->setRetention(id, seconds, sheet, sheet->closing());
    });
    sheet->open();
}

void GroupController::showServers(const ConversationRecord& conversation) {
    auto* sheet = new GroupServersSheet(conversation.relays, theme(), window());
    connect(sheet, &GroupServersSheet::chosen, this,
            [this, sheet, id = conversation.id](const QStringList& urls) {
                client()->groups()->setRelays(id, urls, sheet, sheet->closing());
            });
    sheet->open();
}

void GroupController::showDisband(const ConversationRecord& conversation) {
    auto* sheet =
        new ConfirmSheet(tr("End “%1” for everybody?").arg(isolated(conversationTitle(conversation))),
                         tr("Nobody can write here any more, and it cannot be opened again. What "
                            "was written stays on each member's "
                            "device."),
                         tr("End for everybody"), theme(), window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, sheet, id = conversation.id] {
        client()->groups()->disband(id, sheet, sheet->closing());
    });
    sheet->open();
}

} // namespace valise::ui
