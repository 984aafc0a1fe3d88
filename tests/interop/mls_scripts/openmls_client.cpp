// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/interop/mls_scripts/openmls_client.h"

#include "core/base/encoding.h"

namespace valise::interop {

using namespace mls;

namespace {

std::string inQuotes(std::string_view text) {
    return '"' + std::string(text) + '"';
}

Bytes encoded(const Extensions& extensions) {
    Writer w;
    writeExtensions(w, extensions);
    return w.take();
}

Bytes encoded(const PreSharedKeyId& id) {
    Writer w;
    id.write(w);
    return w.take();
}

//! The program's description of a proposal. Error: InvalidArgument for a type that cannot be described.
Result<JsonObject> described(const Proposal& proposal) {
    JsonObject out;
    if (auto* add = proposal.as<AddProposal>())
        out.text("type", "add").bytes("key_package", add->keyPackage.toMessage());
    else if (auto* remove = proposal.as<RemoveProposal>())
        out.text("type", "remove").number("leaf", remove->removed);
    else if (auto* psk = proposal.as<PreSharedKeyProposal>())
        out.text("type", "psk").bytes("id", encoded(psk->psk));
    else if (auto* gce = proposal.as<GroupContextExtensionsProposal>())
        out.text("type", "extensions").bytes("extensions", encoded(gce->extensions));
    else if (auto* data = proposal.as<AppDataUpdateProposal>()) {
        out.text("type", "app_data_update").number("component", data->component);
        if (data->data)
            out.bytes("data", *data->data);
    } else if (proposal.as<SelfRemoveProposal>())
        out.text("type", "self_remove");
    else
        return {ErrorCode::InvalidArgument, "a proposal type that scripts do not use"};
    return out;
}

//! openmls adds padding by its own rules.
JsonObject framed(JsonObject request, const Framing& framing) {
    request.flag("private", framing.wireFormat == WireFormat::PrivateMessage)
        .bytes("aad", framing.authenticatedData);
    return request;
}

Error unexpected(const char* name) {
    return {ErrorCode::InvalidEncoding, std::string("an answer without a proper ") + name};
}

} // namespace

// JSON

JsonObject& JsonObject::raw(std::string_view name, const std::string& value) {
    if (!m_fields.empty())
        m_fields += ',';
    m_fields += inQuotes(name) + ':' + value;
    return *this;
}

JsonObject& JsonObject::text(std::string_view name, std::string_view value) {
    return raw(name, inQuotes(value));
}

JsonObject& JsonObject::bytes(std::string_view name, ByteView value) {
    return raw(name, inQuotes(toHex(value)));
}

JsonObject& JsonObject::number(std::string_view name, std::uint64_t value) {
    return raw(name, std::to_string(value));
}

JsonObject& JsonObject::flag(std::string_view name, bool value) {
    return raw(name, value ? "true" : "false");
}

JsonObject& JsonObject::object(std::string_view name, const JsonObject& value) {
    return raw(name, value.str());
}

JsonObject& JsonObject::byteList(std::string_view name, const std::vector<Bytes>& values) {
    std::string list;
    for (const Bytes& v : values)
        list += (list.empty() ? "" : ",") + inQuotes(toHex(v));
    return raw(name, '[' + list + ']');
}

JsonObject& JsonObject::objectList(std::string_view name, const std::vector<JsonObject>& values) {
    std::string list;
    for (const JsonObject& v : values)
        list += (list.empty() ? "" : ",") + v.str();
    return raw(name, '[' + list + ']');
}

Result<std::string> Answer::text(const char* name) const {
    std::string_view value;
    if (m_fields[name].get(value) != simdjson::SUCCESS)
        return unexpected(name);
    return std::string(value);
}

Result<Bytes> Answer::bytes(const char* name) const {
    VALISE_TRY(const std::string hex, text(name));
    return fromHex(hex);
}

Result<std::optional<Bytes>> Answer::optionalBytes(const char* name) const {
    simdjson::dom::element value;
    if (m_fields[name].get(value) != simdjson::SUCCESS)
        return unexpected(name);
    if (value.is_null())
        return std::optional<Bytes>();
    VALISE_TRY(Bytes found, bytes(name));
    return std::optional<Bytes>(std::move(found));
}

Result<std::uint64_t> Answer::number(const char* name) const {
    std::uint64_t value = 0;
    if (m_fields[name].get(value) != simdjson::SUCCESS)
        return unexpected(name);
    return value;
}

Result<bool> Answer::flag(const char* name) const {
    bool value = false;
    if (m_fields[name].get(value) != simdjson::SUCCESS)
        return unexpected(name);
    return value;
}

Result<std::vector<View::Entry>> Answer::members() const {
    simdjson::dom::array list;
    if (m_fields["members"].get(list) != simdjson::SUCCESS)
        return unexpected("members");
    std::vector<View::Entry> out;
    for (const simdjson::dom::element member : list) {
        std::uint64_t leaf = 0;
        View::Entry entry;
        if (member.at(0).get(leaf) != simdjson::SUCCESS || leaf > UINT32_MAX)
            return unexpected("members");
        entry.leaf = static_cast<LeafIndex>(leaf);
        std::size_t column = 1;
        for (Bytes* field : {&entry.identity, &entry.signatureKey, &entry.encryptionKey}) {
            std::string_view hex;
            if (member.at(column++).get(hex) != simdjson::SUCCESS)
                return unexpected("members");
            VALISE_TRY(*field, fromHex(hex));
        }
        out.push_back(std::move(entry));
    }
    return out;
}

// The program

Result<OpenmlsProcess> OpenmlsProcess::start(const std::string& program) {
    VALISE_TRY(ChildProcess child, ChildProcess::start(program));
    return OpenmlsProcess(std::move(child));
}

Result<Answer> OpenmlsProcess::call(const std::string& command) {
    VALISE_CHECK(m_child.writeLine(command));
    VALISE_TRY(m_line, m_child.readLine());
    simdjson::dom::element fields;
    if (m_parser.parse(m_line).get(fields) != simdjson::SUCCESS || !fields.is_object())
        return {ErrorCode::InvalidEncoding, "an answer that is not a JSON object"};
    std::string_view error;
    if (fields["error"].get(error) == simdjson::SUCCESS)
        return {ErrorCode::InvalidArgument, "openmls: " + std::string(error)};
    return Answer(fields);
}

Result<void> OpenmlsProcess::reset() {
    VALISE_CHECK(call(JsonObject().text("command", "reset").str()));
    return {};
}

// A client

Result<std::unique_ptr<Client>> OpenmlsClient::make(CipherSuite suite, std::string_view identity,
                                                    const Extensions& leafExtensions, bool grease,
                                                    OpenmlsProcess& process) {
    std::unique_ptr<OpenmlsClient> client(new OpenmlsClient(process, process.newNumber()));
    VALISE_CHECK(process.call(client->request("new")
                                  .number("suite", codeOf(suite))
                                  .bytes("identity", viewOf(identity))
                                  .bytes("leaf_extensions", encoded(leafExtensions))
                                  .number("extension", kPrivateExtension)
                                  .flag("grease", grease)
                                  .str()));
    return std::unique_ptr<Client>(std::move(client));
}

JsonObject OpenmlsClient::request(std::string_view command) const {
    JsonObject out;
    out.text("command", command).number("client", m_number);
    return out;
}

Result<Bytes> OpenmlsClient::keyPackage() {
    VALISE_TRY(const Answer a, m_process.call(request("key_package").str()));
    return a.bytes("message");
}

Result<void> OpenmlsClient::create(ByteView groupId, const Extensions& extensions) {
    VALISE_CHECK(m_process.call(
        request("create").bytes("group_id", groupId).bytes("extensions", encoded(extensions)).str()));
    return {};
}

Result<void> OpenmlsClient::join(ByteView welcome, const std::optional<Bytes>& tree) {
    JsonObject r = request("join");
    r.bytes("welcome", welcome);
    if (tree)
        r.bytes("tree", *tree);
    VALISE_CHECK(m_process.call(r.str()));
    return {};
}

Result<Bytes> OpenmlsClient::joinFromOutside(const ExternalJoin& how) {
    // openmls finds this client's former leaf by itself.
    JsonObject r = request("external_join");
    r.bytes("group_info", how.groupInfo).byteList("self_removes", how.selfRemoves).bytes("aad", how.aad);
    if (how.tree)
        r.bytes("tree", *how.tree);
    std::vector<Bytes> psks;
    for (const PreSharedKeyId& id : how.psks)
        psks.push_back(encoded(id));
    r.byteList("psks", psks);
    std::vector<JsonObject> appData;
    for (const AppDataUpdateProposal& p : how.appData) {
        VALISE_TRY(JsonObject description, described({p}));
        appData.push_back(std::move(description));
    }
    r.objectList("app_data", appData);
    VALISE_TRY(const Answer a, m_process.call(r.str()));
    return a.bytes("commit");
}

Result<Proposed> OpenmlsClient::proposeAs(const JsonObject& proposal, const Framing& framing) {
    VALISE_TRY(const Answer a,
               m_process.call(framed(request("propose"), framing).object("proposal", proposal).str()));
    Proposed out;
    VALISE_TRY(out.message, a.bytes("message"));
    VALISE_TRY(out.ref, a.bytes("ref"));
    return out;
}

Result<Proposed> OpenmlsClient::propose(const Proposal& proposal, const Framing& framing) {
    VALISE_TRY(const JsonObject description, described(proposal));
    return proposeAs(description, framing);
}

Result<Proposed> OpenmlsClient::proposeUpdate(const LeafChange& change, const Framing& framing) {
    JsonObject update;
    update.text("type", "update").flag("rotate", change.rotateKey);
    if (change.extensions)
        update.bytes("leaf_extensions", encoded(*change.extensions));
    return proposeAs(update, framing);
}

Result<Bytes> OpenmlsClient::proposeToJoin(ByteView keyPackage, ByteView groupId, std::uint64_t epoch) {
    VALISE_TRY(const Answer a, m_process.call(request("propose_join")
                                                  .bytes("key_package", keyPackage)
                                                  .bytes("group_id", groupId)
                                                  .number("epoch", epoch)
                                                  .str()));
    return a.bytes("message");
}

Result<ExternalSender> OpenmlsClient::asExternalSender() {
    VALISE_TRY(const Answer a, m_process.call(request("external_sender").str()));
    ExternalSender out;
    VALISE_TRY(out.signatureKey, a.bytes("signature_key"));
    VALISE_TRY(const Bytes identity, a.bytes("identity"));
    out.credential = Credential::basic(identity);
    return out;
}

Result<Bytes> OpenmlsClient::proposeFromOutside(const Proposal& proposal, ByteView groupId,
                                                std::uint64_t epoch, std::uint32_t index) {
    VALISE_TRY(const JsonObject description, described(proposal));
    VALISE_TRY(const Answer a, m_process.call(request("propose_outside")
                                                  .object("proposal", description)
                                                  .bytes("group_id", groupId)
                                                  .number("epoch", epoch)
                                                  .number("index", index)
                                                  .str()));
    return a.bytes("message");
}

Result<Committed> OpenmlsClient::commit(const CommitPlan& plan) {
    std::vector<JsonObject> proposals;
    for (const Proposal& p : plan.byValue) {
        VALISE_TRY(JsonObject description, described(p));
        proposals.push_back(std::move(description));
    }
    JsonObject r = framed(request("commit"), plan.framing);
    r.objectList("proposals", proposals)
        .byteList("references", plan.references)
        .flag("force_path", plan.forcePath)
        .flag("rotate", plan.leaf.rotateKey)
        .flag("tree", plan.treeInWelcome);
    if (plan.leaf.extensions)
        r.bytes("leaf_extensions", encoded(*plan.leaf.extensions));
    VALISE_TRY(const Answer a, m_process.call(r.str()));
    Committed out;
    VALISE_TRY(out.commit, a.bytes("commit"));
    VALISE_TRY(out.welcome, a.optionalBytes("welcome"));
    return out;
}

Result<void> OpenmlsClient::merge() {
    VALISE_CHECK(m_process.call(request("merge").str()));
    return {};
}

Result<void> OpenmlsClient::discard() {
    VALISE_CHECK(m_process.call(request("clear").str()));
    return {};
}

Result<Received> OpenmlsClient::process(ByteView message) {
    VALISE_TRY(const Answer a, m_process.call(request("process").bytes("message", message).str()));
    Received out;
    if (const auto sender = a.number("sender"); sender.ok())
        out.sender = static_cast<LeafIndex>(*sender);
    VALISE_TRY(const std::string kind, a.text("kind"));
    if (kind == "proposal") {
        out.type = ContentType::Proposal;
        VALISE_TRY(out.ref, a.bytes("ref"));
    } else if (kind == "commit") {
        out.type = ContentType::Commit;
        VALISE_TRY(out.selfRemoved, a.flag("self_removed"));
    } else {
        out.type = ContentType::Application;
        VALISE_TRY(out.plaintext, a.bytes("plaintext"));
    }
    VALISE_TRY(out.aad, a.bytes("aad"));
    return out;
}

Result<Bytes> OpenmlsClient::protect(ByteView plaintext, ByteView aad) {
    VALISE_TRY(const Answer a,
               m_process.call(request("protect").bytes("plaintext", plaintext).bytes("aad", aad).str()));
    return a.bytes("message");
}

Result<View> OpenmlsClient::view(const ExportRequest& request) {
    View v;
    {
        VALISE_TRY(const Answer a, m_process.call(this->request("export")
                                                      .text("label", request.label)
                                                      .bytes("context", request.context)
                                                      .number("length", request.length)
                                                      .str()));
        VALISE_TRY(v.exported, a.bytes("secret"));
    }
    VALISE_TRY(const Answer a, m_process.call(this->request("state").str()));
    VALISE_TRY(const std::uint64_t leaf, a.number("own_leaf"));
    v.ownLeaf = static_cast<LeafIndex>(leaf);
    VALISE_TRY(v.epoch, a.number("epoch"));
    VALISE_TRY(v.treeHash, a.bytes("tree_hash"));
    VALISE_TRY(v.confirmedTranscriptHash, a.bytes("confirmed_transcript_hash"));
    VALISE_TRY(v.context, a.bytes("context"));
    VALISE_TRY(v.authenticator, a.bytes("authenticator"));
    VALISE_TRY(v.resumptionPsk, a.bytes("resumption_psk"));
    VALISE_TRY(v.members, a.members());
    return v;
}

Result<Bytes> OpenmlsClient::tree() {
    VALISE_TRY(const Answer a, m_process.call(request("tree").str()));
    return a.bytes("tree");
}

Result<Bytes> OpenmlsClient::groupInfo(bool withTree) {
    VALISE_TRY(const Answer a, m_process.call(request("group_info").flag("tree", withTree).str()));
    return a.bytes("message");
}

Result<void> OpenmlsClient::storePsk(ByteView id, ByteView secret) {
    VALISE_CHECK(m_process.call(request("store_psk").bytes("id", id).bytes("secret", secret).str()));
    return {};
}

Result<void> OpenmlsClient::restart() {
    VALISE_CHECK(m_process.call(request("reload").str()));
    return {};
}

} // namespace valise::interop
