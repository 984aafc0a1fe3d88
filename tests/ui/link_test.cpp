// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/workspace_fixture.h"
#include "ui/links/link_check.h"
#include "ui/links/link_finder.h"
#include "ui/links/link_sheet.h"
#include "ui/text/message_format.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QPushButton>

using namespace valise;
using namespace valise::ui;

namespace {

QString utf8(const char* text) {
    return QString::fromUtf8(text);
}

QStringList targets(const char* line) {
    QStringList out;
    for (const FoundLink& link : findLinks(utf8(line)))
        out << link.target;
    return out;
}

//! Takes the place of the browser.
class Browser : public QObject {
    Q_OBJECT

public:
    Browser() {
        for (const char* scheme : {"http", "https", "mailto"})
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "take");
    }
    ~Browser() override {
        for (const char* scheme : {"http", "https", "mailto"})
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
    }
    QVector<QUrl> opened;

public slots:
    void take(const QUrl& url) { opened.append(url); }
};

struct Fixture : uitest::WorkspaceFixture {
    void say(const QString& text) {
        client::MessagePage page;
        page.conversation = invented::allies();
        page.messages << invented::message(1, QStringLiteral("Jean Kagabo"), text, 1'700'000'000);
        space->page()->timelineModel()->setPage(page);
    }
    LinkSheet* sheet() const { return space->findChild<LinkSheet*>(); }
};

} // namespace

