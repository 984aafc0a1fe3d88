// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/notify/notification.h"
#include "ui/spelling/spelling_settings.h"
#include "ui/theme/appearance.h"

#include <QHash>
#include <QObject>
#include <QVariant>
#include <QVector>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

class QSettings;

namespace valise::ui {

class Preferences;

//! One value, of any type, that is kept from one start of the program to the next.
class PreferenceEntry : public QObject {
    Q_OBJECT

public:
    //! The place where the value is kept.
    enum class Kept {
        Window,  //!< readable by anybody who has the folder; known before a profile is open
        Profile, //!< encrypted; known while a profile is open
    };

    PreferenceEntry(Preferences* table, const char* key, Kept kept);
    //! The name it is kept under. Existing profiles have it: it never changes.
    const QString& key() const { return m_key; }
    Kept kept() const { return m_kept; }
    //! The value may be used and changed: it was read, and nobody has set it for good. One of the profile is
    //! not known before a profile is open, or if it could not be read; it is not written over then.
    bool mayChange() const { return m_known && !m_managed; }
    bool isKnown() const { return m_known; }
    //! An organisation has set the value for good.
    bool isManaged() const { return m_managed; }
    //! Another value than the default was chosen here.
    virtual bool isChosen() const = 0;
    //! The value in force, in its stored form.
    virtual QVariant encoded() const = 0;

signals:
    //! The value, or whether it may be changed.
    void changed();

protected:
    //! Takes over the stored value. A value that cannot be read counts as not stored. True if the value in
    //! force changed.
    virtual bool take(const QVariant& kept) = 0;
    //! A value that an organisation set; an invalid one ends it. False if there is none or it cannot be
    //! understood.
    virtual bool takeGiven(const QVariant& given) = 0;
    //! Keeps a value that was chosen.
    void keep(const QVariant& value);

private:
    friend class Preferences;

    Preferences* m_table;
    QString m_key;
    Kept m_kept;
    bool m_known = false;
    bool m_managed = false;
};

//! The stored form of values. A form that cannot be read gives nothing.
namespace keeping {
using Kept = PreferenceEntry::Kept;
QVariant write(bool value, Kept kept);
QVariant write(int value, Kept kept);
QVariant write(qint64 value, Kept kept);
QVariant write(const QString& value, Kept kept);
QVariant write(const QByteArray& value, Kept kept);
QVariant write(const SpellingSettings& value, Kept kept);
std::optional<bool> read(const QVariant& value, Kept kept, const bool*);
std::optional<int> read(const QVariant& value, Kept kept, const int*);
std::optional<qint64> read(const QVariant& value, Kept kept, const qint64*);
std::optional<QString> read(const QVariant& value, Kept kept, const QString*);
std::optional<QByteArray> read(const QVariant& value, Kept kept, const QByteArray*);
std::optional<SpellingSettings> read(const QVariant& value, Kept kept, const SpellingSettings*);
} // namespace keeping

//! A preference of one type. An enumeration is kept as its number, which never changes its meaning.
template <typename T>
class Preference final : public PreferenceEntry {
public:
    Preference(Preferences* table, const char* key, Kept kept, T fallback)
        : PreferenceEntry(table, key, kept)
        , m_fallback(std::move(fallback)) {}
    //! With the last value of an enumeration. A greater number cannot be read.
    Preference(Preferences* table, const char* key, Kept kept, T fallback, T last) requires std::is_enum_v<T>
        : PreferenceEntry(table, key, kept), m_fallback(fallback), m_most(last) {}
    //! With bounds, into which a number is brought.
    Preference(Preferences* table, const char* key, Kept kept, T fallback, T least,
               T most) requires std::is_integral_v<T>
        : PreferenceEntry(table, key, kept), m_fallback(fallback), m_least(least), m_most(most) {}

    //! The value in force: the one that an organisation set for good, else the chosen one, else the one that
    //! an organisation suggests, else the default.
    const T& value() const {
        if (m_given && (isManaged() || !m_chosen))
            return *m_given;
        return m_chosen ? *m_chosen : m_fallback;
    }
    const T& fallback() const { return m_fallback; }
    //! Chooses a value and keeps it at once. False, and nothing happens, where it may not be changed.
    bool set(T wanted) {
        if (!mayChange())
            return false;
        const std::optional<T> fitting = bounded(std::move(wanted));
        if (!fitting)
            return false;
        if (m_chosen == fitting)
            return true;
        const bool other = value() != *fitting;
        m_chosen = fitting;
        keep(encoded());
        if (other)
            emit changed();
        return true;
    }
    //! Calls now and whenever it changes, while `context` lives.
    void follow(QObject* context, const std::function<void(const T&)>& use) {
        use(value());
        QObject::connect(this, &PreferenceEntry::changed, context, [this, use] { use(value()); });
    }
    bool isChosen() const override { return m_chosen.has_value() && *m_chosen != m_fallback; }
    QVariant encoded() const override {
        if constexpr (std::is_enum_v<T>)
            return keeping::write(static_cast<int>(value()), kept());
        else
            return keeping::write(value(), kept());
    }

protected:
    bool take(const QVariant& kept) override {
        const T before = value();
        m_chosen = understood(kept);
        return before != value();
    }
    bool takeGiven(const QVariant& given) override {
        m_given = understood(given);
        return m_given.has_value();
    }

private:
    std::optional<T> understood(const QVariant& kept) const {
        if (!kept.isValid())
            return std::nullopt;
        if constexpr (std::is_enum_v<T>) {
            const std::optional<int> number =
                keeping::read(kept, this->kept(), static_cast<const int*>(nullptr));
            return number ? bounded(static_cast<T>(*number)) : std::nullopt;
        } else {
            std::optional<T> value = keeping::read(kept, this->kept(), static_cast<const T*>(nullptr));
            return value ? bounded(std::move(*value)) : std::nullopt;
        }
    }
    std::optional<T> bounded(T value) const {
        if constexpr (std::is_enum_v<T>) {
            if (static_cast<int>(value) < 0 || (m_most && value > *m_most))
                return std::nullopt;
        } else if constexpr (std::is_integral_v<T>) {
            if (m_least && m_most)
                return value < *m_least ? *m_least : value > *m_most ? *m_most : value;
        }
        return value;
    }

