// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/onboarding/onboarding_page.h"

#include "ui/lock/passphrase.h"
#include "ui/server_lines.h"
#include "ui/theme/line_field.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

constexpr int kColumn = 440;

} // namespace

OnboardingPage::OnboardingPage(const Theme* theme, QWidget* parent)
    : DoorPage(theme, parent) {
    column()->setContentsMargins(20, 30, 20, 30);
    m_pages = new QStackedWidget(this);
    theme->fixWidth(m_pages, kColumn);
    column()->addWidget(m_pages);

    // Welcome
    m_pages->addWidget(
        page(tr("Welcome to Valise"),
             tr("Conversations for people who negotiate. What you write is sealed on this device and "
                "opened only by the people you write to; the servers that carry it cannot look inside."),
             nullptr));
    // Name
    auto* name = new LineField(this);
    name->setHint(tr("For example: Jean Kagabo"));
    m_name = name;
    m_name->setObjectName(QStringLiteral("nameField"));
    m_name->setMaxLength(80);
    m_name->setAccessibleName(tr("Your name"));
    m_pages->addWidget(page(tr("What is your name?"),
                            tr("The people you talk to see it. You can change it later in the settings."),
                            m_name));
    // Passphrase
    auto* secrets = new QWidget(this);
    auto* secretColumn = new QVBoxLayout(secrets);
    secretColumn->setContentsMargins(0, 0, 0, 0);
    secretColumn->setSpacing(10);
    m_first = makePassphraseField(tr("Passphrase"), this);
    m_first->setObjectName(QStringLiteral("passphraseField"));
    m_second = makePassphraseField(tr("The same passphrase again"), this);
    m_second->setObjectName(QStringLiteral("repeatField"));
    m_strengthBar = new QProgressBar(this);
    m_strengthBar->setRange(0, 3);
    m_strengthBar->setTextVisible(false);
    m_strength = new QLabel(this);
    m_strength->setProperty("dim", true);
    m_strength->setWordWrap(true);
    secretColumn->addWidget(m_first);
    secretColumn->addWidget(m_strengthBar);
    secretColumn->addWidget(m_strength);
    secretColumn->addWidget(m_second);
    m_pages->addWidget(
        page(tr("Choose a passphrase"),
             tr("It locks everything Valise keeps on this device, in case the device is lost or taken. "
                "Nobody can restore it, not even your help desk. Four or five unrelated words are easy to "
                "remember and hard to guess."),
             secrets));
    // Server
    m_servers = new QPlainTextEdit(this);
    m_servers->setObjectName(QStringLiteral("serverField"));
    m_servers->setPlainText(QStringLiteral("wss://nos.lol"));
    m_servers->setTabChangesFocus(true);
    theme->fixHeight(m_servers, 74);
    m_servers->setAccessibleName(tr("Servers"));
    m_servers->setLayoutDirection(Qt::LeftToRight);
    m_pages->addWidget(
        page(tr("Through which server?"),
             tr("A server passes sealed messages on and holds them while the others are away. Any server "
                "of this kind will do; your organisation may have its own. Write one on each line."),
             m_servers));
    // Working
    auto* bar = new QProgressBar(this);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    m_pages->addWidget(
        page(tr("Sealing your valise…"),
             tr("The key is made from your passphrase. This takes a few seconds on purpose: it makes "
                "guessing slow."),
             bar));

    m_error = new QLabel(this);
    m_error->setObjectName(QStringLiteral("errorLabel"));
    m_error->setProperty("error", true);
    m_error->setWordWrap(true);
    theme->fixWidth(m_error, kColumn);
    m_error->setMinimumHeight(40);
    m_error->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    column()->addSpacing(10);
    column()->addWidget(m_error);

    auto* buttons = new QHBoxLayout;
    m_back = new QPushButton(tr("Back"), this);
    m_next = new QPushButton(this);
    m_next->setObjectName(QStringLiteral("nextButton"));
    m_next->setProperty("primary", true);
    m_next->setDefault(true);
    m_steps = new QLabel(this);
    m_steps->setProperty("dim", true);
    buttons->addWidget(m_back);
    buttons->addStretch();
    buttons->addWidget(m_steps);
    buttons->addSpacing(14);
    buttons->addWidget(m_next);
    column()->addSpacing(8);
    column()->addLayout(buttons);
    closeColumn();

    connect(m_next, &QPushButton::clicked, this, &OnboardingPage::next);
    connect(m_back, &QPushButton::clicked, this,
            [this] { goTo(static_cast<Step>(std::max(0, step() - 1))); });
    for (auto* field : {m_name, m_first, m_second})
        connect(field, &QLineEdit::returnPressed, this, [this, field] {
            if (field == m_first)
                m_second->setFocus();
            else
                next();
        });
    connect(m_first, &QLineEdit::textChanged, this, &OnboardingPage::updateStrength);
    connect(theme, &Theme::changed, this, &OnboardingPage::updateStrength);
    updateStrength();
    goTo(Welcome);
}

