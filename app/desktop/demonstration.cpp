// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/desktop/demonstration.h"
#include "ui/people/people_picker.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <cstdio>

namespace valise::app {
namespace {

constexpr int kStepLimitMs = 60'000;
constexpr int kPulseMs = 200;
const QString kGroup = QStringLiteral("Coolants Amendment — Allies");

void say(const QString& text) {
    std::printf("%s\n", qPrintable(text));
    std::fflush(stdout);
}

void key(QWidget* widget, int code, Qt::KeyboardModifiers modifiers = Qt::NoModifier,
         const QString& text = {}) {
    QKeyEvent press(QEvent::KeyPress, code, modifiers, text);
    QApplication::sendEvent(widget, &press);
    QKeyEvent release(QEvent::KeyRelease, code, modifiers, text);
    QApplication::sendEvent(widget, &release);
}

void type(QWidget* widget, const QString& text) {
    widget->setFocus();
    for (const QChar c : text) {
        if (c == QLatin1Char('\n'))
            key(widget, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"));
        else
            key(widget, 0, Qt::NoModifier, QString(c));
    }
}

void clickAt(QWidget* widget, QPoint at) {
    const QPointF local(at);
    const QPointF global(widget->mapToGlobal(at));
    QMouseEvent press(QEvent::MouseButtonPress, local, global, Qt::LeftButton, Qt::LeftButton,
                      Qt::NoModifier);
    QApplication::sendEvent(widget, &press);
    QMouseEvent release(QEvent::MouseButtonRelease, local, global, Qt::LeftButton, Qt::NoButton,
                        Qt::NoModifier);
    QApplication::sendEvent(widget, &release);
}

void click(QWidget* widget) {
    clickAt(widget, widget->rect().center());
}

} // namespace

Demonstration::Demonstration(QString folder, ui::Theme* theme, ui::Language* language, QObject* parent)
    : QObject(parent)
    , m_folder(QDir(folder).absolutePath())
    , m_theme(theme)
    , m_language(language) {
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        fail(QStringLiteral("this did not happen within %1 seconds: %2")
                 .arg(kStepLimitMs / 1000)
                 .arg(m_at < m_steps.size() ? m_steps[m_at].what : QString()));
    });
    // Signals drive the steps. The timer is needed only for changes in widgets that emit no signal.
    connect(&m_pulse, &QTimer::timeout, this, &Demonstration::check);
}

Demonstration::~Demonstration() = default;

void Demonstration::fail(const QString& why) {
    if (m_over)
        return;
    m_over = true;
    m_limit.stop();
    m_pulse.stop();
    std::fprintf(stderr, "valise: the demonstration stopped: %s\n", qPrintable(why));
    for (const Delegate& d : m_people) {
        auto* w = d.session->window()->workspace();
        QStringList state;
        for (int i = 0; i < w->page()->timelineModel()->count(); ++i) {
            const auto& m = w->page()->timelineModel()->at(i);
            state << QStringLiteral("    %1 [%2] %3.%4.%5 %6: %7")
                         .arg(m.row)
                         .arg(static_cast<int>(m.delivery.state))
                         .arg(m.order.epoch)
                         .arg(m.createdAt)
                         .arg(QString::fromLatin1(m.eventId.toHex().left(8)), m.senderName, m.text());
        }
        std::fprintf(stderr, "  %s: %d conversations, connected to %d of %d, %d waiting\n%s\n",
                     qPrintable(d.name), w->listModel()->total(), d.connection.connected, d.connection.total,
                     d.connection.queued, qPrintable(state.join(QLatin1Char('\n'))));
        d.session->window()->grab().save(m_folder +
                                         QStringLiteral("/stopped-%1.png").arg(d.country.toLower()));
    }
    emit finished(1);
}

