// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/interop/mls_scripts/child_process.h"
#include "tests/interop/mls_scripts/client.h"

#include <simdjson.h>

namespace valise::interop {

//! One JSON object, written field by field. All texts are our own names, so they need no escaping.
class JsonObject {
public:
    JsonObject& text(std::string_view name, std::string_view value);
    JsonObject& bytes(std::string_view name, ByteView value); //!< hexadecimal
    JsonObject& number(std::string_view name, std::uint64_t value);
    JsonObject& flag(std::string_view name, bool value);
    JsonObject& object(std::string_view name, const JsonObject& value);
    JsonObject& byteList(std::string_view name, const std::vector<Bytes>& values);
    JsonObject& objectList(std::string_view name, const std::vector<JsonObject>& values);
    std::string str() const { return '{' + m_fields + '}'; }

private:
    JsonObject& raw(std::string_view name, const std::string& value);
    std::string m_fields;
};

//! The fields of an answer.
class Answer {
public:
    explicit Answer(simdjson::dom::element fields)
        : m_fields(fields) {}
    Result<Bytes> bytes(const char* name) const;
    //! nullopt if the field is null.
    Result<std::optional<Bytes>> optionalBytes(const char* name) const;
    Result<std::uint64_t> number(const char* name) const;
    Result<bool> flag(const char* name) const;
    Result<std::string> text(const char* name) const;
    Result<std::vector<View::Entry>> members() const;

private:
    simdjson::dom::element m_fields;
};

//! The program tests/interop/openmls with its clients.
class OpenmlsProcess {
public:
    //! Error: NotFound.
    static Result<OpenmlsProcess> start(const std::string& program);
    //! Sends one command. The answer is valid until the next call. Errors: InvalidArgument with the program's
    //! text, and those of ChildProcess.
    Result<Answer> call(const std::string& command);
    //! A number that no client has yet.
    std::uint64_t newNumber() { return ++m_lastNumber; }
    //! Ends all clients.
    Result<void> reset();

private:
    explicit OpenmlsProcess(ChildProcess child)
        : m_child(std::move(child)) {}
    ChildProcess m_child;
    simdjson::dom::parser m_parser;
    std::string m_line;
    std::uint64_t m_lastNumber = 0;
};

//! A client on openmls.
class OpenmlsClient final : public Client {
public:
    //! The parameters are those of OurClient's constructor. `process` must outlive the client.
    static Result<std::unique_ptr<Client>> make(mls::CipherSuite suite, std::string_view identity,
                                                const mls::Extensions& leafExtensions, bool grease,
                                                OpenmlsProcess& process);

    bool isOurs() const override { return false; }
    Result<Bytes> keyPackage() override;
    Result<void> create(ByteView groupId, const mls::Extensions& extensions) override;
    Result<void> join(ByteView welcome, const std::optional<Bytes>& tree) override;
    Result<Bytes> joinFromOutside(const ExternalJoin& how) override;
    bool canCommitMoreFromOutside() const override { return true; }
    Result<Proposed> propose(const mls::Proposal& proposal, const mls::Framing& framing) override;
    Result<Proposed> proposeUpdate(const LeafChange& change, const mls::Framing& framing) override;
    bool canRotateInUpdate() const override { return true; }
    Result<Bytes> proposeToJoin(ByteView keyPackage, ByteView groupId, std::uint64_t epoch) override;
    Result<mls::ExternalSender> asExternalSender() override;
    Result<Bytes> proposeFromOutside(const mls::Proposal& proposal, ByteView groupId, std::uint64_t epoch,
                                     std::uint32_t index) override;
    Result<Committed> commit(const CommitPlan& plan) override;
    Result<void> merge() override;
    Result<void> discard() override;
    Result<Received> process(ByteView message) override;
    Result<Bytes> protect(ByteView plaintext, ByteView aad) override;
    Result<View> view(const ExportRequest& request) override;
    Result<Bytes> tree() override;
    Result<Bytes> groupInfo(bool withTree) override;
    Result<void> storePsk(ByteView id, ByteView secret) override;
    Result<void> restart() override;

private:
    OpenmlsClient(OpenmlsProcess& process, std::uint64_t number)
        : m_process(process)
        , m_number(number) {}
    JsonObject request(std::string_view command) const;
    Result<Proposed> proposeAs(const JsonObject& proposal, const mls::Framing& framing);

    OpenmlsProcess& m_process;
    std::uint64_t m_number;
};

} // namespace valise::interop