    const T m_fallback;
    const std::optional<T> m_least;
    const std::optional<T> m_most;
    std::optional<T> m_chosen;
    std::optional<T> m_given;
};

//! The table of all that is kept: each key once, with its type, its default and where it is kept. A new
//! preference is a line here; nothing else knows a key.
class Preferences : public QObject {
    Q_OBJECT

public:
    //! How the encrypted profile is asked. Answers may come later; one that comes when `context` is gone is
    //! not given.
    struct Profile {
        std::function<void(const QString& key, QObject* context, std::function<void(Result<QString>)> reply)>
            read;
        std::function<void(const QString& key, const QString& value)> write;
    };
    //! A value that an organisation set, in its stored form. It is set for good (locked) or is a suggestion.
    struct Given {
        QVariant value;
        bool locked = true;
    };

    //! Reads the window's file in the profile's folder, which need not exist.
    explicit Preferences(const QString& home, QObject* parent = nullptr);
    ~Preferences() override;

    //! Reads what the profile keeps, and keeps there what is chosen from now on; profileRead() follows.
    void openProfile(Profile profile);
    //! Forgets what the profile keeps.
    void closeProfile();
    //! Replaces all that an organisation has set, by key. Keys that are not known here are left out.
    void setGiven(const QHash<QString, Given>& given);
    //! Every preference, in the order of the table.
    const QVector<PreferenceEntry*>& entries() const { return m_entries; }

    //! The look as a whole.
    Appearance appearance() const;
    void setAppearance(const Appearance& appearance);
    //! How this person wants to be notified, as a whole.
    NotificationSettings notifications() const;
    void setNotifications(const NotificationSettings& settings);
    //! Calls now and whenever a part of it changes, while `context` lives.
    void followNotifications(QObject* context, const std::function<void(const NotificationSettings&)>& use);

signals:
    //! The profile's values are known now, as far as they could be read.
    void profileRead();

private:
    friend class PreferenceEntry;
    using Kept = PreferenceEntry::Kept;

    void keep(const PreferenceEntry& entry, const QVariant& value);

    std::unique_ptr<QSettings> m_file;
    Profile m_profile;
    std::unique_ptr<QObject> m_reading; //!< gone when what is asked is not wanted any more
    QVector<PreferenceEntry*> m_entries;

public:
    // The table. Names of conversations, people and words stand in the profile, never in the window's file.
    //! "auto" or a code of Language::available().
    Preference<QString> language{this, "language", Kept::Window, QStringLiteral("auto")};
    Preference<ThemeMode> theme{this, "theme", Kept::Window, ThemeMode::System, ThemeMode::Dark};
    Preference<Contrast> contrast{this, "contrast", Kept::Window, Contrast::System, Contrast::High};
    Preference<Density> density{this, "density", Kept::Window, Density::Comfortable, Density::Compact};
    Preference<Motion> motion{this, "motion", Kept::Window, Motion::System, Motion::Reduced};
    //! Size of text and icons, per cent.
    Preference<int> textPercent{this,
                                "textPercent",
                                Kept::Window,
                                Appearance::kPlainText,
                                Appearance::kLeastText,
                                Appearance::kMostText};
    //! Place and size of the window, as Qt writes them.
    Preference<QByteArray> geometry{this, "geometry", Kept::Window, {}};
    //! Enter alone sends a message.
    Preference<bool> enterSends{this, "enterSends", Kept::Window, true};
    //! How much a notification tells.
    Preference<NotificationContent> notificationContent{
        this, "notifications/content", Kept::Window, NotificationContent::Sender, NotificationContent::Off};
    //! A notification stays until it is read.
    Preference<bool> notificationsStay{this, "notifications/persistent", Kept::Window, false};
    //! Nothing is notified until then; seconds since 1970.
    Preference<qint64> quietUntil{this, "notifications/quietUntil", Kept::Window, 0};
    //! Others learn that messages were received and read.
    Preference<bool> receipts{this, "receipts", Kept::Profile, true};
    //! Others learn that a message is being written, and the window shows who writes.
    Preference<bool> typing{this, "typing", Kept::Profile, false};
    //! The emoji used last, as RecentEmoji writes them.
    Preference<QString> recentEmoji{this, "emoji.recent", Kept::Profile, {}};
    Preference<SpellingSettings> spelling{this, "spelling", Kept::Profile, {}};
    //! The person's own words, as SpellChecker writes them.
    Preference<QString> ownWords{this, "spelling.words", Kept::Profile, {}};
};

} // namespace valise::ui
