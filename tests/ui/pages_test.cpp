// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "tests/ui/invented.h"
#include "ui/dialogs/confirm_sheet.h"
#include "ui/error_text.h"
#include "ui/language/language.h"
#include "ui/lock/passphrase.h"
#include "ui/lock/unlock_page.h"
#include "ui/onboarding/onboarding_page.h"
#include "ui/people/people_picker.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace valise;
using namespace valise::ui;

namespace {

struct Looks {
    Looks() {
        uitest::application();
        language.use(QStringLiteral("en"));
        theme.setMode(ThemeMode::Light);
    }
    Language language;
    Theme theme;
};

} // namespace

TEST_CASE("onboarding asks for what is missing, where it is missing") {
    Looks looks;
    OnboardingPage page(&looks.theme);
    page.resize(900, 700);
    page.show();
    QSignalSpy finished(&page, &OnboardingPage::finished);
    auto* next = page.nextButton();
    QTest::mouseClick(next, Qt::LeftButton);
    CHECK(page.step() == OnboardingPage::Name);
    QTest::mouseClick(next, Qt::LeftButton);
    CHECK(page.step() == OnboardingPage::Name);
    CHECK_FALSE(page.errorShown().isEmpty());
    QTest::keyClicks(page.nameField(), QStringLiteral("Amina Diallo"));
    QTest::keyClick(page.nameField(), Qt::Key_Return);
    CHECK(page.step() == OnboardingPage::Passphrase);

    QTest::keyClicks(page.passphraseField(), QStringLiteral("short"));
    QTest::mouseClick(next, Qt::LeftButton);
    CHECK(page.step() == OnboardingPage::Passphrase);
    const QString tooShort = page.errorShown();
    CHECK_FALSE(tooShort.isEmpty());
    page.passphraseField()->clear();
    QTest::keyClicks(page.passphraseField(), QStringLiteral("desert clock marble evening"));
    QTest::keyClicks(page.repeatField(), QStringLiteral("desert clock marble morning"));
    QTest::mouseClick(next, Qt::LeftButton);
    CHECK(page.step() == OnboardingPage::Passphrase);
    CHECK(page.errorShown() != tooShort);
    page.repeatField()->clear();
    QTest::keyClicks(page.repeatField(), QStringLiteral("desert clock marble evening"));
    QTest::mouseClick(next, Qt::LeftButton);
    CHECK(page.step() == OnboardingPage::Server);

    page.serverField()->setPlainText(QStringLiteral("https://not-a-server.example"));
    QTest::mouseClick(next, Qt::LeftButton);
    CHECK(page.errorShown() == errorText(ErrorCode::InvalidUrl));
    page.serverField()->setPlainText(QString());
    QTest::mouseClick(next, Qt::LeftButton);
    CHECK_FALSE(page.errorShown().isEmpty());
    CHECK(finished.isEmpty());
    page.serverField()->setPlainText(QStringLiteral("wss://relay.tamir.example\nws://127.0.0.1:7000"));
    QTest::mouseClick(next, Qt::LeftButton);
    REQUIRE(finished.size() == 1);
    CHECK(finished.at(0).at(0).toString() == QStringLiteral("Amina Diallo"));
    CHECK(finished.at(0).at(1).toStringList().size() == 2);
    const auto secret = page.passphrase();
    CHECK(textOf(secret.view()) == "desert clock marble evening");
    // A failure leads back without asking for everything again.
    page.showError(errorText(ErrorCode::InsecureUrl));
    CHECK(page.step() == OnboardingPage::Server);
    CHECK(textOf(page.passphrase().view()) == "desert clock marble evening");
    page.forget();
    CHECK(page.passphrase().empty());
}