QWidget* OnboardingPage::page(const QString& title, const QString& text, QWidget* content) {
    auto* w = new QWidget(this);
    auto* column = new QVBoxLayout(w);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QLabel* heading = makeTitle(title, w);
    heading->setWordWrap(true);
    heading->setObjectName(QStringLiteral("title"));
    auto* words = new QLabel(text, w);
    words->setWordWrap(true);
    words->setAlignment(Qt::AlignHCenter);
    words->setProperty("dim", true);
    column->addWidget(heading);
    column->addSpacing(10);
    column->addWidget(words);
    if (content) {
        column->addSpacing(22);
        content->setParent(w);
        column->addWidget(content);
    }
    column->addStretch();
    return w;
}

int OnboardingPage::step() const {
    return m_pages->currentIndex();
}

void OnboardingPage::goTo(Step step) {
    m_pages->setCurrentIndex(step);
    m_error->clear();
    m_back->setVisible(step > Welcome && step < Working);
    m_next->setVisible(step < Working);
    m_next->setText(step == Welcome ? tr("Begin") : step == Server ? tr("Finish") : tr("Continue"));
    m_steps->setText(
        step > Welcome && step < Working
            ? tr("Step %1 of %2").arg(QLocale().toString(static_cast<int>(step)), QLocale().toString(3))
            : QString());
    switch (step) {
    case Name:
        m_name->setFocus();
        break;
    case Passphrase:
        m_first->setFocus();
        break;
    case Server:
        m_servers->setFocus();
        break;
    case Welcome:
    case Working:
        m_next->setFocus();
        break;
    }
}

void OnboardingPage::setServers(const QStringList& urls) {
    m_servers->setPlainText(urls.join(QLatin1Char('\n')));
}

QString OnboardingPage::errorShown() const {
    return m_error->text();
}

void OnboardingPage::showError(const QString& text) {
    if (step() == Working)
        goTo(Server);
    m_error->setText(text);
    m_error->setAccessibleName(text);
}

void OnboardingPage::updateStrength() {
    const Palette& p = theme()->palette();
    const auto strength = passphraseStrength(m_first->text());
    m_strengthBar->setValue(static_cast<int>(strength));
    QColor colour = p.rest;
    switch (strength) {
    case PassphraseStrength::TooShort:
        m_strength->setText(tr("At least %1 characters.").arg(QLocale().toString(kLeastPassphrase)));
        break;
    case PassphraseStrength::Weak:
        m_strength->setText(tr("Easy to guess. Another word would help."));
        break;
    case PassphraseStrength::Fair:
        colour = p.warn;
        m_strength->setText(tr("Good. One more word would make it strong."));
        break;
    case PassphraseStrength::Strong:
        colour = p.ok;
        m_strength->setText(tr("Strong."));
        break;
    }
    m_strengthBar->setStyleSheet(
        QStringLiteral("QProgressBar::chunk { background: %1; border-radius: 3px; }").arg(colour.name()));
}

void OnboardingPage::next() {
    m_error->clear();
    switch (step()) {
    case Welcome:
        goTo(Name);
        return;
    case Name:
        if (m_name->text().simplified().isEmpty()) {
            showError(tr("Please write your name; the people you talk to need to know who you are."));
            m_name->setFocus();
            return;
        }
        goTo(Passphrase);
        return;
    case Passphrase:
        if (passphraseStrength(m_first->text()) == PassphraseStrength::TooShort) {
            showError(tr("This passphrase is too short. Please take at least %1 characters.")
                          .arg(QLocale().toString(kLeastPassphrase)));
            m_first->setFocus();
            return;
        }
        if (m_first->text() != m_second->text()) {
            showError(tr("The two passphrases differ. Please write the same one twice."));
            m_second->setFocus();
            m_second->selectAll();
            return;
        }
        goTo(Server);
        return;
    case Server: {
        const QStringList servers = serverLines(m_servers->toPlainText());
        const QString problem = serverProblem(servers);
        if (!problem.isEmpty()) {
            showError(problem);
            m_servers->setFocus();
            return;
        }
        goTo(Working);
        emit finished(m_name->text().simplified(), servers);
        return;
    }
    default:
        return;
    }
}

void OnboardingPage::forget() {
    m_first->clear();
    m_second->clear();
}

crypto::Secret OnboardingPage::passphrase() const {
    return readPassphrase(m_first);
}

} // namespace valise::ui