void Demonstration::start() {
    QDir(m_folder + QStringLiteral("/profiles")).removeRecursively();
    if (!QDir().mkpath(m_folder + QStringLiteral("/profiles"))) {
        fail(QStringLiteral("the folder %1 cannot be made").arg(m_folder));
        return;
    }
    if (auto r = m_relay.listen(QStringLiteral("127.0.0.1")); !r) {
        fail(QStringLiteral("the relay cannot listen: ") + QString::fromStdString(r.error().detail));
        return;
    }
    say(QStringLiteral("The relay listens at %1").arg(m_relay.url()));
    const struct {
        const char* name;
        const char* country;
        const char* passphrase;
    } people[] = {
        {"Jean Kagabo", "Kasara", "copper meadow violin harbour"},
        {"Ingrid Nordli", "Nordvale", "winter ladder saffron window"},
        {"Amina Diallo", "Tamir", "desert clock marble evening"},
    };
    for (const auto& p : people) {
        Delegate d;
        d.name = QString::fromUtf8(p.name);
        d.country = QString::fromUtf8(p.country);
        d.passphrase = QString::fromUtf8(p.passphrase);
        d.client = std::make_unique<client::Client>();
        client::ProfileOptions options;
        options.home = m_folder + QStringLiteral("/profiles/") + d.country.toLower();
        options.allowInsecureRelays = true;
        options.fastKeyDerivation = true;
        QDir().mkpath(options.home);
        d.session = std::make_unique<ui::SessionController>(d.client.get(), options, m_theme, m_language);
        m_people.push_back(std::move(d));
    }
    const auto later = [this] {
        QMetaObject::invokeMethod(this, &Demonstration::check, Qt::QueuedConnection);
    };
    for (Delegate& d : m_people) {
        using client::Client;
        auto* c = d.client.get();
        Delegate* who = &d; // the address stays valid, because m_people does not grow any more
        connect(c, &Client::conversationChanged, this, later);
        connect(c, &Client::messagesAdded, this, later);
        connect(c, &Client::messageChanged, this, later);
        connect(c, &Client::connectionChanged, this, [who, later](const client::ConnectionRecord& r) {
            who->connection = r;
            later();
        });
        connect(c, &Client::idleChanged, this, [who, later](bool idle) {
            who->idle = idle;
            later();
        });
        connect(d.session.get(), &ui::SessionController::opened, this, later);
        connect(d.session.get(), &ui::SessionController::windowRemade, this, later);
        connect(d.session.get(), &ui::SessionController::closed, this, [who, later] {
            who->closed = true;
            later();
        });
        d.session->start();
        d.session->window()->resize(1320, 840);
    }
    plan();
    m_limit.start(kStepLimitMs);
    m_pulse.start(kPulseMs);
    check();
}

void Demonstration::add(QString what, std::function<void()> act, std::function<bool()> done) {
    m_steps.push_back({std::move(what), std::move(act), std::move(done)});
}

void Demonstration::check() {
    if (m_checking || m_over)
        return;
    m_checking = true;
    while (m_at < m_steps.size() && !m_over) {
        Step& step = m_steps[m_at];
        if (!m_acted) {
            m_acted = true;
            say(step.what);
            if (step.act)
                step.act();
        }
        if (step.done && !step.done())
            break;
        ++m_at;
        m_acted = false;
        m_limit.start(kStepLimitMs);
        if (m_at < m_steps.size()) {
            // The effects of this step are handled before the next step begins.
            m_checking = false;
            QMetaObject::invokeMethod(this, &Demonstration::check, Qt::QueuedConnection);
            return;
        }
    }
    m_checking = false;
    if (m_at == m_steps.size() && !m_over) {
        m_over = true;
        m_limit.stop();
        m_pulse.stop();
        emit finished(0);
    }
}

bool Demonstration::shows(int who, const QString& text) const {
    const auto* model = space(who)->page()->timelineModel();
    for (int i = 0; i < model->count(); ++i) {
        if (model->at(i).text() == text)
            return true;
    }
    return false;
}

