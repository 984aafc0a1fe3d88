// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/settings_fixture.h"
#include "ui/settings/proxy_fields.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>

using namespace valise;
using namespace valise::ui;
using Kind = client::ProxyRecord::Kind;

namespace {

struct Fixture : uitest::SettingsFixture {
    explicit Fixture(const client::ProxyRecord& now = {}, bool known = true) {
        account.way = now;
        account.wayKnown = known;
        make();
        show<ServersPage>();
    }
    ServersPage* page() const { return sheet->page<ServersPage>(); }
    ProxyFields* fields() const { return page()->proxyFields(); }
    void choose(Kind kind) { fields()->kindBox()->setCurrentIndex(static_cast<int>(kind)); }
    void save() { page()->apply(); }
    //! The proxy that was handed over last.
    const client::ProxyRecord& chosen() const { return account.ways.last().first; }
    const std::optional<QString>& word() const { return account.ways.last().second; }
};

} // namespace

TEST_CASE("the way to the servers is chosen, with the proxy's address, name and password") {
    Fixture f({}, false);
    // No field can be changed before the proxy that is set is known.
    CHECK_FALSE(f.fields()->isEnabled());
    f.fields()->setProxy({});
    REQUIRE(f.fields()->isEnabled());
    CHECK_FALSE(f.fields()->hostField()->isVisible());
    f.choose(Kind::Socks5);
    REQUIRE(f.fields()->hostField()->isVisible());
    CHECK(f.fields()->portField()->value() == 1080);
    f.choose(Kind::Http);
    CHECK(f.fields()->portField()->value() == 8080);
    f.save();
    CHECK(f.account.ways.isEmpty());
    CHECK(f.page()->problem().widget == f.fields()->hostField());
    CHECK(f.page()->rows().last()->problem() == f.page()->problem().text);
    f.fields()->hostField()->setFocus();
    QTest::keyClicks(f.fields()->hostField(), QStringLiteral(" proxy.kasara.example "));
    f.fields()->portField()->setFocus();
    f.fields()->portField()->selectAll();
    QTest::keyClicks(f.fields()->portField(), QStringLiteral("3128"));
    QTest::keyClicks(f.fields()->userField(), QStringLiteral("lea"));
    QTest::keyClicks(f.fields()->passwordField(), QStringLiteral("grey heron"));
    CHECK(f.fields()->passwordField()->displayText() != QStringLiteral("grey heron"));
    f.save();
    REQUIRE_FALSE(f.account.ways.isEmpty());
    CHECK(f.chosen().kind == Kind::Http);
    CHECK(f.chosen().host == QStringLiteral("proxy.kasara.example"));
    CHECK(f.chosen().port == 3128);
    CHECK(f.chosen().user == QStringLiteral("lea"));
    CHECK(f.word() == QStringLiteral("grey heron"));
}

TEST_CASE("a password that is kept is not shown, and stays unless another is written") {
    client::ProxyRecord now;
    now.kind = Kind::Socks5;
    now.host = QStringLiteral("proxy.kasara.example");
    now.port = 1085;
    now.user = QStringLiteral("lea");
    now.hasPassword = true;
    Fixture f(now);
    CHECK(f.fields()->passwordField()->text().isEmpty());
    CHECK_FALSE(f.fields()->passwordField()->placeholderText().isEmpty());
    CHECK_FALSE(f.page()->saveButton()->isVisible());
    f.save();
    CHECK(f.account.ways.isEmpty()); // nothing changed
    f.fields()->portField()->setValue(1086);
    REQUIRE(f.page()->saveButton()->isVisible());
    QTest::mouseClick(f.page()->saveButton(), Qt::LeftButton);
    CHECK_FALSE(f.page()->saveButton()->isVisible());
    REQUIRE_FALSE(f.account.ways.isEmpty());
    CHECK(f.chosen().port == 1086);
    CHECK_FALSE(f.word());
    f.choose(Kind::None);
    f.save();
    CHECK(f.chosen().kind == Kind::None);
    CHECK(f.chosen().host.isEmpty());
}
