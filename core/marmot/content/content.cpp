// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/content/content.h"

#include <type_traits>

namespace valise::marmot {

namespace {

template <typename T>
inline constexpr bool kKnown = !std::is_same_v<T, Unknown>;

// Calls `found` with the type of the content that has this kind; Unknown is the last of the list.
template <std::size_t I = 0, typename Found>
auto byKind(nostr::Kind kind, Found found) {
    using T = std::variant_alternative_t<I, Content>;
    if constexpr (kKnown<T>) {
        if (kind != T::kKind)
            return byKind<I + 1>(kind, found);
    }
    return found(std::type_identity<T>{});
}

} // namespace

Result<Content> readContent(const InnerEvent& event) {
    return byKind(event.kind, [&]<typename T>(std::type_identity<T>) -> Result<Content> {
        if constexpr (kKnown<T>) {
            VALISE_TRY(T content, T::read(event));
            return Content(std::move(content));
        } else {
            return Content(Unknown{event.kind, event.tags, event.content});
        }
    });
}

InnerEvent makeInner(const Id32& author, const Content& content, std::uint64_t createdAt) {
    InnerEvent event;
    event.pubkey = author;
    event.createdAt = createdAt;
    event.kind = kindOf(content);
    std::visit(
        [&]<typename T>(const T& c) {
            if constexpr (kKnown<T>) {
                c.write(event);
            } else {
                event.tags = c.tags;
                event.content = c.content;
            }
        },
        content);
    return event;
}

Result<void> checkContent(const Content& content) {
    return std::visit(
        []<typename T>(const T& c) -> Result<void> {
            if constexpr (kKnown<T>)
                return c.check();
            else
                return {ErrorCode::Unsupported, "a kind of message that is not known"};
        },
        content);
}

const ContentTraits& traitsOf(const Content& content) {
    return std::visit([]<typename T>(const T&) -> const ContentTraits& { return T::kTraits; }, content);
}

const ContentTraits& traitsOfKind(nostr::Kind kind) {
    return *byKind(kind, []<typename T>(std::type_identity<T>) { return &T::kTraits; });
}

nostr::Kind kindOf(const Content& content) {
    return std::visit(
        []<typename T>(const T& c) {
            if constexpr (kKnown<T>)
                return T::kKind;
            else
                return c.kind;
        },
        content);
}

std::string plainTextOf(const Content& content) {
    return std::visit(
        []<typename T>(const T& c) -> std::string {
            if constexpr (kKnown<T>)
                return c.plainText();
            else
                return {};
        },
        content);
}

std::vector<Id32> targetsOf(const Content& content) {
    return std::visit(
        []<typename T>(const T& c) -> std::vector<Id32> {
            if constexpr (kKnown<T>)
                return c.targets();
            else
                return {};
        },
        content);
}

std::optional<Id32> replyToOf(const Content& content) {
    return std::visit(
        []<typename T>(const T& c) -> std::optional<Id32> {
            if constexpr (requires { c.replyTo; })
                return c.replyTo;
            else
                return std::nullopt;
        },
        content);
}

std::vector<nostr::Kind> kindsThatChange() {
    std::vector<nostr::Kind> out;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        const auto add = [&]<typename T>(std::type_identity<T>) {
            if constexpr (kKnown<T>)
                if (T::kTraits.changes)
                    out.push_back(T::kKind);
        };
        (add(std::type_identity<std::variant_alternative_t<I, Content>>{}), ...);
    }
    (std::make_index_sequence<std::variant_size_v<Content>>{});
    return out;
}

StoredContent storeContent(const Content& content) {
    InnerEvent event = makeInner({}, content, 0);
    return {event.kind, std::move(event.content), nostr::tagsToJson(event.tags)};
}

Result<Content> restoreContent(const StoredContent& stored) {
    InnerEvent event;
    event.kind = stored.kind;
    event.content = stored.content;
    VALISE_TRY(event.tags, nostr::parseTags(stored.tagsJson));
    return readContent(event);
}

} // namespace valise::marmot