QByteArray Demonstration::find(int who,
                               const std::function<bool(const client::ConversationRecord&)>& wanted) const {
    auto* model = space(who)->listModel();
    for (int i = 0; i < model->rowCount(); ++i) {
        const auto record = model->index(i)
                                .data(ui::ConversationListModel::ConversationRole)
                                .value<client::ConversationRecord>();
        if (!record.id.isEmpty() && wanted(record))
            return record.id;
    }
    return {};
}

void Demonstration::open(int who, const QByteArray& id) {
    auto* list = space(who)->listPane()->list();
    const QModelIndex index = space(who)->listModel()->indexOf(id);
    list->scrollTo(index);
    clickAt(list->viewport(), list->visualRect(index).center());
}

void Demonstration::planOnboarding(int who) {
    const QString name = m_people[static_cast<std::size_t>(who)].name;
    add(
        QStringLiteral("%1 makes a profile").arg(name),
        [this, who] {
            const Delegate& d = m_people[static_cast<std::size_t>(who)];
            auto* page = d.session->window()->onboarding();
            click(page->nextButton());
            type(page->nameField(), d.name);
            click(page->nextButton());
            type(page->passphraseField(), d.passphrase);
            type(page->repeatField(), d.passphrase);
            click(page->nextButton());
            key(page->serverField(), Qt::Key_A, Qt::ControlModifier);
            type(page->serverField(), m_relay.url());
            click(page->nextButton());
        },
        [this, who] {
            const Delegate& d = m_people[static_cast<std::size_t>(who)];
            const QString error = d.session->window()->onboarding()->errorShown();
            if (!error.isEmpty())
                fail(error);
            return d.session->isOpen();
        });
}

void Demonstration::planConversation(int host, const QString& name, const QList<int>& guests) {
    const bool direct = guests.size() == 1;
    QStringList names;
    for (const int guest : guests)
        names << m_people[static_cast<std::size_t>(guest)].name;
    add(
        QStringLiteral("%1 invites %2")
            .arg(m_people[static_cast<std::size_t>(host)].name, names.join(QStringLiteral(" and "))),
        [this, host, name, guests] {
            click(space(host)->rail()->newButton());
            auto* picker = session(host)->window()->findChild<ui::PeoplePicker*>();
            if (!picker)
                return fail(QStringLiteral("the sheet for a new conversation did not open"));
            QStringList links;
            for (const int guest : guests)
                links << session(guest)->account().invitationLink;
            type(picker->addressField(), links.join(QLatin1Char('\n')));
            if (!name.isEmpty())
                type(picker->nameField(), name);
            click(picker->mainButton());
        },
        [this, host, direct] {
            auto* picker = session(host)->window()->findChild<ui::PeoplePicker*>();
            // The programs of the others may not have reached the relay yet.
            if (picker && !picker->errorShown().isEmpty() && picker->mainButton()->isEnabled())
                click(picker->mainButton());
            const auto* record = space(host)->currentRecord();
            return record && record->direct == direct && (!picker || !picker->isVisible());
        });
    for (const int guest : guests) {
        add(
            QStringLiteral("%1 accepts").arg(m_people[static_cast<std::size_t>(guest)].name), [] {},
            [this, guest] {
                const QByteArray request = find(guest, [](const client::ConversationRecord& r) {
                    return r.state == client::ConversationState::Request;
                });
                if (request.isEmpty())
                    return false;
                open(guest, request);
                return space(guest)->current() == request;
            });
        add(
            QStringLiteral("%1 is in").arg(m_people[static_cast<std::size_t>(guest)].name),
            [this, guest] { click(space(guest)->page()->requestBar()->acceptButton()); },
            [this, guest] {
                const auto* record = space(guest)->currentRecord();
                return record && record->state == client::ConversationState::Active &&
                       space(guest)->page()->composer()->isVisible();
            });
    }
}

