// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/group_changes.h"

#include "ui/dialogs/confirm_sheet.h"
#include "ui/error_text.h"
#include "ui/format.h"
#include "ui/people/group_servers_sheet.h"
#include "ui/people/retention_sheet.h"

namespace valise::ui {
namespace {

//! Closes the sheet when it is done, or says there why not.
client::Client::Reply<void> closing(Sheet* sheet) {
    return [sheet](Result<void> r) {
        sheet->setBusy(false);
        if (r)
            sheet->accept();
        else
            sheet->showError(errorText(r.error()));
    };
}

} // namespace

GroupChanges::GroupChanges(client::Client* client, const Theme* theme, MainWindow* window)
    : QObject(window)
    , m_client(client)
    , m_theme(theme)
    , m_window(window) {
    const Workspace* w = window->workspace();
    connect(w, &Workspace::administratorRequested, this, &GroupChanges::showAdministrator);
    connect(w, &Workspace::retentionRequested, this, &GroupChanges::showRetention);
    connect(w, &Workspace::conversationServersRequested, this, &GroupChanges::showServers);
    connect(w, &Workspace::disbandRequested, this, &GroupChanges::showDisband);
}

void GroupChanges::showAdministrator(const client::ConversationId& id, const client::MemberRecord& member,
                                     bool on) {
    ConfirmSheet* sheet = nullptr;
    if (on)
        sheet = new ConfirmSheet(
            tr("Let %1 manage this conversation?").arg(isolated(member.name)),
            tr("Who manages it can add and remove people, rename it, change its servers and how "
               "long messages are kept, end it, and take these rights from you too."),
            tr("Let manage"), m_theme, m_window);
    else
        sheet = new ConfirmSheet(
            member.self
                ? tr("Give up managing this conversation?")
                : tr("Take from %1 the right to manage this conversation?").arg(isolated(member.name)),
            member.self ? tr("You stay a member. Only somebody who manages it can give you the right back.")
                        : tr("The person stays a member and can read and write as before."),
            member.self ? tr("Give up") : tr("Take the right"), m_theme, m_window);
    connect(sheet, &ConfirmSheet::confirmed, this, [this, sheet, id, key = member.key, on] {
        m_client->groups()->setAdministrator(id, key, on, sheet, closing(sheet));
    });
    sheet->open();
}

void GroupChanges::showRetention(const client::ConversationId& id) {
    const auto* record = m_window->workspace()->listModel()->find(id);
    if (!record)
        return;
    auto* sheet = new RetentionSheet(record->retentionSeconds, m_theme, m_window);
    connect(sheet, &RetentionSheet::chosen, this, [this, sheet, id](quint64 seconds) {
        m_client->groups()->setRetention(id, seconds, sheet, closing(sheet));
    });
    sheet->open();
}

void GroupChanges::showServers(const client::ConversationId& id) {
    const auto* record = m_window->workspace()->listModel()->find(id);
    if (!record)
        return;
    auto* sheet = new GroupServersSheet(record->relays, m_theme, m_window);
    connect(sheet, &GroupServersSheet::chosen, this, [this, sheet, id](const QStringList& urls) {
        m_client->groups()->setRelays(id, urls, sheet, closing(sheet));
    });
    sheet->open();
}

void GroupChanges::showDisband(const client::ConversationId& id) {
    const auto* record = m_window->workspace()->listModel()->find(id);
    if (!record)
        return;
    auto* sheet = new ConfirmSheet(tr("End “%1” for everybody?").arg(isolated(conversationTitle(*record))),
                                   tr("Nobody can write here any more, and it cannot be opened again. What "
                                      "was written stays on each member's "
                                      "device."),
                                   tr("End for everybody"), m_theme, m_window);
    connect(sheet, &ConfirmSheet::confirmed, this,
            [this, sheet, id] { m_client->groups()->disband(id, sheet, closing(sheet)); });
    sheet->open();
}

} // namespace valise::ui