TEST_CASE("the passphrase hint tells weak from strong") {
    CHECK(passphraseStrength(QStringLiteral("short")) == PassphraseStrength::TooShort);
    CHECK(passphraseStrength(QStringLiteral("aaaaaaaaaaaaaaaaaaaa")) == PassphraseStrength::Weak);
    CHECK(passphraseStrength(QStringLiteral("desert clock marble evening")) == PassphraseStrength::Strong);
    CHECK(passphraseStrength(QStringLiteral("صحراء ساعة رخام مساء حديقة")) != PassphraseStrength::TooShort);
}

TEST_CASE("a passphrase is never readable on the screen and leaves the field when it is taken") {
    Looks looks;
    UnlockPage page(&looks.theme);
    page.show();
    CHECK(page.field()->echoMode() == QLineEdit::Password);
    QSignalSpy asked(&page, &UnlockPage::unlockRequested);
    QTest::keyClick(page.field(), Qt::Key_Return);
    CHECK(asked.isEmpty());
    CHECK_FALSE(page.errorShown().isEmpty());
    QTest::keyClicks(page.field(), QStringLiteral("copper meadow"));
    QTest::keyClick(page.field(), Qt::Key_Return);
    REQUIRE(asked.size() == 1);
    CHECK(textOf(page.passphrase().view()) == "copper meadow");
    CHECK(page.field()->text().isEmpty());
    page.setBusy(true);
    CHECK_FALSE(page.button()->isEnabled());
    page.setBusy(false);
    page.showError(errorText(ErrorCode::WrongPassphrase));
    CHECK(page.errorShown().contains(QStringLiteral("does not open")));
}

TEST_CASE("people are chosen by links and by name, each once") {
    Looks looks;
    auto* picker = new PeoplePicker(PeoplePicker::Purpose::Start, &looks.theme, nullptr);
    QSignalSpy chosen(picker, &PeoplePicker::chosen);
    picker->setContacts(invented::contacts());
    picker->show();
    QTest::mouseClick(picker->mainButton(), Qt::LeftButton);
    CHECK(chosen.isEmpty());
    CHECK_FALSE(picker->errorShown().isEmpty());
    picker->addressField()->setPlainText(QStringLiteral("npub1amina\n  nostr:nprofile1other, npub1amina"));
    auto* list = picker->findChild<QListWidget*>(QStringLiteral("contactList"));
    REQUIRE(list);
    list->item(0)->setCheckState(Qt::Checked);
    list->item(2)->setCheckState(Qt::Checked);
    QTest::keyClicks(picker->nameField(), QStringLiteral("  Drafting   committee "));
    QTest::mouseClick(picker->mainButton(), Qt::LeftButton);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen.at(0).at(0).toString() == QStringLiteral("Drafting committee"));
    CHECK(chosen.at(0).at(1).toStringList() == QStringList{QStringLiteral("npub1amina"),
                                                           QStringLiteral("nostr:nprofile1other"),
                                                           QStringLiteral("npub1jean")});
    // While it is on its way it cannot be pressed twice.
    CHECK_FALSE(picker->mainButton()->isEnabled());
    picker->setBusy(false);
    picker->showError(errorText(ErrorCode::NoInvitation));
    CHECK(picker->errorShown() == errorText(ErrorCode::NoInvitation));
    CHECK(picker->mainButton()->isEnabled());
    delete picker;
}

TEST_CASE("leaving needs a deliberate second press, not an accidental Enter") {
    Looks looks;
    auto* sheet = new ConfirmSheet(QStringLiteral("Leave?"), QStringLiteral("Why."), QStringLiteral("Leave"),
                                   &looks.theme, nullptr);
    sheet->setAttribute(Qt::WA_DeleteOnClose, false);
    QSignalSpy confirmed(sheet, &ConfirmSheet::confirmed);
    sheet->show();
    QTest::keyClick(sheet, Qt::Key_Return);
    CHECK(confirmed.isEmpty());
    CHECK_FALSE(sheet->isVisible());
    sheet->show();
    QTest::mouseClick(sheet->mainButton(), Qt::LeftButton);
    CHECK(confirmed.size() == 1);
    delete sheet;
}
