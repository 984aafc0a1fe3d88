// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "ui/text/message_format.h"

using namespace valise;
using namespace valise::ui;

namespace {

TextBlock one(const char* text) {
    const auto blocks = parseText(QString::fromUtf8(text));
    REQUIRE(blocks.size() == 1);
    return blocks.first();
}

} // namespace

TEST_CASE("marks become styles and disappear") {
    const TextBlock bold = one("freeze in **2024** now");
    CHECK(bold.text == QStringLiteral("freeze in 2024 now"));
    CHECK(bold.spans == QVector<TextSpan>{{10, 4, TextSpan::Bold}});
    CHECK(one("*a* _b_ ~~c~~ `d`").spans == QVector<TextSpan>{{0, 1, TextSpan::Italic},
                                                              {2, 1, TextSpan::Italic},
                                                              {4, 1, TextSpan::Strike},
                                                              {6, 1, TextSpan::Code}});
    const TextBlock both = one("**very *deep* text**");
    CHECK(both.text == QStringLiteral("very deep text"));
    CHECK(both.spans.at(1) == TextSpan{5, 4, TextSpan::Bold | TextSpan::Italic});
    // Inside code nothing is a mark.
    CHECK(one("`a*b*c`").text == QStringLiteral("a*b*c"));
}

TEST_CASE("what is no mark stays as it is") {
    for (const char* text : {"2 * 3 * 4", "snake_case_name", "a ** b", "*", "**", "`", "``", "~~",
                             "5 < 6 > 4", "-1", "1.5 metres", "**never closed", "> ", "#1", "3 *of"}) {
        const TextBlock block = one(text);
        INFO(text);
        CHECK(block.spans.isEmpty());
        if (block.kind == TextBlock::Plain)
            CHECK(block.text == QString::fromUtf8(text));
    }
    CHECK(one("\\*not italic\\*").text == QStringLiteral("*not italic*"));
    CHECK(one("C:\\folder").text == QStringLiteral("C:\\folder"));
}

TEST_CASE("lines become quotes, lists and code") {
    const auto blocks =
        parseText(QStringLiteral("> quoted\n- one\n* two\n12. twelve\n```\n**raw**\n```\nend"));
    REQUIRE(blocks.size() == 6);
    CHECK(blocks.at(0).kind == TextBlock::Quote);
    CHECK(blocks.at(1).kind == TextBlock::Bullet);
    CHECK(blocks.at(2).kind == TextBlock::Bullet);
    CHECK(blocks.at(3).kind == TextBlock::Number);
    CHECK(blocks.at(3).marker == QStringLiteral("12."));
    CHECK(blocks.at(4).kind == TextBlock::Code);
    CHECK(blocks.at(4).text == QStringLiteral("**raw**"));
    CHECK(blocks.at(5).text == QStringLiteral("end"));
    // Code that never ends is no code.
    CHECK(parseText(QStringLiteral("```\nx")).at(0).text == QStringLiteral("```"));
    CHECK(parseText({}).size() == 1);
}

TEST_CASE("hostile text is read in proportion to its length") {
    // A quadratic reader would need hours for these.
    for (const char* part : {"*", "_", "~~", "`", "**_", "*a", "a_", "> ", "```\n", "\\"}) {
        const QString text = QString::fromLatin1(part).repeated(200'000);
        QString read;
        for (const TextBlock& block : parseText(text))
            read += block.text;
        CHECK(read.size() <= text.size());
    }
}
