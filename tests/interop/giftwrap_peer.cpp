// SPDX-License-Identifier: AGPL-3.0-or-later
// Our side of the gift wrap exchange with other libraries. Reads one JSON object per line and answers with
// one per line.
//   {"command":"wrap","private":HEX,"recipient":HEX,"rumor":TEXT}  -> {"event":{...}}
//   {"command":"unwrap","private":HEX,"event":TEXT}                -> {"sender":HEX,"rumor":{...}}
//   {"command":"public","private":HEX}                             -> {"public":HEX}
// A refusal is {"error":NAME}. `rumor` and `event` are JSON inside a JSON text, so that their octets do not
// change.
#include "core/base/clock.h"
#include "core/base/encoding.h"
#include "core/nostr/event.h"
#include "core/nostr/nip59.h"

#include <simdjson.h>

#include <cstdio>
#include <iostream>
#include <string>

namespace {

using namespace valise;

Result<std::string> field(simdjson::dom::element request, const char* name) {
    std::string_view text;
    if (request[name].get(text) != simdjson::SUCCESS)
        return {ErrorCode::InvalidArgument, std::string("no text named ") + name};
    return std::string(text);
}

Result<crypto::SchnorrKeyPair> keyOf(simdjson::dom::element request) {
    VALISE_TRY(std::string hex, field(request, "private"));
    VALISE_TRY(Bytes bytes, fromHex(hex));
    return crypto::schnorrFromPrivate(bytes);
}

Result<std::string> wrap(simdjson::dom::element request, crypto::Random& random) {
    VALISE_TRY(crypto::SchnorrKeyPair key, keyOf(request));
    VALISE_TRY(std::string recipientHex, field(request, "recipient"));
    VALISE_TRY(crypto::XOnlyKey recipient, fromHexFixed<32>(recipientHex));
    VALISE_TRY(std::string rumorText, field(request, "rumor"));
    VALISE_TRY(nostr::UnsignedEvent rumor, nostr::parseLenientRumor(rumorText));
    const auto now = static_cast<std::uint64_t>(SystemClock().now());
    VALISE_TRY(nostr::Event event, nostr::giftWrap(rumor, key, recipient, now, random));
    return "{\"event\":" + event.toJson() + "}";
}

Result<std::string> unwrap(simdjson::dom::element request) {
    VALISE_TRY(crypto::SchnorrKeyPair key, keyOf(request));
    VALISE_TRY(std::string eventText, field(request, "event"));
    VALISE_TRY(nostr::Event event, nostr::parseEvent(eventText));
    VALISE_TRY(nostr::Unwrapped opened, nostr::giftUnwrap(event, key));
    return "{\"sender\":\"" + toHex(opened.sender) + "\",\"rumor\":" + opened.rumor.toJson() + "}";
}

Result<std::string> answer(const std::string& line, crypto::Random& random) {
    simdjson::dom::parser parser;
    simdjson::dom::element request;
    if (parser.parse(line).get(request) != simdjson::SUCCESS)
        return {ErrorCode::InvalidEncoding, "not a JSON object"};
    VALISE_TRY(std::string command, field(request, "command"));
    if (command == "wrap")
        return wrap(request, random);
    if (command == "unwrap")
        return unwrap(request);
    if (command == "public") {
        VALISE_TRY(crypto::SchnorrKeyPair key, keyOf(request));
        return "{\"public\":\"" + toHex(key.publicKey) + "\"}";
    }
    return {ErrorCode::InvalidArgument, "no such command"};
}

} // namespace

int main() {
    crypto::SystemRandom random;
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line.empty())
            continue;
        const Result<std::string> result = answer(line, random);
        if (result)
            std::cout << *result << std::endl;
        else
            std::cout << "{\"error\":\"" << errorName(result.error().code) << "\"}" << std::endl;
    }
    return 0;
}
