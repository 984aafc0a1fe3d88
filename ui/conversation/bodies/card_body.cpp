// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/bodies/card_body.h"

#include <QCoreApplication>

#include <algorithm>

namespace valise::ui {
namespace {

struct CardText {
    Q_DECLARE_TR_FUNCTIONS(Card)
};

//! Between the parts of a line that is read out or copied.
QString between() {
    //: Between the parts of a line of a poll or a meeting that is read out: answer, number, names
    return CardText::tr(", ");
}

QString joined(const QStringList& parts) {
    QStringList out;
    for (const QString& part : parts) {
        const QString shown = FittedText::shown(part);
        if (!shown.isEmpty())
            out << shown;
    }
    return out.join(between());
}

} // namespace

CardBody::CardBody(Card card)
    : m_card(std::move(card)) {
    bound();
    write();
}

void CardBody::bound() {
    m_moreRows = std::max(0, static_cast<int>(m_card.rows.size()) - kMostRows);
    m_card.rows.resize(m_card.rows.size() - m_moreRows);
    m_parts.push_back({});
    const auto add = [this](Part::Kind kind, int index) {
        Part part;
        part.kind = kind;
        part.index = index;
        m_parts.push_back(std::move(part));
    };
    const auto addButtons = [&](bool answers, int most) {
        for (int i = 0; i < m_card.buttons.size() && most > 0; ++i) {
            if ((m_card.buttons.at(i).kind == CardButton::Kind::Answer) != answers)
                continue;
            add(Part::Kind::Button, i);
            --most;
        }
    };
    addButtons(true, kMostAnswers);
    for (int i = 0; i < m_card.rows.size(); ++i)
        add(Part::Kind::Row, i);
    addButtons(false, kMostButtons);
}

QString CardBody::rowName(const CardRow& row) const {
    const QString name = joined({row.label, row.value, row.secondary});
    //: A result of a poll, and that it is what the reader chose
    return row.chosen && row.id.isEmpty() ? CardText::tr("%1, your choice").arg(name) : name;
}

void CardBody::write() {
    QStringList lines{FittedText::shown(m_card.kind), FittedText::shown(m_card.title),
                      FittedText::shown(m_card.subtitle), FittedText::shown(m_card.detail)};
    if (m_card.tile)
        lines.insert(2, joined({m_card.tile->text + QLatin1Char(' ') + m_card.tile->above}));
    if (m_card.notice) {
        const CardNotice& notice = *m_card.notice;
        //: What changed in a meeting: the old value
        const QString former = notice.former.isEmpty()
                                   ? QString()
                                   : CardText::tr("before: %1").arg(FittedText::shown(notice.former));
        lines << joined({notice.text, former, notice.moment});
    }
    for (const CardRow& row : m_card.rows)
        lines << rowName(row);
    //: Answers of a poll that are not shown
    m_moreText = m_moreRows > 0 ? CardText::tr("and %n more", nullptr, m_moreRows) : QString();
    lines << m_moreText;
    lines << FittedText::shown(m_card.note);
    lines.removeAll(QString());
    m_words = lines.join(QLatin1Char('\n'));
}

bool CardBody::isAnswer(const Part& part) const {
    return part.kind == Part::Kind::Button && buttonOf(part).kind == CardButton::Kind::Answer;
}

bool CardBody::isEnabled(const Part& part) const {
    switch (part.kind) {
    case Part::Kind::Title:
        return true;
    case Part::Kind::Row:
        return rowOf(part).enabled;
    case Part::Kind::Button:
        return buttonOf(part).enabled;
    }
    return true;
}

const QString& CardBody::targetOf(const Part& part) const {
    static const QString kNone;
    switch (part.kind) {
    case Part::Kind::Title:
        return kNone;
    case Part::Kind::Row:
        return rowOf(part).id;
    case Part::Kind::Button:
        return buttonOf(part).id;
    }
    return kNone;
}

BodyHit CardBody::hitTest(QPointF point) const {
    BodyHit hit;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const Part& part = m_parts[i];
        if (!part.at.contains(point))
            continue;
        hit.part = static_cast<int>(i);
        hit.target = targetOf(part);
        if (!hit.target.isEmpty() && isEnabled(part))
            hit.kind = BodyHit::Button;
        break;
    }
    return hit;
}

int CardBody::nearestCharacter(QPointF point) const {
    return point.y() < m_area.center().y() ? 0 : static_cast<int>(m_words.size());
}

BodyPart CardBody::part(int index) const {
    BodyPart out;
    if (index < 0 || index >= partCount())
        return out;
    const Part& part = m_parts[static_cast<std::size_t>(index)];
    out.rect = part.at;
    out.enabled = isEnabled(part);
    out.hit.part = index;
    out.hit.target = targetOf(part);
    if (!out.hit.target.isEmpty() && out.enabled)
        out.hit.kind = BodyHit::Button;
    out.tabStop = out.hit.kind == BodyHit::Button;
    out.cut =
        std::any_of(part.lines.begin(), part.lines.end(), [](const Line& line) { return line.text.isCut(); });
    switch (part.kind) {
    case Part::Kind::Title:
        out.role = QAccessible::Heading;
        out.name = FittedText::shown(m_card.title);
        break;
    case Part::Kind::Row: {
        const CardRow& row = rowOf(part);
        out.name = rowName(row);
        if (row.id.isEmpty())
            break;
        out.role = row.mark == CardRow::Mark::Radio   ? QAccessible::RadioButton
                   : row.mark == CardRow::Mark::Check ? QAccessible::CheckBox
                                                      : QAccessible::Button;
        out.checkable = row.mark != CardRow::Mark::None;
        out.checked = row.chosen;
        break;
    }
    case Part::Kind::Button: {
        const CardButton& button = buttonOf(part);
        out.name = FittedText::shown(button.text);
        out.role = isAnswer(part) ? QAccessible::RadioButton : QAccessible::Button;
        out.checkable = isAnswer(part) || button.checked;
        out.checked = button.checked;
        break;
    }
    }
    return out;
}

} // namespace valise::ui
