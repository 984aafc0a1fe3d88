// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/ui/application.h"
#include "tests/ui/invented.h"
#include "ui/language/language.h"
#include "ui/settings/account_page.h"
#include "ui/settings/servers_page.h"
#include "ui/settings/settings_sheet.h"
#include "ui/spelling/spell_checker.h"

#include <QPointer>
#include <QSet>
#include <QTemporaryDir>

namespace valise::uitest {

//! A profile in memory. It answers at once, or when it is told to.
struct MemoryProfile {
    QHash<QString, QString> texts;
    QSet<QString> unreadable;
    bool later = false;
    std::vector<std::function<void()>> waiting;

    ui::Preferences::Profile access() {
        return {
            [this](const QString& key, QObject* context, const std::function<void(Result<QString>)>& reply) {
                const QPointer<QObject> guard(context);
                const auto one = [this, key, guard, reply] {
                    if (!guard)
                        return;
                    if (unreadable.contains(key))
                        reply(Error{ErrorCode::StorageDamaged, "invented"});
                    else
                        reply(texts.value(key));
                };
                if (later)
                    waiting.push_back(one);
                else
                    one();
            },
            [this](const QString& key, const QString& value) { texts.insert(key, value); }};
    }
    void answer() {
        for (const auto& one : std::exchange(waiting, {}))
            one();
    }
};

//! An account and its network that take everything, or refuse it.
struct InventedSettings : ui::AccountSettings, ui::NetworkSettings {
    QString ownName = invented::account().name;
    QStringList urls = invented::account().relays;
    client::ProxyRecord way;
    bool wayKnown = true;
    std::optional<ErrorCode> refusal;
    QStringList names;               //!< that were handed over
    QVector<QStringList> serverSets; //!< that were handed over
    QVector<std::pair<client::ProxyRecord, std::optional<QString>>> ways;

    QString name() const override { return ownName; }
    void setName(const QString& name, QObject*, std::function<void(Result<void>)> reply) override {
        names << name;
        answer(reply, [&] { ownName = name; });
    }
    QStringList servers() const override { return urls; }
    void setServers(const QStringList& wanted, QObject*, std::function<void(Result<void>)> reply) override {
        serverSets << wanted;
        answer(reply, [&] { urls = wanted; });
    }
    void proxy(QObject*, std::function<void(Result<client::ProxyRecord>)> reply) override {
        if (wayKnown)
            reply(way);
    }
    void setProxy(const client::ProxyRecord& proxy, const std::optional<QString>& password, QObject*,
                  std::function<void(Result<void>)> reply) override {
        ways.append({proxy, password});
        answer(reply, [&] {
            const bool kept = password ? !password->isEmpty() : way.hasPassword;
            way = proxy;
            way.hasPassword = kept;
        });
    }

private:
    void answer(const std::function<void(Result<void>)>& reply, const std::function<void()>& take) {
        if (refusal)
            return reply(Error{*refusal, "invented"});
        take();
        reply({});
    }
};

//! The settings over invented things.
struct SettingsFixture {
    explicit SettingsFixture(const QString& code = QStringLiteral("en"), const QStringList& dictionaries = {})
        : checker(dictionaries) {
        application();
        language.use(code);
        theme.setMode(ui::ThemeMode::Light);
        preferences.openProfile(profile.access());
        make();
    }
    //! The settings anew, as somebody would open them now.
    void make() {
        sheet = std::make_unique<ui::SettingsSheet>(ui::makeSettingsPages(context()), &theme, nullptr);
        sheet->setAttribute(Qt::WA_DeleteOnClose, false);
    }
    ui::SettingsContext context() {
        ui::SettingsContext c;
        c.theme = &theme;
        c.preferences = &preferences;
        c.account = &account;
        c.network = &account;
        c.spelling = &checker;
        c.showKeys = [this](QWidget*) { ++keysShown; };
        c.showDiagnostics = [this](QWidget*) { ++diagnosticsShown; };
        return c;
    }
    //! Shows the settings as the window that has the keys.
    void open() {
        sheet->show();
        sheet->activateWindow();
        if (!QTest::qWaitForWindowActive(sheet.get()))
            std::abort();
    }
    //! Shows the page of a type.
    template <typename Page>
    Page* show() {
        auto* page = sheet->page<Page>();
        sheet->showPage(page);
        open();
        return page;
    }

    ui::Language language;
    ui::Theme theme;
    QTemporaryDir folder;
    MemoryProfile profile;
    ui::Preferences preferences{folder.path()};
    InventedSettings account;
    ui::SpellChecker checker;
    int keysShown = 0;
    int diagnosticsShown = 0;
    std::unique_ptr<ui::SettingsSheet> sheet;
};

} // namespace valise::uitest
