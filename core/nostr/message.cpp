// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/message.h"

#include "core/nostr/json.h"
#include "core/nostr/negentropy.h"

#include <limits>
#include <utility>

namespace valise::nostr {

namespace {

template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

// `["TYPE","text"`, without the closing bracket.
std::string open(std::string_view type, std::string_view text) {
    std::string out = "[\"";
    out += type;
    out += "\",";
    appendJsonString(out, text);
    return out;
}

std::string requestJson(std::string_view type, const std::string& subscription,
                        const std::vector<Filter>& filters) {
    std::string out = open(type, subscription);
    for (const Filter& f : filters)
        out += "," + f.toJson();
    return out + "]";
}

std::string reconcileJson(const std::string& subscription, const Bytes& message) {
    return open("NEG-MSG", subscription) + ",\"" + toHex(message) + "\"]";
}

Error wrongLength() {
    return {ErrorCode::InvalidEncoding, "a message with too few or too many elements"};
}

Result<std::string> readSubscription(json::Element e) {
    VALISE_TRY(std::string_view id, json::text(e, std::numeric_limits<std::size_t>::max()));
    if (id.empty() || id.size() > kMaxSubscriptionId)
        return {ErrorCode::InvalidEncoding, "a subscription id outside 1 to 64 octets"};
    return std::string(id);
}

Result<std::string> readReason(json::Element e, const Limits& limits) {
    VALISE_TRY(std::string_view text, json::text(e, limits.messageSize));
    return std::string(json::cut(text, limits.reasonSize));
}

// Reads a negentropy message. Relays write hexadecimal in lowercase or in uppercase.
Result<Bytes> readNegentropy(json::Element e, const Limits& limits) {
    VALISE_TRY(const std::string_view text, json::text(e, limits.messageSize));
    if (text.size() / 2 > kMaxNegentropyMessage)
        return {ErrorCode::LimitExceeded, "a negentropy message that is too long"};
    return fromHex(text);
}

template <typename T>
Result<T> readReconcile(const std::vector<json::Element>& rest, std::size_t at, const Limits& limits) {
    T out;
    VALISE_TRY(out.subscription, readSubscription(rest[0]));
    VALISE_TRY(out.message, readNegentropy(rest[at], limits));
    return out;
}

// The elements after the type. There are few, so copying them is cheap.
struct Parts {
    std::string_view type;
    std::vector<json::Element> rest;
};

Result<Parts> readParts(json::Element root, const Limits& limits) {
    Parts out;
    bool first = true;
    VALISE_CHECK(json::values(root, limits.filters + 2, [&](json::Element e) -> Result<void> {
        if (std::exchange(first, false)) {
            VALISE_TRY(out.type, json::text(e, 64));
        } else {
            out.rest.push_back(e);
        }
        return {};
    }));
    if (first)
        return {ErrorCode::InvalidEncoding, "an empty message"};
    return out;
}

template <typename T>
Result<ClientMessage> readRequest(const Parts& parts, const Limits& limits) {
    if (parts.rest.size() < 2)
        return wrongLength();
    T out;
    VALISE_TRY(out.subscription, readSubscription(parts.rest[0]));
    for (std::size_t i = 1; i < parts.rest.size(); ++i) {
        VALISE_TRY(Filter f, json::filter(parts.rest[i], limits));
        out.filters.push_back(std::move(f));
    }
    return ClientMessage{std::move(out)};
}

struct Prefix {
    ReasonCode code;
    std::string_view text;
};
constexpr Prefix kPrefixes[] = {
    {ReasonCode::Duplicate, "duplicate"},
    {ReasonCode::Pow, "pow"},
    {ReasonCode::Blocked, "blocked"},
    {ReasonCode::RateLimited, "rate-limited"},
    {ReasonCode::Invalid, "invalid"},
    {ReasonCode::Restricted, "restricted"},
    {ReasonCode::Mute, "mute"},
    {ReasonCode::Error, "error"},
    {ReasonCode::AuthRequired, "auth-required"},
    {ReasonCode::Unsupported, "unsupported"},
    {ReasonCode::Closed, "closed"},
};

} // namespace

std::string toJson(const ClientMessage& message) {
    using namespace client_message;
    return std::visit(Overloaded{
                          [](const Publish& m) { return "[\"EVENT\"," + m.event.toJson() + "]"; },
                          [](const Request& m) { return requestJson("REQ", m.subscription, m.filters); },
                          [](const Close& m) { return open("CLOSE", m.subscription) + "]"; },
                          [](const Auth& m) { return "[\"AUTH\"," + m.event.toJson() + "]"; },
                          [](const Count& m) { return requestJson("COUNT", m.subscription, m.filters); },
                          [](const ReconcileOpen& m) {
                              return open("NEG-OPEN", m.subscription) + "," + m.filter.toJson() + ",\"" +
                                     toHex(m.message) + "\"]";
                          },
                          [](const Reconcile& m) { return reconcileJson(m.subscription, m.message); },
                          [](const ReconcileClose& m) { return open("NEG-CLOSE", m.subscription) + "]"; },
                      },
                      message);
}

std::string toJson(const RelayMessage& message) {
    using namespace relay_message;
    return std::visit(
        Overloaded{
            [](const Delivery& m) { return open("EVENT", m.subscription) + "," + m.event.toJson() + "]"; },
            [](const Ok& m) {
                std::string out = open("OK", toHex(m.id)) + (m.accepted ? ",true," : ",false,");
                appendJsonString(out, m.reason);
                return out + "]";
            },
            [](const EndOfStored& m) { return open("EOSE", m.subscription) + "]"; },
            [](const Closed& m) {
                std::string out = open("CLOSED", m.subscription) + ",";
                appendJsonString(out, m.reason);
                return out + "]";
            },
            [](const Notice& m) { return open("NOTICE", m.text) + "]"; },
            [](const Challenge& m) { return open("AUTH", m.challenge) + "]"; },
            [](const CountAnswer& m) {
                return open("COUNT", m.subscription) + ",{\"count\":" + std::to_string(m.count) + "}]";
            },
            [](const Reconcile& m) { return reconcileJson(m.subscription, m.message); },
            [](const ReconcileError& m) {
                std::string out = open("NEG-ERR", m.subscription) + ",";
                appendJsonString(out, m.reason);
                return out + "]";
            },
        },
        message);
}

Result<ClientMessage> parseClientMessage(std::string_view text, const Limits& limits) {
    using namespace client_message;
    json::Document document;
    VALISE_TRY(json::Element root, document.parse(text, limits.messageSize));
    VALISE_TRY(const Parts parts, readParts(root, limits));
    if (parts.type == "REQ")
        return readRequest<Request>(parts, limits);
    if (parts.type == "COUNT")
        return readRequest<Count>(parts, limits);
    const bool isEvent = parts.type == "EVENT";
    if (isEvent || parts.type == "AUTH") {
        if (parts.rest.size() != 1)
            return wrongLength();
        VALISE_TRY(Event event, json::event(parts.rest[0], limits));
        if (isEvent)
            return ClientMessage{Publish{std::move(event)}};
        return ClientMessage{Auth{std::move(event)}};
    }
    if (parts.type == "CLOSE") {
        if (parts.rest.size() != 1)
            return wrongLength();
        VALISE_TRY(std::string id, readSubscription(parts.rest[0]));
        return ClientMessage{Close{std::move(id)}};
    }
    if (parts.type == "NEG-OPEN") {
        if (parts.rest.size() != 3)
            return wrongLength();
        VALISE_TRY(ReconcileOpen out, readReconcile<ReconcileOpen>(parts.rest, 2, limits));
        VALISE_TRY(out.filter, json::filter(parts.rest[1], limits));
        return ClientMessage{std::move(out)};
    }
    if (parts.type == "NEG-MSG") {
        if (parts.rest.size() != 2)
            return wrongLength();
        VALISE_TRY(Reconcile out, readReconcile<Reconcile>(parts.rest, 1, limits));
        return ClientMessage{std::move(out)};
    }
    if (parts.type == "NEG-CLOSE") {
        if (parts.rest.size() != 1)
            return wrongLength();
        VALISE_TRY(std::string id, readSubscription(parts.rest[0]));
        return ClientMessage{ReconcileClose{std::move(id)}};
    }
    return {ErrorCode::Unsupported, "a client message of unknown type"};
}

Result<RelayMessage> parseRelayMessage(std::string_view text, const Limits& limits) {
    using namespace relay_message;
    json::Document document;
    VALISE_TRY(json::Element root, document.parse(text, limits.messageSize));
    VALISE_TRY(const Parts parts, readParts(root, limits));
    const auto& rest = parts.rest;
    if (parts.type == "EVENT") {
        if (rest.size() != 2)
            return wrongLength();
        VALISE_TRY(std::string id, readSubscription(rest[0]));
        VALISE_TRY(Event event, json::event(rest[1], limits));
        return RelayMessage{Delivery{std::move(id), std::move(event)}};
    }
    if (parts.type == "OK") {
        if (rest.size() != 2 && rest.size() != 3)
            return wrongLength();
        Ok out;
        VALISE_TRY(out.id, json::hex<32>(rest[0]));
        VALISE_TRY(out.accepted, json::boolean(rest[1]));
        if (rest.size() == 3) {
            VALISE_TRY(out.reason, readReason(rest[2], limits));
        }
        return RelayMessage{std::move(out)};
    }
    if (parts.type == "EOSE") {
        if (rest.size() != 1)
            return wrongLength();
        VALISE_TRY(std::string id, readSubscription(rest[0]));
        return RelayMessage{EndOfStored{std::move(id)}};
    }
    if (parts.type == "CLOSED") {
        if (rest.size() != 1 && rest.size() != 2)
            return wrongLength();
        Closed out;
        VALISE_TRY(out.subscription, readSubscription(rest[0]));
        if (rest.size() == 2) {
            VALISE_TRY(out.reason, readReason(rest[1], limits));
        }
        return RelayMessage{std::move(out)};
    }
    if (parts.type == "NOTICE") {
        if (rest.size() != 1)
            return wrongLength();
        VALISE_TRY(std::string notice, readReason(rest[0], limits));
        return RelayMessage{Notice{std::move(notice)}};
    }
    if (parts.type == "AUTH") {
        if (rest.size() != 1)
            return wrongLength();
        VALISE_TRY(std::string_view challenge, json::text(rest[0], limits.reasonSize));
        return RelayMessage{Challenge{std::string(challenge)}};
    }
    if (parts.type == "COUNT") {
        if (rest.size() != 2)
            return wrongLength();
        CountAnswer out;
        VALISE_TRY(out.subscription, readSubscription(rest[0]));
        VALISE_TRY(json::Object object, json::object(rest[1]));
        bool found = false;
        VALISE_CHECK(json::members(object, [&](std::string_view name, json::Element value) -> Result<void> {
            if (name == "count") {
                VALISE_TRY(out.count, json::integer(value, std::numeric_limits<std::uint64_t>::max()));
                found = true;
            }
            return {};
        }));
        if (!found)
            return {ErrorCode::InvalidEncoding, "a COUNT without a count"};
        return RelayMessage{std::move(out)};
    }
    if (parts.type == "NEG-MSG") {
        if (rest.size() != 2)
            return wrongLength();
        VALISE_TRY(Reconcile out, readReconcile<Reconcile>(rest, 1, limits));
        return RelayMessage{std::move(out)};
    }
    if (parts.type == "NEG-ERR") {
        if (rest.size() != 1 && rest.size() != 2)
            return wrongLength();
        ReconcileError out;
        VALISE_TRY(out.subscription, readSubscription(rest[0]));
        if (rest.size() == 2) {
            VALISE_TRY(out.reason, readReason(rest[1], limits));
        }
        return RelayMessage{std::move(out)};
    }
    return {ErrorCode::Unsupported, "a relay message of unknown type"};
}

std::optional<EventId> eventIdOfUnreadable(std::string_view text, const Limits& limits) {
    json::Document document;
    auto root = document.parse(text, limits.messageSize);
    if (!root)
        return std::nullopt;
    auto parts = readParts(*root, limits);
    if (!parts || parts->type != "EVENT" || parts->rest.empty())
        return std::nullopt;
    auto object = json::object(parts->rest[0]);
    json::Element id;
    if (!object || (*object)["id"].get(id))
        return std::nullopt;
    auto out = json::hex<32>(id);
    if (!out)
        return std::nullopt;
    return *out;
}

ReasonCode reasonCode(std::string_view reason) {
    const std::size_t colon = reason.find(':');
    if (colon == std::string_view::npos)
        return ReasonCode::None;
    const std::string_view prefix = reason.substr(0, colon);
    for (const Prefix& p : kPrefixes) {
        if (p.text == prefix)
            return p.code;
    }
    const bool isWord = !prefix.empty() && std::all_of(prefix.begin(), prefix.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '-';
    });
    return isWord ? ReasonCode::Other : ReasonCode::None;
}

std::string makeReason(ReasonCode code, std::string_view text) {
    for (const Prefix& p : kPrefixes) {
        if (p.code == code)
            return std::string(p.text) + ": " + std::string(text);
    }
    return std::string(text);
}

bool isTransient(ReasonCode code) {
    return code == ReasonCode::RateLimited || code == ReasonCode::Error || code == ReasonCode::AuthRequired ||
           code == ReasonCode::None;
}

} // namespace valise::nostr
