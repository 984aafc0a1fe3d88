// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/system_lines.h"

#include "core/base/codec.h"

namespace valise::client {

namespace {

// Marmot's kind for a line about the group; never on the wire.
constexpr std::uint32_t kSystemKind = 1210;

} // namespace

Result<void> addSystemLine(Profile& profile, const Bytes& group, const StatePlace& at, std::int64_t createdAt,
                           const SystemRow& line, const storage::Id32& by, Effects& effects) {
    storage::MessageRow row;
    row.groupId = group;
    Writer w;
    w.opaque(viewOf("valise system row"));
    w.raw(at.state);
    w.u8(static_cast<std::uint8_t>(line.kind));
    w.opaque(fromQt(line.subject));
    w.opaque(by);
    row.eventId = crypto::sha256({group, w.bytes()});
    row.sender = by;
    row.kind = kSystemKind;
    // Before what is written in the same second.
    row.createdAt = createdAt - 1;
    row.receivedMs = profile.clock.nowMs();
    row.epoch = at.epoch;
    row.direction = storage::MessageDirection::System;
    row.countsUnread = false;
    row.systemJson = line.encode();
    VALISE_TRY(const bool known, profile.stores().messages.contains(group, row.eventId));
    if (known)
        return {};
    VALISE_TRY(const std::int64_t number, profile.stores().messages.insert(row));
    VALISE_CHECK(profile.stores().groupStates.placeMessage(group, number, at.state));
    effects.added[group].push_back(number);
    return {};
}

Result<void> SystemLines::record(const marmot::GroupEngine& engine, const marmot::Step& step,
                                 Effects& effects) {
    for (const marmot::AppliedChange& change : step.changes)
        VALISE_CHECK(add(engine.id(), change, effects));
    return {};
}

Result<void> SystemLines::add(const Bytes& group, const marmot::AppliedChange& applied, Effects& effects) {
    const marmot::GroupChange& change = applied.change;
    const auto line = [&](SystemKind kind, const QByteArray& subject, const QString& text = {}) {
        return addSystemLine(m_profile, group, {applied.state, applied.epoch}, toSeconds(applied.createdAt),
                             {kind, subject, text}, change.committer, effects);
    };
    for (const marmot::Id32& account : change.added) {
        VALISE_CHECK(line(SystemKind::MemberAdded, toQt(account)));
        effects.met.insert(account);
    }
    for (const marmot::Id32& account : change.removed)
        VALISE_CHECK(line(SystemKind::MemberRemoved, toQt(account)));
    for (const marmot::Id32& account : change.left)
        VALISE_CHECK(line(SystemKind::MemberLeft, toQt(account)));
    if (change.renamedTo)
        VALISE_CHECK(line(SystemKind::Renamed, {}, toQString(*change.renamedTo)));
    for (const marmot::Id32& account : change.adminsAdded)
        VALISE_CHECK(line(SystemKind::AdminAdded, toQt(account)));
    for (const marmot::Id32& account : change.adminsRemoved)
        VALISE_CHECK(line(SystemKind::AdminRemoved, toQt(account)));
    if (change.timerSeconds)
        VALISE_CHECK(line(SystemKind::TimerChanged, {}, QString::number(*change.timerSeconds)));
    if (change.disbanded)
        VALISE_CHECK(line(SystemKind::Disbanded, {}));
    effects.touched.insert(group);
    return {};
}

} // namespace valise::client
