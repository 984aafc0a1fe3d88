// SPDX-License-Identifier: AGPL-3.0-or-later
// Stored form of a change that waits until the group's state is settled.
#include "core/marmot/change_codec.h"

namespace valise::marmot {

namespace {

constexpr std::uint8_t kFormat = 1;
// A bound for damaged files. No group has as many members.
constexpr std::size_t kMaxList = 65'536;
constexpr std::size_t kMaxField = 8'192;
constexpr std::size_t kMaxTexts = 64;

void writeAccounts(Writer& w, const std::vector<Id32>& accounts) {
    w.vector([&](Writer& in) {
        for (const Id32& account : accounts)
            in.raw(account);
    });
}

Result<std::vector<Id32>> readAccounts(Reader& r) {
    VALISE_TRY(Reader list, r.vector(kMaxList * 32));
    std::vector<Id32> out;
    while (!list.atEnd()) {
        VALISE_TRY(const Id32 account, list.fixed<32>());
        out.push_back(account);
    }
    return out;
}

} // namespace

void writeTexts(Writer& w, const std::vector<std::string>& texts) {
    w.vector([&](Writer& in) {
        for (const std::string& text : texts)
            in.opaque(viewOf(text));
    });
}

Result<std::vector<std::string>> readTexts(Reader& r) {
    VALISE_TRY(Reader list, r.vector(kMaxTexts * kMaxField));
    std::vector<std::string> out;
    while (!list.atEnd()) {
        if (out.size() >= kMaxTexts)
            return {ErrorCode::LimitExceeded, "a list of texts that is too long"};
        VALISE_TRY(const ByteView text, list.opaque(kMaxField));
        out.emplace_back(textOf(text));
    }
    return out;
}

namespace {

struct Encoder {
    Writer& w;

    void operator()(const AddMembers& c) {
        w.vector([&](Writer& in) {
            for (const InvitePackage& invitee : c.invitees) {
                in.raw(invitee.account);
                in.raw(invitee.eventId);
                in.u64(invitee.createdAt);
                in.opaque(invitee.keyPackage.toMessage());
                writeTexts(in, invitee.inbox);
            }
        });
        writeAccounts(w, c.admins);
    }
    void operator()(const RemoveMembers& c) { writeAccounts(w, c.accounts); }
    void operator()(const SetProfile& c) { w.opaque(c.profile.encode()); }
    void operator()(const SetAdmins& c) { writeAccounts(w, c.admins); }
    void operator()(const SetRouting& c) { w.opaque(c.routing.encode()); }
    void operator()(const SetRetention& c) { w.u64(c.seconds); }
    void operator()(const SelfUpdate&) {}
    void operator()(const CommitDepartures&) {}
    void operator()(const Disband&) {}
};

Result<AddMembers> readAddMembers(Reader& r) {
    AddMembers out;
    VALISE_TRY(Reader list, r.vector());
    while (!list.atEnd()) {
        InvitePackage invitee;
        VALISE_TRY(invitee.account, list.fixed<32>());
        VALISE_TRY(invitee.eventId, list.fixed<32>());
        VALISE_TRY(invitee.createdAt, list.u64());
        VALISE_TRY(const ByteView message, list.opaque());
        VALISE_TRY(invitee.keyPackage, mls::KeyPackage::fromMessage(message));
        VALISE_TRY(invitee.inbox, readTexts(list));
        out.invitees.push_back(std::move(invitee));
    }
    VALISE_TRY(out.admins, readAccounts(r));
    return out;
}

Result<LocalChange> readBody(Reader& r, std::uint8_t kind) {
    switch (kind) {
    case 0: {
        VALISE_TRY(AddMembers change, readAddMembers(r));
        return LocalChange(std::move(change));
    }
    case 1: {
        VALISE_TRY(std::vector<Id32> accounts, readAccounts(r));
        return LocalChange(RemoveMembers{std::move(accounts)});
    }
    case 2: {
        VALISE_TRY(const ByteView bytes, r.opaque(kMaxField));
        VALISE_TRY(GroupProfile profile, GroupProfile::decode(bytes));
        return LocalChange(SetProfile{std::move(profile)});
    }
    case 3: {
        VALISE_TRY(std::vector<Id32> admins, readAccounts(r));
        return LocalChange(SetAdmins{std::move(admins)});
    }
    case 4: {
        VALISE_TRY(const ByteView bytes, r.opaque(kMaxField * 2));
        VALISE_TRY(NostrRouting routing, NostrRouting::decode(bytes));
        return LocalChange(SetRouting{std::move(routing)});
    }
    case 5: {
        VALISE_TRY(const std::uint64_t seconds, r.u64());
        return LocalChange(SetRetention{seconds});
    }
    case 6:
        return LocalChange(SelfUpdate{});
    case 7:
        return LocalChange(CommitDepartures{});
    case 8:
        return LocalChange(Disband{});
    default:
        return {ErrorCode::InvalidEncoding, "a kind of change this version does not know"};
    }
}

} // namespace

Bytes encodeChange(const LocalChange& change) {
    Writer w;
    w.u8(kFormat);
    w.u8(static_cast<std::uint8_t>(change.index()));
    std::visit(Encoder{w}, change);
    return w.take();
}

Result<LocalChange> decodeChange(ByteView bytes) {
    Reader r(bytes);
    VALISE_TRY(const std::uint8_t format, r.u8());
    if (format != kFormat)
        return {ErrorCode::InvalidEncoding, "a change of another format"};
    VALISE_TRY(const std::uint8_t kind, r.u8());
    VALISE_TRY(LocalChange change, readBody(r, kind));
    VALISE_CHECK(r.finish());
    return change;
}

} // namespace valise::marmot
