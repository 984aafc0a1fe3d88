// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/text/message_format.h"

#include "core/client/history/mentions.h"

#include <QHash>

#include <array>

namespace valise::ui {
namespace {

struct Delimiter {
    QLatin1String text;
    int style;
};

// Longer ones first, so that ** is not two of *.
constexpr std::array<Delimiter, 5> kDelimiters{{{QLatin1String("**"), TextSpan::Bold},
                                                {QLatin1String("__"), TextSpan::Bold},
                                                {QLatin1String("~~"), TextSpan::Strike},
                                                {QLatin1String("*"), TextSpan::Italic},
                                                {QLatin1String("_"), TextSpan::Italic}}};

bool isWord(const QString& text, qsizetype at) {
    return at >= 0 && at < text.size() && text.at(at).isLetterOrNumber();
}

bool isBlank(const QString& text, qsizetype at) {
    return at < 0 || at >= text.size() || text.at(at).isSpace();
}

//! Finds pairs of marks: for every character the styles it has, and whether it is a mark itself.
class Marks {
public:
    Marks(const QString& line, const QHash<QString, QString>& names)
        : m_line(line)
        , m_names(names)
        , m_hidden(line.size(), false)
        , m_change(line.size() + 1)
        , m_links(findLinks(line)) {
        m_open.fill(-1);
        for (qsizetype at = 0; at < line.size();)
            at = step(at);
    }
    void write(TextBlock& block) const {
        std::array<int, 4> depth{};
        qsizetype link = 0;
        qsizetype mention = 0;
        for (qsizetype at = 0; at < m_line.size(); ++at) {
            while (link < m_taken.size() && at >= m_taken.at(link).start + m_taken.at(link).length)
                ++link;
            const bool inLink = link < m_taken.size() && at >= m_taken.at(link).start;
            if (inLink && at == m_taken.at(link).start)
                block.links.append({block.text.size(), m_taken.at(link).length, m_taken.at(link).target});
            for (std::size_t bit = 0; bit < depth.size(); ++bit)
                depth[bit] += m_change.at(at)[bit];
            if (m_hidden.at(at))
                continue;
            if (mention < m_mentions.size() && at == m_mentions.at(mention)) {
                const QString name = QLatin1Char('@') + m_names.value(m_line.mid(at, client::kMentionLength));
                block.spans.append(
                    {static_cast<int>(block.text.size()), static_cast<int>(name.size()), TextSpan::Mention});
                block.text.append(name);
                // The styles may change within what is skipped only at its ends.
                for (qsizetype skip = at + 1; skip < at + client::kMentionLength; ++skip)
                    for (std::size_t bit = 0; bit < depth.size(); ++bit)
                        depth[bit] += m_change.at(skip)[bit];
                at += client::kMentionLength - 1;
                ++mention;
                continue;
            }
            int style = inLink ? TextSpan::Link : 0;
            for (std::size_t bit = 0; bit < depth.size(); ++bit)
                style |= depth[bit] > 0 ? 1 << bit : 0;
            const int place = static_cast<int>(block.text.size());
            block.text.append(m_line.at(at));
            if (style == 0)
                continue;
            if (!block.spans.isEmpty() && block.spans.constLast().style == style &&
                block.spans.constLast().start + block.spans.constLast().length == place)
                ++block.spans.last().length;
            else
                block.spans.append({place, 1, style});
        }
    }

private:
    qsizetype step(qsizetype at) {
        while (m_nextLink < m_links.size() && m_links.at(m_nextLink).start < at)
            ++m_nextLink; // inside of code
        if (m_nextLink < m_links.size() && m_links.at(m_nextLink).start == at) {
            m_taken.append(m_links.at(m_nextLink));
            return at + m_links.at(m_nextLink++).length;
        }
        const QChar c = m_line.at(at);
        if (c == QLatin1Char('n') && !m_names.isEmpty() && !isWord(m_line, at - 1) &&
            m_names.contains(m_line.mid(at, client::kMentionLength))) {
            m_mentions.append(at);
            return at + client::kMentionLength;
        }
        if (c == QLatin1Char('\\') && at + 1 < m_line.size() && m_line.at(at + 1).isPunct()) {
            m_hidden[at] = true;
            return at + 2;
        }
        if (c == QLatin1Char('`')) {
            const qsizetype end = at < m_noCode ? -1 : m_line.indexOf(QLatin1Char('`'), at + 1);
            if (end > at + 1) {
                pair(at, end, 1, TextSpan::Code);
                return end + 1;
            }
            if (end < 0)
                m_noCode = m_line.size(); // none follows; do not look again
            return at + 1;
        }
        for (std::size_t i = 0; i < kDelimiters.size(); ++i) {
            const Delimiter& mark = kDelimiters[i];
            if (!m_line.mid(at, mark.text.size()).startsWith(mark.text))
                continue;
            const qsizetype after = at + mark.text.size();
            // An underscore inside a word is a letter.
            const bool inside =
                mark.text.front() == QLatin1Char('_') && isWord(m_line, at - 1) && isWord(m_line, after);
            if (!inside && m_open[i] >= 0 && !isBlank(m_line, at - 1) && at > m_open[i] + mark.text.size()) {
                pair(m_open[i], at, static_cast<int>(mark.text.size()), mark.style);
                m_open[i] = -1;
            } else if (!inside && !isBlank(m_line, after)) {
                m_open[i] = at;
            }
            return after;
        }
        return at + 1;
    }
    void pair(qsizetype from, qsizetype to, int size, int style) {
        for (int i = 0; i < size; ++i)
            m_hidden[from + i] = m_hidden[to + i] = true;
        std::size_t bit = 0;
        while ((1 << bit) != style)
            ++bit;
        ++m_change[from + size][bit];
        --m_change[to][bit];
    }

