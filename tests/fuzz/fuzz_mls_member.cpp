// SPDX-License-Identifier: AGPL-3.0-or-later
// A hostile member: it sends any content, properly signed, tagged and encrypted. The first octet selects the
// kind of content and its framing. The rest is the content, or is combined with genuine content by exclusive
// or. The other members must not crash, and a refused commit must not change their state.
#include "core/mls/group_state.h"
#include "tests/fuzz/mls_world.h"

namespace {

using namespace valise;
using namespace valise::mls;

struct World : fuzz::MlsWorld {
    //! The content's octets, by content type.
    std::vector<std::pair<ContentType, Bytes>> genuine;
    Bytes senderStored;
    Bytes readerStored;
    Bytes thirdStored;

    static Bytes contentOf(const Bytes& publicMessage) {
        Reader r(publicMessage);
        (void)readMessageHeader(r);
        return PublicMessage::read(r)->content.content.contentRaw;
    }

    void proposal(Proposal p) {
        Writer w;
        p.write(w);
        genuine.emplace_back(ContentType::Proposal, w.take());
    }

    World() {
        CommitOptions change;
        change.proposals = {{AppDataUpdateProposal{0x8001, Bytes{1, 2, 3}}}, {RemoveProposal{2}}};
        genuine.emplace_back(ContentType::Commit, contentOf(sender->commit(change, random)->message));
        change.proposals = {{AddProposal{invited.keyPackage}}};
        genuine.emplace_back(ContentType::Commit, contentOf(sender->commit(change, random)->message));
        proposal({AddProposal{invited.keyPackage}});
        proposal({RemoveProposal{1}});
        proposal({PreSharedKeyProposal{PreSharedKeyId::external(viewOf("id"), random)}});
        proposal({ReInitProposal{Bytes{1}, kMls10, 3, sender->extensions()}});
        proposal({ExternalInitProposal{random.bytes(32)}});
        proposal({GroupContextExtensionsProposal{sender->extensions()}});
        proposal({AppDataUpdateProposal{0x8001, Bytes{4}}});
        proposal({SelfRemoveProposal{}});
        Group copy = *sender;
        genuine.emplace_back(ContentType::Proposal, contentOf(copy.proposeUpdate({}, random)->message));
        Writer w;
        w.opaque(viewOf("a message"));
        genuine.emplace_back(ContentType::Application, w.take());
        senderStored = sender->serialize();
        readerStored = reader->serialize();
        thirdStored = third->serialize();
    }
};

//! The right tag for a commit without a path, so that only its proposals can make it fail. Any other tag if
//! there is no right one.
Bytes confirmationTag(const Group& sender, const AuthenticatedContent& signedContent) {
    const auto& e = GroupOperations::epochOf(sender);
    Reader r(signedContent.content.contentRaw);
    const auto commit = Commit::read(r);
    if (!commit.ok() || commit->path)
        return Bytes(32, 7);
    std::vector<GroupOperations::Item> items;
    for (const ProposalOrRef& p : commit->proposals) {
        if (const auto* byValue = std::get_if<Proposal>(&p))
            items.push_back({{*byValue, SenderType::Member, e.own, false, {}}, {}});
    }
    auto applied = GroupOperations::apply(e, items, {false, e.own, std::nullopt, Link::None});
    if (!applied.ok())
        return Bytes(32, 7);
    GroupOperations::Draft draft;
    draft.next.context = e.context;
    draft.next.context.epoch += 1;
    draft.next.context.extensions = applied->extensions;
    draft.next.tree = std::move(applied->tree);
    draft.content = signedContent;
    draft.initSecret = e.secrets.init;
    draft.commitSecret = crypto::KeyBytes(kHashSize);
    draft.pskSecret = pskSecret({});
    GroupOperations::conclude(e.interimTranscriptHash, draft);
    return draft.next.confirmationTag;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static World world;
    if (size < 2)
        return 0;
    const std::size_t choice = data[0] % (world.genuine.size() * 2);
    const auto& [type, octets] = world.genuine[choice / 2];
    const ByteView rest(data + 2, size - 2);
    AuthenticatedContent content;
    content.wireFormat = data[1] & 1 || type == ContentType::Application ? WireFormat::PrivateMessage
                                                                         : WireFormat::PublicMessage;
    Group sender = *Group::deserialize(world.senderStored);
    Group reader = *Group::deserialize(world.readerStored);
    const auto& epoch = GroupOperations::epochOf(sender);
    content.content.groupId = sender.groupId();
    content.content.epoch = sender.epoch();
    content.content.sender = {SenderType::Member, sender.ownLeaf()};
    content.content.contentType = type;
    content.content.contentRaw = choice % 2 == 0 ? toBytes(rest) : fuzz::patched(octets, rest);
    content.sign(epoch.signer, epoch.contextBytes);
    content.confirmationTag = type == ContentType::Commit ? confirmationTag(sender, content) : Bytes(32, 7);
    Framing framing;
    framing.wireFormat = content.wireFormat;
    SecretTree secrets = GroupOperations::secretsOf(sender);
    const auto message = GroupOperations::frame(epoch, std::move(content), framing, secrets, world.random);
    fuzz::require(message.ok());
    const Bytes before = reader.serialize();
    switch (type) {
    case ContentType::Commit: {
        const auto seen = reader.processCommit(*message);
        if (!seen.ok())
            fuzz::require(reader.serialize() == before);
        if (seen.ok() && seen->next) {
            // The confirmation tag was right, so a third member must reach the same state.
            Group third = *Group::deserialize(world.thirdStored);
            const auto other = third.processCommit(*message);
            fuzz::require(other.ok() &&
                          (!other->next || crypto::equalSecret(other->next->epochAuthenticator(),
                                                               seen->next->epochAuthenticator())));
        }
    } break;
    case ContentType::Proposal:
        if (reader.processProposal(*message).ok()) {
            // An accepted proposal can be committed or is left out.
            CommitOptions all;
            all.allStored = true;
            const auto made = reader.commit(all, world.random);
            fuzz::require(made.ok());
            Group third = *Group::deserialize(world.thirdStored);
            fuzz::require(third.processProposal(*message).ok());
            if (!made->summary.proposals.empty()) {
                const auto seen = third.processCommit(made->message);
                fuzz::require(seen.ok());
                if (seen->next)
                    fuzz::require(crypto::equalSecret(seen->next->epochAuthenticator(),
                                                      made->next.epochAuthenticator()));
            }
        }
        break;
    case ContentType::Application:
        (void)reader.unprotect(*message);
        break;
    }
    return 0;
}
