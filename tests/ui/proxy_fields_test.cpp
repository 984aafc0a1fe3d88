// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "tests/ui/invented.h"
#include "ui/dialogs/settings_sheet.h"
#include "ui/language/language.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>

using namespace valise;
using namespace valise::ui;
using Kind = client::ProxyRecord::Kind;

namespace {

struct Fixture {
    Fixture() {
        uitest::application();
        language.use(QStringLiteral("en"));
        sheet = std::make_unique<SettingsSheet>(invented::account(), SettingsValues{}, &theme, nullptr);
        sheet->setAttribute(Qt::WA_DeleteOnClose, false);
        sheet->sections()->setCurrentRow(5);
        sheet->show();
        QObject::connect(sheet.get(), &SettingsSheet::proxyChosen, sheet.get(),
                         [this](const client::ProxyRecord& proxy, const std::optional<QString>& password) {
                             chosen = proxy;
                             word = password;
                         });
    }
    ProxyFields* fields() const { return sheet->proxyFields(); }
    void choose(Kind kind) { fields()->kindBox()->setCurrentIndex(static_cast<int>(kind)); }
    void save() { QTest::mouseClick(sheet->mainButton(), Qt::LeftButton); }

    Language language;
    Theme theme;
    std::unique_ptr<SettingsSheet> sheet;
    std::optional<client::ProxyRecord> chosen;
    std::optional<QString> word;
};

} // namespace

TEST_CASE("the way to the servers is chosen, with the proxy's address, name and password") {
    Fixture f;
    // Nothing is changed before it is known what is set.
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
    CHECK_FALSE(f.chosen);
    CHECK_FALSE(f.sheet->errorShown().isEmpty());
    CHECK(f.sheet->sections()->currentRow() == 5);
    f.fields()->hostField()->setFocus();
    QTest::keyClicks(f.fields()->hostField(), QStringLiteral(" proxy.kasara.example "));
    f.fields()->portField()->setFocus();
    f.fields()->portField()->selectAll();
    QTest::keyClicks(f.fields()->portField(), QStringLiteral("3128"));
    QTest::keyClicks(f.fields()->userField(), QStringLiteral("lea"));
    QTest::keyClicks(f.fields()->passwordField(), QStringLiteral("grey heron"));
    CHECK(f.fields()->passwordField()->displayText() != QStringLiteral("grey heron"));
    f.save();
    REQUIRE(f.chosen);
    CHECK(f.chosen->kind == Kind::Http);
    CHECK(f.chosen->host == QStringLiteral("proxy.kasara.example"));
    CHECK(f.chosen->port == 3128);
    CHECK(f.chosen->user == QStringLiteral("lea"));
    CHECK(f.word == QStringLiteral("grey heron"));
}

TEST_CASE("a password that is kept is not shown, and stays unless another is written") {
    Fixture f;
    client::ProxyRecord now;
    now.kind = Kind::Socks5;
    now.host = QStringLiteral("proxy.kasara.example");
    now.port = 1085;
    now.user = QStringLiteral("lea");
    now.hasPassword = true;
    f.fields()->setProxy(now);
    CHECK(f.fields()->passwordField()->text().isEmpty());
    CHECK_FALSE(f.fields()->passwordField()->placeholderText().isEmpty());
    f.save();
    CHECK_FALSE(f.chosen); // nothing changed
    f.fields()->portField()->setValue(1086);
    f.save();
    REQUIRE(f.chosen);
    CHECK(f.chosen->port == 1086);
    CHECK_FALSE(f.word);
    f.choose(Kind::None);
    f.save();
    CHECK(f.chosen->kind == Kind::None);
    CHECK(f.chosen->host.isEmpty());
}
