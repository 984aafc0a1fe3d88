// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/mls/vectors/vector_check.h"

#include <map>

namespace valise::test::vectors {

void require(bool condition, std::string_view what) {
    if (!condition)
        throw Mismatch{std::string(what)};
}

void requireEqual(ByteView got, ByteView expected, std::string_view what) {
    if (!sameBytes(got, expected))
        throw Mismatch{std::string(what) + ": got " + toHex(got).substr(0, 80) + ", expected " +
                       toHex(expected).substr(0, 80)};
}

simdjson::dom::element Object::member(std::string_view key) const {
    simdjson::dom::element e;
    if (m_element[key].get(e))
        throw Mismatch{"member " + std::string(key) + " is missing"};
    return e;
}

bool Object::has(std::string_view key) const {
    simdjson::dom::element e;
    return !m_element[key].get(e);
}

bool Object::isNull(std::string_view key) const {
    return member(key).is_null();
}

Bytes Object::hex(std::string_view key) const {
    const auto bytes = fromHex(text(key));
    if (!bytes)
        throw Mismatch{"member " + std::string(key) + " is not hexadecimal"};
    return *bytes;
}

std::uint64_t Object::number(std::string_view key) const {
    std::uint64_t v = 0;
    if (member(key).get(v))
        throw Mismatch{"member " + std::string(key) + " is not a number"};
    return v;
}

std::string Object::text(std::string_view key) const {
    std::string_view v;
    if (member(key).get(v))
        throw Mismatch{"member " + std::string(key) + " is not text"};
    return std::string(v);
}

simdjson::dom::array Object::array(std::string_view key) const {
    simdjson::dom::array v;
    if (member(key).get(v))
        throw Mismatch{"member " + std::string(key) + " is not a list"};
    return v;
}

Bytes hexOf(simdjson::dom::element element) {
    std::string_view v;
    if (element.get(v))
        throw Mismatch{"an element is not text"};
    const auto bytes = fromHex(v);
    if (!bytes)
        throw Mismatch{"an element is not hexadecimal"};
    return *bytes;
}

namespace {

template <void (*Check)(const Object&)>
void withoutSuite(mls::CipherSuite, const Object& v) {
    Check(v);
}

} // namespace

const std::vector<Kind>& kinds() {
    // The first kind whose members are all present is used.
    static const std::vector<Kind> all{
        {"crypto-basics", {"ref_hash", "expand_with_label", "sign_with_label"}, true, checkCryptoBasics},
        {"deserialization", {"vlbytes_header", "length"}, false, withoutSuite<checkDeserialization>},
        {"key-schedule", {"initial_init_secret", "epochs"}, true, checkKeySchedule},
        {"message-protection", {"application_priv", "membership_key"}, true, checkMessageProtection},
        {"messages", {"mls_welcome", "public_message_commit"}, false, withoutSuite<checkMessages>},
        {"passive-client",
         {"init_priv", "initial_epoch_authenticator"},
         true,
         withoutSuite<checkPassiveClient>},
        {"psk_secret", {"psks", "psk_secret"}, true, withoutSuite<checkPskSecret>},
        {"secret-tree", {"sender_data", "leaves"}, true, checkSecretTree},
        {"transcript-hashes", {"authenticated_content"}, true, withoutSuite<checkTranscriptHashes>},
        {"tree-math", {"n_leaves", "n_nodes"}, false, withoutSuite<checkTreeMath>},
        {"tree-operations", {"tree_before", "proposal_sender"}, true, withoutSuite<checkTreeOperations>},
        {"tree-validation", {"tree_hashes", "resolutions"}, true, withoutSuite<checkTreeValidation>},
        {"treekem", {"leaves_private", "update_paths"}, true, checkTreeKem},
        {"welcome", {"signer_pub", "welcome"}, true, checkWelcome},
    };
    return all;
}

Result<std::vector<Count>> checkFile(const std::string& path) {
    simdjson::padded_string text;
    if (simdjson::padded_string::load(path).get(text))
        return {ErrorCode::NotFound, "the file cannot be read"};
    simdjson::dom::parser parser;
    simdjson::dom::array list;
    if (parser.parse(text).get(list))
        return {ErrorCode::InvalidEncoding, "the file is not a list in JSON"};
    std::map<std::pair<std::string, std::uint16_t>, Count> counts;
    std::size_t index = 0;
    for (const auto element : list) {
        const Object v(element);
        const auto kind = std::find_if(kinds().begin(), kinds().end(), [&](const Kind& k) {
            return std::all_of(k.members.begin(), k.members.end(), [&](auto m) { return v.has(m); });
        });
        const bool known = kind != kinds().end();
        std::uint16_t code = 0;
        std::string failure;
        bool skipped = false;
        try {
            if (!known)
                throw Mismatch{"no kind of the official format has these members"};
            mls::CipherSuite suite{};
            if (kind->hasSuite) {
                code = static_cast<std::uint16_t>(v.number("cipher_suite"));
                const auto supported = mls::cipherSuiteFrom(code);
                skipped = !supported.ok();
                if (!skipped)
                    suite = *supported;
            }
            if (!skipped)
                kind->check(suite, v);
        } catch (const Mismatch& m) {
            failure = "vector " + std::to_string(index) + ": " + m.why;
        }
        const std::string name(known ? kind->name : "unknown");
        Count& count = counts[{name, code}];
        count.kind = name;
        count.suite = code;
        if (skipped) {
            ++count.skipped;
            count.reason = "this build has no such suite";
        } else if (failure.empty()) {
            ++count.checked;
        } else {
            ++count.failed;
            count.failures.push_back(failure);
        }
        ++index;
    }
    std::vector<Count> out;
    for (auto& [key, count] : counts)
        out.push_back(std::move(count));
    return out;
}

} // namespace valise::test::vectors