TEST_CASE("links are found with their own punctuation and without the sentence's") {
    CHECK(targets("see https://example.org/a_b_c?x=1&y=*2*, please") ==
          QStringList{"https://example.org/a_b_c?x=1&y=*2"});
    CHECK(targets("(https://example.org/wiki/Valise_(bag)).") ==
          QStringList{"https://example.org/wiki/Valise_(bag)"});
    CHECK(targets("“https://example.org”") == QStringList{"https://example.org"});
    CHECK(targets("www.example.org") == QStringList{"https://www.example.org"});
    CHECK(targets("HTTP://Example.org") == QStringList{"HTTP://Example.org"});
    CHECK(targets("mailto:ingrid@nordvale.example!") == QStringList{"mailto:ingrid@nordvale.example"});
    CHECK(targets("انظر https://example.org/ع، ثم") == QStringList{utf8("https://example.org/ع")});
    CHECK(targets("a https://a.example b http://b.example") ==
          QStringList{"https://a.example", "http://b.example"});
    for (const char* none :
         {"xhttps://example.org", "https://", "http:/x", "javascript:alert(1)", "file:///etc/passwd",
          "ftp://example.org", "data:text/html,x", "https://.", "nostr:npub1x", "w w w"})
        CHECK(targets(none).isEmpty());
    // Nothing invisible or that turns the direction belongs to a link.
    CHECK(targets("https://example.org/\u202Egpj.exe") == QStringList{"https://example.org/"});
    CHECK(targets("https://good.example\\@evil.example") == QStringList{"https://good.example"});
    CHECK(findLinks(QStringLiteral("https://example.org/") + QString(kMaxLink, QLatin1Char('x'))).isEmpty());
    CHECK(findLinks(QStringLiteral("https://(").repeated(50'000)).isEmpty());
}

TEST_CASE("formatting leaves links whole, and code has none") {
    const TextBlock block =
        parseText(QStringLiteral("**see https://example.org/_x_y_/~~z** `https://code.example`")).first();
    CHECK(block.text == QStringLiteral("see https://example.org/_x_y_/~~z https://code.example"));
    REQUIRE(block.links.size() == 1);
    CHECK(block.links.first() == FoundLink{4, 29, QStringLiteral("https://example.org/_x_y_/~~z")});
    CHECK(block.spans.contains(TextSpan{4, 29, TextSpan::Bold | TextSpan::Link}));
}

TEST_CASE("the real host is known, whatever a link pretends") {
    const auto host = [](const char* link) { return checkLink(utf8(link)).host; };
    CHECK(host("https://www.example.org/path") == QStringLiteral("www.example.org"));
    CHECK(host("https://EXAMPLE.org:443/") == QStringLiteral("example.org"));
    CHECK(checkLink(QStringLiteral("https://www.example.org")).warnings.isEmpty());
    // Honest names in their own letters.
    CHECK(host("https://münchen.example") == utf8("münchen.example"));
    CHECK(host("https://министерство.рф") == utf8("министерство.рф"));
    CHECK(host("https://xn--mnchen-3ya.example") == utf8("münchen.example"));
    CHECK(host("https://外交部.example") == utf8("外交部.example"));
    CHECK(host("https://وزارة.example") == utf8("وزارة.example"));
    CHECK(checkLink(utf8("https://министерство.рф")).warnings.isEmpty());
    // Cyrillic letters that look Latin: alone, and among Latin ones.
    const LinkCheck whole = checkLink(utf8("https://расе.com/login"));
    CHECK(whole.host.startsWith(QStringLiteral("xn--")));
    CHECK(whole.has(LinkWarning::LooksAlike));
    CHECK(whole.looksLike == QStringLiteral("pace.com"));
    const LinkCheck mixed = checkLink(utf8("https://nordvаle.example"));
    CHECK(mixed.host.startsWith(QStringLiteral("xn--")));
    CHECK(mixed.has(LinkWarning::MixedScripts));
    CHECK(mixed.mayDeceive());
    CHECK(checkLink(mixed.url.toString(QUrl::FullyEncoded)).host == mixed.host);
    // Another name before the @.
    const LinkCheck user = checkLink(QStringLiteral("https://www.summit.example:secret@evil.example/x"));
    CHECK(user.host == QStringLiteral("evil.example"));
    CHECK(user.userInfo.startsWith(QStringLiteral("www.summit.example")));
    CHECK(user.has(LinkWarning::UserInfo));
    CHECK(user.url.userInfo().isEmpty());
    CHECK(user.url == QUrl(QStringLiteral("https://evil.example/x")));
    const LinkCheck port = checkLink(QStringLiteral("https://example.org:8443/"));
    CHECK(port.port == 8443);
    CHECK(port.warnings == QVector<LinkWarning>{LinkWarning::Port});
    for (const char* number :
         {"http://192.168.1.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/"})
        CHECK(checkLink(utf8(number)).has(LinkWarning::Number));
    CHECK(checkLink(QStringLiteral("http://example.org")).warnings ==
          QVector<LinkWarning>{LinkWarning::Unencrypted});
}

TEST_CASE("only web and e-mail addresses can be opened, and only whole ones") {
    for (const char* bad :
         {"javascript:alert(1)", "file:///etc/passwd", "vbscript:x", "data:text/html,x", "smb://host/x",
          "https://", "https:///path", "https://good.example\\.evil.example", "https://exa mple.org",
          "https://good.example%2Fevil.example", "https://example.org/\u202Egpj.exe", "mailto:", "mailto:x",
          "mailto:a@b.example,c@d.example", ""})
        CHECK(checkLink(utf8(bad)).kind == LinkCheck::Kind::Nothing);
    const LinkCheck mail =
        checkLink(QStringLiteral("mailto:ingrid@nordvale.example?body=send%20money&attach=/etc/passwd"));
    CHECK(mail.kind == LinkCheck::Kind::Mail);
    CHECK(mail.host == QStringLiteral("nordvale.example"));
    CHECK(mail.url == QUrl(QStringLiteral("mailto:ingrid@nordvale.example")));
    CHECK(checkLink(utf8("mailto:x@nordvаle.example")).mayDeceive());
}

TEST_CASE("a clicked link opens only after its host was shown") {
    Browser browser;
    Fixture f;
    f.say(QStringLiteral("The draft: https://www.example.org/draft"));
    const QRect link = f.view()->linkRect(0, 0);
    REQUIRE_FALSE(link.isEmpty());
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {}, link.center());
    REQUIRE(f.sheet());
    CHECK(browser.opened.isEmpty());
    CHECK(f.sheet()->hostShown() == QStringLiteral("www.example.org"));
    CHECK(f.sheet()->warningsShown().isEmpty());
    QTest::mouseClick(f.sheet()->mainButton(), Qt::LeftButton);
    CHECK(browser.opened == QVector<QUrl>{QUrl(QStringLiteral("https://www.example.org/draft"))});
    REQUIRE(uitest::eventually([&] { return f.sheet() == nullptr; }));
    // Beside the link nothing happens; nor when its text is selected by dragging.
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {}, QPoint(link.left() - 20, link.center().y()));
    CHECK_FALSE(f.sheet());
    QTest::mousePress(f.view()->viewport(), Qt::LeftButton, {}, link.center());
    QTest::mouseMove(f.view()->viewport(), link.center() + QPoint(40, 0));
    QTest::mouseRelease(f.view()->viewport(), Qt::LeftButton, {}, link.center() + QPoint(40, 0));
    CHECK_FALSE(f.sheet());
    CHECK_FALSE(f.view()->selectedText().isEmpty());
}

TEST_CASE("the keyboard opens links too, but not what may deceive") {
    Browser browser;
    Fixture f;
    f.say(QStringLiteral("See https://www.example.org/a"));
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_End);
    QTest::keyClick(f.view(), Qt::Key_L);
    REQUIRE(f.sheet());
    QTest::keyClick(f.sheet(), Qt::Key_Return);
    CHECK(browser.opened == QVector<QUrl>{QUrl(QStringLiteral("https://www.example.org/a"))});
    REQUIRE(uitest::eventually([&] { return f.sheet() == nullptr; }));

    browser.opened.clear();
    f.say(utf8("See https://расе.com/login"));
    QTest::keyClick(f.view(), Qt::Key_End);
    QTest::keyClick(f.view(), Qt::Key_L);
    REQUIRE(f.sheet());
    CHECK(f.sheet()->hostShown().startsWith(QStringLiteral("xn--")));
    REQUIRE(f.sheet()->warningsShown().size() >= 1);
    CHECK(f.sheet()->warningsShown().first().contains(QStringLiteral("pace.com")));
    QTest::keyClick(f.sheet(), Qt::Key_Return);
    CHECK(browser.opened.isEmpty());
    REQUIRE(uitest::eventually([&] { return f.sheet() == nullptr; }));
    QTest::keyClick(f.view(), Qt::Key_L);
    REQUIRE(f.sheet());
    QTest::mouseClick(f.sheet()->copyButton(), Qt::LeftButton);
    CHECK(QApplication::clipboard()->text() == utf8("https://расе.com/login"));
    CHECK(browser.opened.isEmpty());
    REQUIRE(uitest::eventually([&] { return f.sheet() == nullptr; }));

    // Of several a menu asks which; without any the key does nothing.
    f.say(QStringLiteral("https://a.example and https://b.example"));
    QTest::keyClick(f.view(), Qt::Key_End);
    QTest::keyClick(f.view(), Qt::Key_L);
    auto* menu = f.view()->findChild<QMenu*>(QStringLiteral("linkMenu"));
    REQUIRE(menu);
    REQUIRE(menu->actions().size() == 2);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    REQUIRE(f.sheet());
    CHECK(f.sheet()->hostShown() == QStringLiteral("b.example"));
    QTest::keyClick(f.sheet(), Qt::Key_Escape);
    REQUIRE(uitest::eventually([&] { return f.sheet() == nullptr; }));
    CHECK(browser.opened.isEmpty());
    f.say(QStringLiteral("javascript:alert(1)"));
    QTest::keyClick(f.view(), Qt::Key_End);
    QTest::keyClick(f.view(), Qt::Key_L);
    CHECK_FALSE(f.sheet());
}

#include "link_test.moc"
