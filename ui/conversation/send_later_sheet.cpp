// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/send_later_sheet.h"

#include "ui/conversation/later_text.h"

#include <QButtonGroup>
#include <QCalendarWidget>
#include <QComboBox>
#include <QCompleter>
#include <QDateTimeEdit>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {
namespace {

constexpr int kEvening = 18;
constexpr int kMorning = 9;

//! Zones that are named for a place.
QList<QByteArray> places() {
    QList<QByteArray> out;
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds())
        if (id.contains('/') && !id.startsWith("Etc/") && !id.startsWith("SystemV/") &&
            !id.startsWith("US/") && !id.startsWith("posix/") && !id.startsWith("right/"))
            out.append(id);
    std::sort(out.begin(), out.end(),
              [](const QByteArray& a, const QByteArray& b) { return cityOf(a) < cityOf(b); });
    return out;
}

} // namespace

SendLaterSheet::SendLaterSheet(const QDateTime& now, const QTimeZone& zone, const QDateTime& chosen,
                               const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Send later"),
            tr("The message waits encrypted on this device. Valise must be running at that time."), parent)
    , m_now(now)
    , m_choices(new QButtonGroup(this))
    , m_time(new QDateTimeEdit(this))
    , m_zones(new QComboBox(this)) {
    setMinimumWidth(theme->px(460));
    m_zones->setAccessibleName(tr("By the clock of"));
    m_zones->setEditable(true);
    m_zones->setInsertPolicy(QComboBox::NoInsert);
    if (layoutDirection() == Qt::RightToLeft)
        m_zones->lineEdit()->setAlignment(Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter);
    m_zones->setMaxVisibleItems(12);
    const QByteArray own = QTimeZone::systemTimeZoneId();
    m_zones->addItem(tr("Your own clock (%1)").arg(cityOf(own)), own);
    for (const QByteArray& id : places())
        if (id != own)
            m_zones->addItem(cityOf(id), id);
    m_zones->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_zones->completer()->setFilterMode(Qt::MatchContains);
    const int at = m_zones->findData(zone.id());
    m_zones->setCurrentIndex(std::max(0, at));

    auto* zoneLabel = addLabel(tr("By the clock of"));
    zoneLabel->setBuddy(m_zones);
    content()->addWidget(m_zones);
    content()->addSpacing(theme->px(6));
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    for (const Choice choice : {InAnHour, ThisEvening, TomorrowMorning, MondayMorning, Other}) {
        auto* button = new QRadioButton(this);
        m_choices->addButton(button, choice);
        content()->addWidget(button);
    }
    m_time->setCalendarPopup(true);
    m_time->setAccessibleName(tr("Another time"));
    // Without doubt in any language, and not torn apart by the direction of the text around it.
    m_time->setLayoutDirection(Qt::LeftToRight);
    m_time->setDisplayFormat(QStringLiteral("yyyy-MM-dd  HH:mm"));
    m_time->setMinimumWidth(theme->px(220));
    auto* timeRow = new QHBoxLayout;
    timeRow->setContentsMargins(theme->px(28), 0, 0, 0);
    if (rtl)
        timeRow->setContentsMargins(0, 0, theme->px(28), 0);
    timeRow->addWidget(m_time);
    timeRow->addStretch();
    content()->addLayout(timeRow);
    m_summary = addHint({});
    m_summary->setObjectName(QStringLiteral("laterSummary"));
    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Send later")), &QPushButton::clicked, this, &SendLaterSheet::submit);

    m_choices->button(chosen.isValid() ? Other : TomorrowMorning)->setChecked(true);
    const QDateTime first = chosen.isValid() ? chosen.toTimeZone(this->zone()) : timeOf(TomorrowMorning);
    m_time->setDateTime(QDateTime(first.date(), first.time()));
    connect(m_choices, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (!on)
            return;
        if (id == Other)
            m_time->setFocus();
        refresh();
    });
    connect(m_zones, &QComboBox::currentIndexChanged, this, &SendLaterSheet::refresh);
    connect(m_zones->lineEdit(), &QLineEdit::editingFinished, this, &SendLaterSheet::takePlace);
    m_zones->lineEdit()->installEventFilter(this);
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this, [this] {
        m_choices->button(Other)->setChecked(true);
        refresh();
    });
    refresh();
    m_choices->checkedButton()->setFocus();
}