void Demonstration::planLine(const Line& line, const QList<int>& readers, bool) {
    add(
        QStringLiteral("%1: %2").arg(m_people[static_cast<std::size_t>(line.who)].name, line.text),
        [this, line] {
            auto* w = space(line.who);
            if (!line.answers.isEmpty()) {
                const auto* model = w->page()->timelineModel();
                for (int i = 0; i < model->count(); ++i) {
                    if (model->at(i).text() == line.answers) {
                        w->page()->timelineView()->showRow(model->at(i).row);
                        w->page()->timelineView()->setFocus();
                        key(w->page()->timelineView(), Qt::Key_R, Qt::NoModifier, QStringLiteral("r"));
                        break;
                    }
                }
                if (w->page()->composer()->replyTo().isEmpty())
                    return fail(QStringLiteral("the message to answer is not in the window: ") +
                                line.answers);
            }
            m_writtenAt = QDateTime::currentSecsSinceEpoch();
            type(w->page()->composer()->field(), line.text);
            key(w->page()->composer()->field(), Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"));
        },
        [this, line, readers] {
            for (const int reader : readers) {
                if (!shows(reader, line.text))
                    return false;
            }
            // Answers come at least one second later, because the timeline sorts by whole seconds.
            return QDateTime::currentSecsSinceEpoch() > m_writtenAt;
        });
    m_lines.push_back(line);
}

void Demonstration::planPictures(const QString& suffix, ui::ThemeMode mode) {
    add(QStringLiteral("Appearance: %1").arg(suffix), [this, mode] { m_theme->setMode(mode); });
    add(QStringLiteral("Pictures: %1").arg(suffix), [this, suffix] {
        for (const Delegate& d : m_people) {
            const QString path = QStringLiteral("%1/%2-%3.png").arg(m_folder, d.country.toLower(), suffix);
            if (!d.session->window()->grab().save(path))
                return fail(QStringLiteral("cannot write ") + path);
        }
    });
}

void Demonstration::saveTranscript() {
    QStringList out;
    out << kGroup << QString();
    QStringList first;
    for (int who = 0; who < 3; ++who) {
        const auto* model = space(who)->page()->timelineModel();
        QStringList lines;
        for (int i = 0; i < model->count(); ++i) {
            const auto& m = model->at(i);
            if (m.system() != client::SystemKind::None)
                continue;
            const QString author = m.own ? m_people[static_cast<std::size_t>(who)].name : m.senderName;
            lines << author + QStringLiteral(": ") +
                         (m.quote.text.isEmpty() ? QString()
                                                 : QStringLiteral("(to “%1”) ").arg(m.quote.text)) +
                         m.text();
        }
        if (who == 0)
            first = lines;
        else if (lines != first)
            return fail(QStringLiteral("%1 does not see the same conversation as %2:\n%3\n—\n%4")
                            .arg(m_people[static_cast<std::size_t>(who)].name, m_people[0].name,
                                 lines.join(QLatin1Char('\n')), first.join(QLatin1Char('\n'))));
    }
    out << first << QString()
        << QStringLiteral("All three windows show the same conversation in the same order.");
    QFile file(m_folder + QStringLiteral("/transcript.txt"));
    if (!file.open(QIODevice::WriteOnly) || file.write(out.join(QLatin1Char('\n')).toUtf8() + '\n') < 0)
        fail(QStringLiteral("the transcript cannot be written"));
}

void Demonstration::plan() {
    const QString question =
        QStringLiteral("If we freeze baselines in 2024 for Group 2, can everyone live with the "
                       "phase-down steps in paragraph 7?");
    const QString follow = QStringLiteral("Kasara and Nordvale co-sponsor. We follow.");
    for (int who = 0; who < 3; ++who)
        planOnboarding(who);
    add(
        QStringLiteral("Everybody is connected"), [] {},
        [this] {
            return std::all_of(m_people.begin(), m_people.end(),
                               [](const Delegate& d) { return d.connection.connected > 0 || d.idle; });
        });
    planConversation(0, kGroup, {1, 2});
    add(
        QStringLiteral("The group is named in every window"), [this] { m_group = space(0)->current(); },
        [this] {
            for (int who = 0; who < 3; ++who) {
                const auto* r = space(who)->currentRecord();
                if (!r || r->id != m_group || r->members != 3)
                    return false;
            }
            return true;
        });
    const QList<int> all{0, 1, 2};
    const std::vector<Line> lines = {
        {0,
         QStringLiteral(
             "Good morning. I have put the three of us together to settle paragraph 7 before the plenary."),
         {}},
        {1, question, {}},
        {2, QStringLiteral("Tamir can, if the technology review stays in."), {}},
        {0, QStringLiteral("We can, with the technology review in 2028 kept."), question},
        {1, QStringLiteral("Nordvale proposes 2028 as well, and an interim report in 2026."), {}},
        {2, QStringLiteral("نؤيد الفقرة السابعة بصيغتها الحالية."), {}},
        {0,
         QStringLiteral("Merci. Then we table it jointly: freeze in 2024, review in 2028, report in 2026."),
         {}},
        {1, QStringLiteral("Agreed. Nordvale co-sponsors."), {}},
        {2, follow, {}},
        {0, QStringLiteral("Thank you. Meeting in Room 4, 16:00 local."), {}},
    };
    for (const Line& line : lines)
        planLine(line, all, true);

    planConversation(1, QString(), {2});
    planLine({1, QStringLiteral("Amina, can you bring the annotated text to Room 4?"), {}}, {1, 2}, false);
    planLine({2, QStringLiteral("Of course. I will be there ten minutes early."), {}}, {1, 2}, false);

    add(
        QStringLiteral("The group again, in every window"),
        [this] {
            for (int who = 0; who < 3; ++who) {
                if (space(who)->current() != m_group)
                    open(who, m_group);
            }
        },
        [this, follow] {
            for (int who = 0; who < 3; ++who) {
                if (space(who)->current() != m_group || !shows(who, follow))
                    return false;
            }
            return true;
        });
    add(
        QStringLiteral("Everything is sent"), [] {},
        [this] {
            for (int who = 0; who < 3; ++who) {
                const auto* model = space(who)->page()->timelineModel();
                for (int i = 0; i < model->count(); ++i) {
                    const auto& m = model->at(i);
                    if (m.own && m.system() == client::SystemKind::None &&
                        (m.delivery.state == client::DeliveryState::Queued ||
                         m.delivery.state == client::DeliveryState::Failed))
                        return false;
                }
            }
            return true;
        });
    for (int who = 0; who < 3; ++who) {
        add(
            QStringLiteral("%1 reads what is new").arg(m_people[static_cast<std::size_t>(who)].name),
            [this, who] { session(who)->raise(); },
            [this, who] {
                const auto* record = space(who)->currentRecord();
                return record && record->unread == 0;
            });
    }
    add(QStringLiteral("Transcript"), [this] { saveTranscript(); });
    planPictures(QStringLiteral("dark"), ui::ThemeMode::Dark);
    planPictures(QStringLiteral("light"), ui::ThemeMode::Light);
    add(
        QStringLiteral("Now in Arabic"),
        [this] {
            m_language->use(QStringLiteral("ar"));
            for (int who = 0; who < 3; ++who)
                session(who)->remakeWindow();
        },
        [this, follow] {
            for (int who = 0; who < 3; ++who) {
                if (space(who)->current() != m_group || !shows(who, follow))
                    return false;
            }
            return true;
        });
    planPictures(QStringLiteral("arabic"), ui::ThemeMode::Light);
    planPictures(QStringLiteral("arabic-dark"), ui::ThemeMode::Dark);
    add(
        QStringLiteral("Closing"),
        [this] {
            for (int who = 0; who < 3; ++who)
                session(who)->close();
        },
        [this] {
            return std::all_of(m_people.begin(), m_people.end(), [](const Delegate& d) { return d.closed; });
        });
}

} // namespace valise::app
