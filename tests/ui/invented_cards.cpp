// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/invented_cards.h"

#include "tests/ui/invented.h"
#include "ui/conversation/bodies/card_body.h"

#include <QDateTime>
#include <QLocale>

namespace valise::invented {

using ui::Card;
using ui::CardButton;
using ui::CardNotice;
using ui::CardRow;
using ui::CardTile;
using ui::CardTone;

namespace {

QString in(const char* english, const char* arabic) {
    return QString::fromUtf8(QLocale().language() == QLocale::Arabic ? arabic : english);
}

CardRow result(const QString& label, int value, const QString& names, bool chosen) {
    CardRow row;
    row.label = label;
    row.value = QLocale().toString(value);
    row.secondary = names;
    row.share = value / 5.0;
    row.chosen = chosen;
    return row;
}

CardRow choice(const QString& id, const QString& label, bool chosen) {
    CardRow row;
    row.id = id;
    row.label = label;
    row.mark = CardRow::Mark::Radio;
    row.chosen = chosen;
    return row;
}

CardRow answered(const QString& label, const QString& names, CardTone tone) {
    CardRow row;
    row.label = label;
    row.secondary = names;
    row.tone = tone;
    return row;
}

CardButton button(const char* id, const QString& text, CardButton::Kind kind, bool checked = false) {
    return {QString::fromLatin1(id), text, kind, true, checked};
}

} // namespace

Card countedPoll() {
    Card card;
    card.icon = QStringLiteral("poll");
    card.kind = in("Poll · several answers · 5 of 6 have voted", "استطلاع · عدة إجابات · صوّت 5 من 6");
    card.title = in("Where do we meet tonight?", "أين نجتمع الليلة؟");
    card.rows = {result(in("Room 6, level 2", "القاعة 6، الطابق 2"), 4,
                        in("you, Amina, Ingrid, Jean", "أنتم، أمينة، إنغريد، جان"), true),
                 result(in("Delegation lounge", "صالة الوفود"), 2, in("Mei, Jean", "مي، جان"), false),
                 result(in("Online", "عبر الإنترنت"), 1, in("Mei", "مي"), false)};
    card.buttons = {button("change", in("Change my vote", "تغيير صوتي"), CardButton::Kind::Quiet),
                    button("close", in("Close the poll", "إغلاق الاستطلاع"), CardButton::Kind::Quiet)};
    return card;
}

Card openPoll() {
    Card card;
    card.icon = QStringLiteral("poll");
    card.kind = in("Poll · one answer · names are shown · until 18:00",
                   "استطلاع · إجابة واحدة · الأسماء ظاهرة · حتى 18:00");
    card.title = in("When does the review of technology take place?", "متى تُجرى مراجعة التكنولوجيا؟");
    card.rows = {
        choice(QStringLiteral("a"), in("2027, before the first step", "2027، قبل الخطوة الأولى"), false),
        choice(QStringLiteral("b"),
               in("2028, with an interim report in 2026", "2028، مع تقرير مرحلي في 2026"), true),
        choice(QStringLiteral("c"), in("2030, without a report", "2030، دون تقرير"), false)};
    card.note = in("2 of 6 have voted", "صوّت 2 من 6");
    card.buttons = {button("vote", in("Vote", "تصويت"), CardButton::Kind::Primary)};
    return card;
}

Card meeting() {
    Card card;
    card.tile = CardTile{{}, in("NOV", "نوفمبر"), in("30", "30")};
    card.title = in("Bilateral on paragraph 7", "لقاء ثنائي حول الفقرة 7");
    card.subtitle = in("16:00 – 16:45 here in Port Veyra", "16:00 – 16:45 هنا في بورت فيرا");
    card.detail = in("15:00 in Kasara, your office", "15:00 في كسارا، مكتبكم");
    card.notice = CardNotice{QStringLiteral("place"), in("Room 6, level 2", "القاعة 6، الطابق 2"),
                             in("Room 4", "القاعة 4"), in("moved 13:50", "نُقل 13:50")};
    card.rows = {answered(in("Yes · 4", "نعم · 4"),
                          in("you, Amina, Ingrid, Jean", "أنتم، أمينة، إنغريد، جان"), CardTone::Good),
                 answered(in("Maybe · 1", "ربما · 1"), in("Mei", "مي"), CardTone::Warning)};
    card.note = in("Tomas has not answered", "لم يجب توماس بعد");
    card.buttons = {button("yes", in("Yes", "نعم"), CardButton::Kind::Answer, true),
                    button("maybe", in("Maybe", "ربما"), CardButton::Kind::Answer),
                    button("no", in("No", "لا"), CardButton::Kind::Answer),
                    button("calendar", in("Add to calendar", "إضافة إلى التقويم"), CardButton::Kind::Quiet),
                    button("plan", in("Show on plan", "إظهار على المخطط"), CardButton::Kind::Quiet)};
    return card;
}

Card file() {
    Card card;
    card.tile = CardTile{QStringLiteral("file"), {}, {}};
    card.title = QStringLiteral("Non-paper rev 3.pdf");
    card.detail = in("412 KB · 6 pages", "412 كيلوبايت · 6 صفحات");
    card.buttons = {button("open", in("Open", "فتح"), CardButton::Kind::Quiet),
                    button("save", in("Save as…", "حفظ باسم…"), CardButton::Kind::Quiet)};
    return card;
}

Card sendingFile() {
    Card card;
    card.tile = CardTile{QStringLiteral("file"), {}, {}};
    card.title = QStringLiteral("Baselines by country.xlsx");
    card.detail = in("640 KB/s · 8 s left", "640 كيلوبايت/ث · بقيت 8 ث");
    CardRow row;
    row.label = in("Sending 7.3 of 12.6 MB", "إرسال 7.3 من 12.6 ميغابايت");
    row.value = in("58 %", "58 ٪");
    row.share = 0.58;
    card.rows = {row};
    card.buttons = {button("stop", in("Stop", "إيقاف"), CardButton::Kind::Plain)};
    return card;
}

Card refusedFile() {
    Card card;
    card.tile = CardTile{QStringLiteral("warning"), {}, {}};
    card.title = QStringLiteral("Site visit, full length.mov");
    card.detail = in("Not sent: 640 MB, the servers take up to 500 MB",
                     "لم يُرسل: 640 ميغابايت، والخوادم تقبل حتى 500 ميغابايت");
    card.detailTone = CardTone::Bad;
    card.buttons = {
        button("smaller", in("Send smaller, 84 MB", "إرسال أصغر، 84 ميغابايت"), CardButton::Kind::Primary),
        button("again", in("Try again", "إعادة المحاولة"), CardButton::Kind::Plain)};
    return card;
}

client::MessagePage cardPage() {
    const qint64 noon = QDateTime(QDate::currentDate(), QTime(13, 20)).toSecsSinceEpoch();
    const QString me = QStringLiteral("Lea Marchetti");
    client::MessagePage page;
    page.conversation = allies();
    page.messages << message(1, me, {}, noon, true)
                  << message(2, QStringLiteral("Ingrid Nordli"), {}, noon + 60 * 20)
                  << message(3, QStringLiteral("Amina Diallo"), {}, noon + 60 * 30)
                  << message(
                         4, me,
                         in("Thank you. I bring the table of baselines.", "شكرًا. سأحضر جدول سنوات الأساس."),
                         noon + 60 * 32, true)
                  << message(5, QStringLiteral("Jean Kagabo"), {}, noon + 60 * 64)
                  << message(6, me, {}, noon + 60 * 76, true) << message(7, me, {}, noon + 60 * 77, true);
    page.messages[0].delivery.state = client::DeliveryState::Read;
    page.messages[5].delivery.state = client::DeliveryState::Queued;
    page.messages[6].delivery.state = client::DeliveryState::Failed;
    page.messages[2].reactions = {{QStringLiteral("👍"), 2, false, {QStringLiteral("Ingrid Nordli")}}};
    return page;
}

ui::BodyFactory cardBodies(std::map<qint64, Card> cards) {
    return
        [cards = std::move(cards)](const client::MessageRecord& message) -> std::unique_ptr<ui::MessageBody> {
            const auto card = cards.find(message.row);
            if (card == cards.end())
                return ui::makeBody(message);
            return std::make_unique<ui::CardBody>(card->second);
        };
}

ui::BodyFactory cardBodies() {
    return cardBodies({{1, countedPoll()},
                       {2, openPoll()},
                       {3, meeting()},
                       {5, file()},
                       {6, sendingFile()},
                       {7, refusedFile()}});
}

} // namespace valise::invented
