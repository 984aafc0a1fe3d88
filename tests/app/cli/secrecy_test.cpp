// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs a session of the real program. Then it searches the program's logs and files for everything that must
// stay private between the people who talk.
#include "tests/support/catch.h"

#include "core/base/encoding.h"
#include "core/nostr/nip19.h"
#include "core/storage/database.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

using namespace valise;

namespace {

constexpr int kLimitMs = 120'000;
const QByteArray kPassphrase = "seven quiet herons over the estuary";
const QByteArray kWrongPassphrase = "nine loud ravens under the viaduct";

QByteArray everythingIn(const QString& folder) {
    QByteArray all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        REQUIRE(file.open(QIODevice::ReadOnly));
        all += file.readAll();
    }
    return all;
}

//! Everything that the program printed, by its purpose.
struct Printed {
    QByteArray answers; //!< standard output, which contains names and texts by design
    QByteArray said;    //!< standard error of every command, and of the relay
    QByteArray doctor;  //!< the output of doctor, which may be given to other people
};

//! Three people at their computers and a relay, all run by the command line.
class Session {
public:
    Session() {
        // Enables every log message of the program and of Qt.
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("*.debug=true"));
        m_environment = environment;
        write(QStringLiteral("right"), kPassphrase);
        write(QStringLiteral("wrong"), kWrongPassphrase);
        startRelay(QStringLiteral("127.0.0.1:0"));
    }
    ~Session() { stopRelay(); }

    void startRelay(const QString& listen) {
        m_relay.setProcessEnvironment(m_environment);
        m_relay.start(QStringLiteral(VALISE_CLI),
                      {QStringLiteral("--json"), QStringLiteral("relay"), QStringLiteral("serve"),
                       QStringLiteral("--listen"), listen, QStringLiteral("--data"),
                       path(QStringLiteral("relay"))});
        while (!m_relay.canReadLine())
            REQUIRE(m_relay.waitForReadyRead(kLimitMs));
        url = QJsonDocument::fromJson(m_relay.readLine())[QStringLiteral("listening")].toString();
        REQUIRE_FALSE(url.isEmpty());
    }
    void stopRelay() {
        if (m_relay.state() == QProcess::NotRunning)
            return;
        m_relay.terminate();
        m_relay.waitForFinished(kLimitMs);
        printed.said += m_relay.readAllStandardError();
        printed.answers += m_relay.readAllStandardOutput();
    }
    //! Runs a command and requires its exit code. Returns the first object that it printed.
    QJsonObject run(int expected, const QString& home, const QStringList& words, const QByteArray& input = {},
                    const QString& passphrase = QStringLiteral("right")) {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(QStringLiteral(VALISE_CLI),
                      QStringList{QStringLiteral("--json"), QStringLiteral("--home"), path(home),
                                  QStringLiteral("--passphrase-file"), path(passphrase)} +
                          words);
        process.write(input);
        process.closeWriteChannel();
        REQUIRE(process.waitForFinished(kLimitMs));
        const QByteArray errors = process.readAllStandardError();
        const QByteArray answers = process.readAllStandardOutput();
        INFO(words.join(QLatin1Char(' ')).toStdString() << ": " << errors.toStdString());
        REQUIRE(process.exitStatus() == QProcess::NormalExit);
        REQUIRE(process.exitCode() == expected);
        printed.said += errors;
        (words.first() == QLatin1String("doctor") ? printed.doctor : printed.answers) += answers;
        return QJsonDocument::fromJson(answers.left(answers.indexOf('\n'))).object();
    }
    QString path(const QString& name) const { return m_folder.filePath(name); }

    Printed printed;
    QString url;

private:
    void write(const QString& name, const QByteArray& text) {
        QFile file(path(name));
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(text + '\n');
    }
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
    QProcess m_relay;
};

//! The account's secret key in every notation in which a program might print it.
std::vector<QByteArray> formsOfSecretKey(const QString& home) {
    const auto database =
        must(storage::Database::open(home.toStdString(), viewOf(std::string_view(kPassphrase.constData()))));
    const auto account = must(database->stores().account.get());
    REQUIRE(account);
    REQUIRE(account->secretKey.size() == 32);
    const ByteView key = account->secretKey.view();
    const QByteArray raw(reinterpret_cast<const char*>(key.data()), static_cast<qsizetype>(key.size()));
    return {raw, raw.toHex(), raw.toHex().toUpper(), raw.toBase64(QByteArray::OmitTrailingEquals),
            QByteArray::fromStdString(nostr::encodeNsec(crypto::KeyBytes(key)))};
}

void findNone(const QByteArray& where, const char* name, const std::vector<QByteArray>& secrets) {
    for (const QByteArray& secret : secrets) {
        INFO(name << " holds: " << (secret.size() == 32 ? secret.toHex() : secret).toStdString());
        CHECK_FALSE(where.contains(secret));
    }
}

} // namespace

