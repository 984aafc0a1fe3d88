// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/arguments.h"

namespace valise::cli {

namespace {

struct CommandShape {
    const char* name;
    int least;
    int most; // -1: any number
    QStringList valued;
    QStringList flags;
};

const QList<CommandShape>& shapes() {
    static const QList<CommandShape> all = {
        {"init", 0, 0, {"name", "relay", "proxy", "proxy-password-file"}, {"insecure-relays"}},
        {"whoami", 0, 0, {}, {}},
        {"contact add", 1, 1, {"name"}, {}},
        {"contact list", 0, 0, {}, {}},
        {"group create", 1, 1, {"member"}, {}},
        {"group list", 0, 0, {}, {}},
        {"group show", 1, 1, {}, {}},
        {"group accept", 1, 1, {}, {}},
        {"group add", 2, -1, {}, {}},
        {"group remove", 2, 2, {}, {}},
        {"group rename", 2, 2, {}, {}},
        {"group promote", 2, 2, {}, {}},
        {"group demote", 2, 2, {}, {}},
        {"group timer", 2, 2, {}, {}},
        {"group servers", 2, -1, {}, {}},
        {"group leave", 1, 1, {}, {}},
        {"group disband", 1, 1, {}, {}},
        {"send", 2, 2, {"wait"}, {}},
        {"reply", 3, 3, {"wait"}, {}},
        {"react", 3, 3, {"wait"}, {"remove"}},
        {"edit", 3, 3, {"wait"}, {}},
        {"delete", 2, -1, {"wait"}, {"for-me"}},
        {"queue edit", 3, 3, {}, {}},
        {"queue withdraw", 2, -1, {}, {}},
        {"queue", 0, 1, {}, {}},
        {"sync", 0, 0, {"for"}, {"until-idle", "follow"}},
        {"history", 1, 1, {"limit", "search"}, {"ids"}},
        {"network show", 0, 0, {}, {}},
        {"network set", 1, 1, {"proxy-password-file"}, {}},
        {"relay serve", 0, 0, {"listen", "data", "name", "events-per-minute"}, {}},
        {"doctor", 0, 0, {}, {"online"}},
    };
    return all;
}

Error usage(const QString& sentence) {
    const QByteArray utf8 = sentence.toUtf8();
    return {ErrorCode::InvalidArgument, utf8.toStdString()};
}

} // namespace

Result<Arguments> parseArguments(const QStringList& arguments) {
    Arguments out;
    QStringList words;
    QList<std::pair<QString, QString>> options; // name and inline value, null if none
    QStringList rest = arguments;
    bool onlyWords = false;

    // The command determines which options take a value, so the command is searched first.
    static const QStringList kGlobalValued = {QStringLiteral("home"), QStringLiteral("passphrase-file")};
    static const QStringList kGlobalFlags = {QStringLiteral("json"), QStringLiteral("help"),
                                             QStringLiteral("version")};
    QStringList valued = kGlobalValued;
    QStringList flags = kGlobalFlags;
    for (const CommandShape& shape : shapes()) {
        valued += shape.valued;
        flags += shape.flags;
    }
    while (!rest.isEmpty()) {
        const QString word = rest.takeFirst();
        if (onlyWords || !word.startsWith(QLatin1Char('-')) || word == QLatin1String("-")) {
            words.append(word);
            continue;
        }
        if (word == QLatin1String("--")) {
            onlyWords = true;
            continue;
        }
        QString name = word == QLatin1String("-h") ? QStringLiteral("help") : word.mid(2);
        QString value;
        const qsizetype equals = name.indexOf(QLatin1Char('='));
        if (equals >= 0) {
            value = name.mid(equals + 1);
            name.truncate(equals);
        }
        if (!word.startsWith(QLatin1String("--")) && word != QLatin1String("-h"))
            return usage(QStringLiteral("unknown option %1").arg(word));
        if (valued.contains(name)) {
            if (equals < 0) {
                if (rest.isEmpty())
                    return usage(QStringLiteral("--%1 needs a value").arg(name));
                value = rest.takeFirst();
            }
        } else if (!flags.contains(name) || equals >= 0) {
            return usage(QStringLiteral("unknown option --%1").arg(name));
        }
        if (name == QLatin1String("home"))
            out.home = value;
        else if (name == QLatin1String("passphrase-file"))
            out.passphraseFile = value;
        else if (name == QLatin1String("json"))
            out.json = true;
        else if (name == QLatin1String("help"))
            out.help = true;
        else if (name == QLatin1String("version"))
            out.version = true;
        else
            out.options[name].append(value);
    }
    if (words.isEmpty()) {
        if (!out.help && !out.version)
            return usage(QStringLiteral("a command is needed"));
        return out;
    }
    const CommandShape* shape = nullptr;
    for (const CommandShape& candidate : shapes()) {
        const QStringList parts = QString::fromLatin1(candidate.name).split(QLatin1Char(' '));
        if (words.mid(0, parts.size()) == parts) {
            shape = &candidate;
            out.words = words.mid(parts.size());
            break;
        }
    }
    if (!shape) {
        out.command = words.first(); // the command may be a family, as in "group --help"
        if (out.help)
            return out;
        return usage(QStringLiteral("unknown command: %1").arg(words.mid(0, 2).join(QLatin1Char(' '))));
    }
    out.command = QString::fromLatin1(shape->name);
    if (out.help)
        return out;
    for (auto it = out.options.constBegin(); it != out.options.constEnd(); ++it)
        if (!shape->valued.contains(it.key()) && !shape->flags.contains(it.key()))
            return usage(QStringLiteral("%1 does not take --%2").arg(out.command, it.key()));
    if (out.words.size() < shape->least || (shape->most >= 0 && out.words.size() > shape->most))
        return usage(QStringLiteral("%1: wrong number of arguments").arg(out.command));
    return out;
}

} // namespace valise::cli
