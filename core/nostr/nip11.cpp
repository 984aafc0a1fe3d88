// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/nip11.h"

#include "core/nostr/json.h"

#include <limits>

namespace valise::nostr {

namespace {

constexpr std::size_t kMaxText = 4096;
constexpr std::size_t kMaxNips = 512;

struct NumberMember {
    std::string_view name;
    std::optional<std::uint64_t> RelayInfo::*member;
};
constexpr NumberMember kNumbers[] = {
    {"max_message_length", &RelayInfo::maxMessageLength},
    {"max_subscriptions", &RelayInfo::maxSubscriptions},
    {"max_limit", &RelayInfo::maxLimit},
    {"default_limit", &RelayInfo::defaultLimit},
    {"max_subid_length", &RelayInfo::maxSubscriptionIdLength},
    {"max_event_tags", &RelayInfo::maxEventTags},
    {"max_content_length", &RelayInfo::maxContentLength},
    {"min_pow_difficulty", &RelayInfo::minPowDifficulty},
    {"created_at_lower_limit", &RelayInfo::createdAtLowerLimit},
    {"created_at_upper_limit", &RelayInfo::createdAtUpperLimit},
};
struct FlagMember {
    std::string_view name;
    std::optional<bool> RelayInfo::*member;
};
constexpr FlagMember kFlags[] = {
    {"auth_required", &RelayInfo::authRequired},
    {"payment_required", &RelayInfo::paymentRequired},
    {"restricted_writes", &RelayInfo::restrictedWrites},
};
struct TextMember {
    std::string_view name;
    std::string RelayInfo::*member;
};
constexpr TextMember kTexts[] = {
    {"name", &RelayInfo::name},         {"description", &RelayInfo::description},
    {"pubkey", &RelayInfo::pubkey},     {"contact", &RelayInfo::contact},
    {"software", &RelayInfo::software}, {"version", &RelayInfo::version},
};

} // namespace

bool RelayInfo::supports(std::uint32_t nip) const {
    return std::find(supportedNips.begin(), supportedNips.end(), nip) != supportedNips.end();
}

std::string RelayInfo::toJson() const {
    std::string out = "{";
    for (const TextMember& t : kTexts) {
        if (!(this->*t.member).empty())
            json::appendMember(out, t.name, this->*t.member);
    }
    out += out.size() > 1 ? ",\"supported_nips\":[" : "\"supported_nips\":[";
    for (std::size_t i = 0; i < supportedNips.size(); ++i)
        out += (i ? "," : "") + std::to_string(supportedNips[i]);
    std::string limitation = "{";
    for (const NumberMember& n : kNumbers) {
        if (this->*n.member)
            json::appendMember(limitation, n.name, *(this->*n.member));
    }
    for (const FlagMember& f : kFlags) {
        if (!(this->*f.member))
            continue;
        if (limitation.size() > 1)
            limitation += ',';
        appendJsonString(limitation, f.name);
        limitation += *(this->*f.member) ? ":true" : ":false";
    }
    return out + "],\"limitation\":" + limitation + "}}";
}

Result<RelayInfo> parseRelayInfo(std::string_view text) {
    json::Document document;
    VALISE_TRY(json::Element root, document.parse(text, kMaxRelayInfo));
    VALISE_TRY(json::Object object, json::object(root));
    RelayInfo out;
    for (const TextMember& t : kTexts) {
        json::Element value;
        if (object[t.name].get(value))
            continue;
        if (auto read = json::text(value, kMaxRelayInfo))
            out.*t.member = std::string(json::cut(*read, kMaxText));
    }
    json::Array nips;
    if (!object["supported_nips"].get(nips)) {
        for (const json::Element nip : nips) {
            const auto number = json::integer(nip, std::numeric_limits<std::uint32_t>::max());
            if (number && out.supportedNips.size() < kMaxNips)
                out.supportedNips.push_back(static_cast<std::uint32_t>(*number));
        }
    }
    json::Object limitation;
    if (object["limitation"].get(limitation))
        return out;
    for (const NumberMember& n : kNumbers) {
        json::Element value;
        if (limitation[n.name].get(value))
            continue;
        if (const auto number = json::integer(value, std::numeric_limits<std::uint64_t>::max()))
            out.*n.member = *number;
    }
    for (const FlagMember& f : kFlags) {
        bool flag = false;
        if (!limitation[f.name].get(flag))
            out.*f.member = flag;
    }
    return out;
}

} // namespace valise::nostr