TEST_CASE("a session of the program says and leaves nothing that must stay secret") {
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    const QString c = QStringLiteral("c");
    const QString caucus = QStringLiteral("Confidential caucus");
    const QString antechamber = QStringLiteral("Private antechamber");
    Session session;
    std::map<QString, QString> links;
    for (const auto& [home, name] : {std::pair{a, QStringLiteral("Kasara of the harbour")},
                                     std::pair{b, QStringLiteral("Nordvale of the fells")},
                                     std::pair{c, QStringLiteral("Tamir of the dunes")}}) {
        session.run(0, home, {"init", "--name", name, "--relay", session.url});
        links[home] = session.run(0, home, {"whoami"})[QStringLiteral("invitation")].toString();
        REQUIRE_FALSE(links[home].isEmpty());
    }
    session.run(0, b, {"contact", "add", links[a], "--name", "Chair of the quay"});
    const QString group =
        session.run(0, a, {"group", "create", caucus, "--member", links[b]})[QStringLiteral("group")]
            .toString();
    REQUIRE_FALSE(group.isEmpty());
    session.run(0, b, {"sync", "--until-idle"});
    session.run(0, a, {"send", caucus, "baseline twentytwentyfour freeze"});
    session.run(0, b, {"send", group, "-"}, "a reservation on bauxite\nand a footnote on zirconium\n");
    session.run(0, a, {"group", "rename", group, antechamber});
    session.run(0, a, {"group", "add", group, links[c]});
    session.run(0, c, {"sync"});
    session.run(0, c, {"group", "accept", group});
    session.run(0, a, {"sync", "--for", "1"});
    session.run(0, c, {"group", "show", group});

    // Commands that fail, because error messages are likely to reveal too much.
    session.run(1, b, {"group", "rename", group, "Unlawful title"});
    session.run(1, a, {"send", "Vanished room", "tungsten quota in an unknown room"});
    session.run(1, a, {"send", group, "-"}, "molybdenum " + QByteArray(70'000, 'x') + "\n");
    session.run(1, a, {"group", "create", "Closed door", "--member", "Absent envoy"});
    session.run(3, a, {"whoami"}, {}, QStringLiteral("wrong"));
    session.run(4, a, {"init", "--name", "Second self"});
    const QString listen = session.url.section(QStringLiteral("//"), 1);
    session.stopRelay();
    session.run(0, c, {"send", group, "cobalt written without a server"});
    session.run(0, c, {"doctor"});
    session.run(5, c, {"sync", "--until-idle"});
    session.startRelay(listen);
    session.run(0, c, {"sync", "--until-idle"});
    session.run(0, b, {"sync", "--until-idle"});
    session.run(0, a, {"group", "remove", group, "Nordvale of the fells"});
    session.run(0, b, {"sync"});
    for (const QString& home : {a, b, c}) {
        session.run(0, home, {"doctor"});
        session.run(0, home, {"doctor", "--online"});
    }
    session.stopRelay();

    const std::vector<QByteArray> texts = {
        "twentytwentyfour", "bauxite",       "zirconium",           "tungsten",
        "molybdenum",       "cobalt",        "Confidential caucus", "Private antechamber",
        "Unlawful title",   "Vanished room", "Closed door"};
    const std::vector<QByteArray> names = {"Kasara of the harbour", "Nordvale of the fells",
                                           "Tamir of the dunes",    "Chair of the quay",
                                           "Absent envoy",          "Second self"};
    std::vector<QByteArray> keys = {kPassphrase, kWrongPassphrase};
    for (const QString& home : {a, b, c})
        for (QByteArray& form : formsOfSecretKey(session.path(home)))
            keys.push_back(std::move(form));

    const Printed& printed = session.printed;
    // The answers do contain what was asked for. So the session worked and the search uses the right words.
    for (const QByteArray& shown :
         {QByteArray("twentytwentyfour"), QByteArray("bauxite"), QByteArray("cobalt"),
          QByteArray("Private antechamber"), QByteArray("Tamir of the dunes")})
        CHECK(printed.answers.contains(shown));
    CHECK(printed.said.contains("wrong_passphrase"));
    CHECK(printed.said.contains("limit_exceeded"));
    CHECK(printed.said.contains("waits to be sent"));
    CHECK(printed.doctor.contains("sound"));
    findNone(printed.answers, "the standard output", keys);
    for (const std::vector<QByteArray>* words : {&texts, &names, &std::as_const(keys)}) {
        findNone(printed.said, "the standard error", *words);
        findNone(printed.doctor, "the output of doctor", *words);
        for (const QString& home : {a, b, c})
            findNone(everythingIn(session.path(home)), "a profile's folder", *words);
    }
    // Names are published for people who send invitations. Texts and titles of conversations are not.
    const QByteArray relay = everythingIn(session.path(QStringLiteral("relay")));
    CHECK(relay.contains("Kasara of the harbour"));
    findNone(relay, "the relay's folder", texts);
    findNone(relay, "the relay's folder", keys);
}