void SendLaterSheet::takePlace() {
    // A typed text that is no place is replaced by the place that was chosen before.
    const int found = m_zones->findText(m_zones->currentText(), Qt::MatchFixedString);
    m_zones->setCurrentIndex(found >= 0 ? found : m_zones->currentIndex());
    m_zones->setEditText(m_zones->itemText(m_zones->currentIndex()));
}

bool SendLaterSheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_zones->lineEdit() && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            // It ends the name of the place, and does not send.
            takePlace();
            return true;
        }
    }
    return Sheet::eventFilter(watched, event);
}

QTimeZone SendLaterSheet::zone() const {
    const QTimeZone zone(m_zones->currentData().toByteArray());
    return zone.isValid() ? zone : QTimeZone::systemTimeZone();
}

QDateTime SendLaterSheet::timeOf(Choice choice) const {
    const QTimeZone there = zone();
    const QDateTime present = m_now.toTimeZone(there);
    const auto at = [&](const QDate& day, int hour) { return QDateTime(day, QTime(hour, 0), there); };
    switch (choice) {
    case InAnHour:
        return present.addSecs(3600);
    case ThisEvening:
        return at(present.date(), kEvening);
    case TomorrowMorning:
        return at(present.date().addDays(1), kMorning);
    case MondayMorning:
        return at(present.date().addDays(8 - present.date().dayOfWeek()), kMorning);
    case Other:
        break;
    }
    return QDateTime(m_time->date(), m_time->time(), there);
}

QDateTime SendLaterSheet::when() const {
    const QDateTime time = timeOf(static_cast<Choice>(m_choices->checkedId()));
    return time > m_now ? time : QDateTime();
}

QString SendLaterSheet::summary() const {
    return m_summary->text();
}

void SendLaterSheet::refresh() {
    const QLocale locale;
    const auto label = [&](Choice choice, const QString& words) {
        const QDateTime time = timeOf(choice);
        const bool today = time.date() == m_now.toTimeZone(zone()).date();
        m_choices->button(choice)->setText(QStringLiteral("%1 · %2").arg(
            words, today ? clockText(time)
                         : locale.toString(time.date(), QStringLiteral("dddd")) + QLatin1Char(' ') +
                               clockText(time)));
        m_choices->button(choice)->setVisible(time > m_now);
    };
    label(InAnHour, tr("In an hour"));
    label(ThisEvening, tr("This evening"));
    label(TomorrowMorning, tr("Tomorrow morning"));
    label(MondayMorning, tr("Monday morning"));
    // On Sunday that is tomorrow.
    if (timeOf(MondayMorning) == timeOf(TomorrowMorning))
        m_choices->button(MondayMorning)->hide();
    m_choices->button(Other)->setText(tr("Another time"));
    if (!m_choices->checkedButton()->isVisibleTo(this))
        m_choices->button(TomorrowMorning)->setChecked(true);
    const QDateTime time = when();
    m_summary->setText(time.isValid() ? tr("It will be sent on %1.").arg(laterText(time, zone()))
                                      : tr("That time is over."));
    showError({});
    fit();
}

void SendLaterSheet::submit() {
    const QDateTime time = when();
    if (!time.isValid() || time <= QDateTime::currentDateTimeUtc()) {
        showError(tr("That time is over. Please choose a later one."));
        m_time->setFocus();
        return;
    }
    setBusy(true);
    emit chosen(time, zone());
}

} // namespace valise::ui
