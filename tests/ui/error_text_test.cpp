// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "ui/error_text.h"
#include "ui/language/language.h"

#include <QMap>

using namespace valise;

namespace {

constexpr int kCodes = static_cast<int>(ErrorCode::RelayBusy) + 1;

} // namespace

TEST_CASE("every error code has a sentence of its own in every language") {
    uitest::application();
    ui::Language language;
    for (const QString& code : ui::Language::available()) {
        language.use(code);
        QMap<QString, int> seen;
        for (int i = 0; i < kCodes; ++i) {
            const QString text = ui::errorText(static_cast<ErrorCode>(i));
            INFO(code.toStdString() << " " << std::string(errorName(static_cast<ErrorCode>(i))));
            CHECK(text.size() > 20);
            CHECK_FALSE(seen.contains(text));
            seen.insert(text, i);
        }
    }
    language.use(QStringLiteral("en"));
}

TEST_CASE("the codes known here are all there are") {
    // A code added at the end without a sentence would fall through to the general one.
    CHECK(std::string(errorName(static_cast<ErrorCode>(kCodes - 1))) == "relay_busy");
    const QString general = ui::errorText(static_cast<ErrorCode>(kCodes + 100));
    for (int i = 0; i < kCodes; ++i)
        CHECK(ui::errorText(static_cast<ErrorCode>(i)) != general);
}

TEST_CASE("sentences hold no technical words") {
    uitest::application();
    for (int i = 0; i < kCodes; ++i) {
        const QString text = ui::errorText(static_cast<ErrorCode>(i)).toLower();
        for (const char* word : {"epoch", "commit", "relay", "npub", "key package", "nostr", "mls", "hex"}) {
            INFO(text.toStdString() << " has " << word);
            CHECK_FALSE(text.contains(QLatin1String(word)));
        }
    }
}