    const QString& m_line;
    const QHash<QString, QString>& m_names; // by "nostr:" and the address
    QVector<qsizetype> m_mentions;          // where they begin
    QVector<bool> m_hidden;
    QVector<std::array<int, 4>> m_change; // of the depth of each style, before a character
    std::array<qsizetype, kDelimiters.size()> m_open{};
    qsizetype m_noCode = 0;
    QVector<FoundLink> m_links;
    QVector<FoundLink> m_taken; // those outside of code
    qsizetype m_nextLink = 0;
};

TextBlock blockOf(const QString& line, const QHash<QString, QString>& names) {
    TextBlock block;
    QString rest = line;
    if (line.startsWith(QLatin1String("> ")) || line == QLatin1String(">")) {
        block.kind = TextBlock::Quote;
        rest = line.mid(2);
    } else if (line.startsWith(QLatin1String("- ")) || line.startsWith(QLatin1String("* "))) {
        block.kind = TextBlock::Bullet;
        rest = line.mid(2);
    } else {
        qsizetype digits = 0;
        while (digits < line.size() && digits < 4 && line.at(digits).isDigit())
            ++digits;
        if (digits > 0 && line.mid(digits, 2) == QLatin1String(". ")) {
            block.kind = TextBlock::Number;
            block.marker = line.left(digits + 1);
            rest = line.mid(digits + 2);
        }
    }
    Marks(rest, names).write(block);
    return block;
}

} // namespace

QVector<TextBlock> parseText(const QString& text, const QVector<client::MentionRecord>& mentions) {
    QHash<QString, QString> names;
    for (const client::MentionRecord& mention : mentions)
        names.insert(QStringLiteral("nostr:") + mention.address, mention.name);
    QVector<TextBlock> blocks;
    bool code = false;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString& line = lines.at(i);
        if (line.startsWith(QLatin1String("```"))) {
            // Code that is never ended is no code.
            if (code || lines.indexOf(QStringLiteral("```"), i + 1) > i) {
                code = !code;
                continue;
            }
        }
        if (code)
            blocks.append({TextBlock::Code, line, {}, {}, {}});
        else
            blocks.append(blockOf(line, names));
    }
    return blocks;
}

} // namespace valise::ui
