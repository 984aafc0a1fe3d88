// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/hunspell_dictionary.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <hunspell.hxx>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>

namespace valise::ui {
namespace {

constexpr qsizetype kMostLine = 65'535; //!< octets; a longer line is no rule and no word
constexpr int kSampledWords = 4000;     //!< that tell in which scripts a dictionary is written
constexpr int kScriptShare = 20;        //!< a script counts from one letter in so many
constexpr qsizetype kMostSuggestion = 100;

Result<QByteArray> readBounded(const QString& path, qint64 most) {
    // A pipe or a device would be waited for, or never end.
    if (!QFileInfo(path).isFile())
        return {ErrorCode::NotFound, "not a file"};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {ErrorCode::NotFound, "the file cannot be read"};
    if (file.size() > most)
        return {ErrorCode::LimitExceeded, "the file is too large"};
    const QByteArray content = file.read(most + 1);
    if (content.size() > most)
        return {ErrorCode::LimitExceeded, "the file is too large"};
    return content;
}

//! The lines without their ends, as views of `content`.
Result<std::vector<QByteArrayView>> linesOf(const QByteArray& content) {
    if (content.contains('\0'))
        return {ErrorCode::InvalidEncoding, "a zero octet"};
    std::vector<QByteArrayView> lines;
    for (qsizetype at = 0; at < content.size();) {
        qsizetype end = content.indexOf('\n', at);
        if (end < 0)
            end = content.size();
        if (end - at > kMostLine)
            return {ErrorCode::InvalidEncoding, "an endless line"};
        qsizetype last = end;
        if (last > at && content.at(last - 1) == '\r')
            --last;
        lines.push_back(QByteArrayView(content).sliced(at, last - at));
        at = end + 1;
    }
    return lines;
}

QByteArrayView withoutMark(QByteArrayView line) {
    return line.startsWith("\xEF\xBB\xBF") ? line.sliced(3) : line;
}

//! The words of a line, at most four: no header has more.
QVector<QByteArrayView> tokens(QByteArrayView line) {
    QVector<QByteArrayView> out;
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    for (qsizetype at = 0; at < line.size() && out.size() < 4;) {
        while (at < line.size() && blank(line.at(at)))
            ++at;
        const qsizetype from = at;
        while (at < line.size() && !blank(line.at(at)))
            ++at;
        if (at > from)
            out.append(line.sliced(from, at - from));
    }
    return out;
}

std::optional<qint64> numberOf(QByteArrayView text) {
    bool ok = false;
    const qint64 number = text.toByteArray().toLongLong(&ok);
    return ok ? std::optional<qint64>(number) : std::nullopt;
}

//! Whether every bracket is closed on the same line, none within another. libhunspell reads on until it is.
bool isClosed(QByteArrayView pattern, char open, char close) {
    bool inside = false;
    for (const char c : pattern) {
        if (c == open && inside)
            return false;
        if (c == open)
            inside = true;
        else if (c == close)
            inside = false;
    }
    return !inside;
}

//! The keyword a line begins with, as libhunspell sees it: by the first letters. Empty if it is none that
//! matters here.
QByteArray keyOf(QByteArrayView line) {
    static const std::array<QByteArray, 13> kKeys{"SET",
                                                  "PFX",
                                                  "SFX",
                                                  "REP",
                                                  "MAP",
                                                  "AF",
                                                  "AM",
                                                  "BREAK",
                                                  "ICONV",
                                                  "OCONV",
                                                  "PHONE",
                                                  "COMPOUNDRULE",
                                                  "CHECKCOMPOUNDPATTERN"};
    const auto found =
        std::find_if(kKeys.begin(), kKeys.end(), [&](const QByteArray& key) { return line.startsWith(key); });
    return found == kKeys.end() ? QByteArray() : *found;
}

//! The encoding that the rules name. Every table says how many lines follow, and libhunspell reserves memory
//! for as many: a file that ends before them was cut off or made to do harm.
Result<QByteArray> checkRules(const std::vector<QByteArrayView>& lines) {
    const auto damaged = [](const char* what) { return Error{ErrorCode::InvalidEncoding, what}; };
    QByteArray encoding;
    QSet<QByteArray> begun; // tables, and flags of affixes
    qint64 sounds = 0;      // lines of that table that are still to come
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QByteArrayView line = i == 0 ? withoutMark(lines[i]) : lines[i];
        const QByteArray key = keyOf(line);
        const QVector<QByteArrayView> words = tokens(line);
        // With a line missing or without its two columns, this one is read beyond its end.
        if (sounds > 0 && (key != "PHONE" || words.size() < 3))
            return damaged("the table of sounds");
        if (key.isEmpty() || words.size() < 2)
            continue;
        const bool affix = key == "PFX" || key == "SFX";
        if ((affix && !isClosed(line, '[', ']')) || (key == "PHONE" && !isClosed(words.at(1), '(', ')')))
            return damaged("a bracket that is not closed");
        if (key == "SET") {
            if (!encoding.isEmpty())
                return damaged("two encodings");
            encoding = words.at(1).toByteArray();
            continue;
        }
        const QByteArray table = affix ? key + ' ' + words.at(1).toByteArray() : key;
        if (begun.contains(table)) {
            sounds = std::max<qint64>(0, sounds - 1);
            continue;
        }
        begun.insert(table);
        const auto announced = affix && words.size() < 4 ? std::nullopt : numberOf(words.at(affix ? 3 : 1));
        if (!announced || *announced < 0)
            return damaged("a table without a length");
        if (*announced > static_cast<qint64>(lines.size() - i - 1))
            return damaged("a table that is cut off");
        if (key == "PHONE")
            sounds = *announced;
    }
    return encoding.isEmpty() ? QByteArray("ISO8859-1") : encoding;
}

//! libhunspell decodes without looking where a letter ends. Flags are octets and may be any, comments too.
Result<void> checkText(const std::vector<QByteArrayView>& lines, bool rules) {
    static const std::array<QByteArray, 9> kText{"TRY",   "KEY",   "REP",    "MAP",      "ICONV",
                                                 "OCONV", "PHONE", "IGNORE", "WORDCHARS"};
    for (QByteArrayView line : lines) {
        if (!rules) {
            if (const qsizetype slash = line.indexOf('/'); slash > 0)
                line = line.first(slash);
        } else if (line.startsWith("PFX") || line.startsWith("SFX")) {
            const QVector<QByteArrayView> words = tokens(line);
            // Behind keyword and flag: what goes, what comes (with flags of its own), and where.
            const QByteArrayView comes = words.value(3);
            const qsizetype slash = comes.indexOf('/');
            const QByteArrayView condition =
                comes.isEmpty() ? comes : line.sliced(comes.data() + comes.size() - line.data());
            if (!words.value(2).isValidUtf8() || !condition.isValidUtf8())
                return {ErrorCode::InvalidEncoding, "octets that are no text"};
            line = slash < 0 ? comes : comes.first(slash);
        } else if (std::none_of(kText.begin(), kText.end(),
                                [&](const QByteArray& key) { return line.startsWith(key); })) {
            continue;
        }
        if (!line.isValidUtf8())
            return {ErrorCode::InvalidEncoding, "octets that are no text"};
    }
    return {};
}

bool isUtf8(const QByteArray& encoding) {
    const QByteArray name = encoding.toLower();
    return name == "utf-8" || name == "utf8";
}

//! The first line says about how many words there are.
Result<void> checkWords(const std::vector<QByteArrayView>& lines) {
    if (lines.empty())
        return {ErrorCode::InvalidEncoding, "no words"};
    const QVector<QByteArrayView> first = tokens(withoutMark(lines.front()));
    const auto announced = first.isEmpty() ? std::nullopt : numberOf(first.first());
    if (!announced || *announced <= 0)
        return {ErrorCode::InvalidEncoding, "the number of words is missing"};
    // Not exact in many dictionaries, since nothing but the size of a table depends on it.
    const auto there = static_cast<qint64>(lines.size()) - 1;
    if (there < *announced - *announced / 4)
        return {ErrorCode::InvalidEncoding, "the words are cut off"};
    return {};
}

} // namespace

//! Between Qt's text and the encoding of a dictionary. Qt itself knows few of those in use.
class HunspellDictionary::Encoding {
public:
    static std::unique_ptr<Encoding> open(QByteArray name) {
        auto encoding = std::make_unique<Encoding>();
        const QByteArray lower = name.toLower();
        if (isUtf8(name))
            return encoding;
        // Names that only dictionaries use.
        if (lower.startsWith("microsoft-cp"))
            name = "windows-" + lower.mid(12);
        else if (lower == "tis620-2533")
            name = "TIS-620";
        UErrorCode error = U_ZERO_ERROR;
        encoding->m_converter = ucnv_open(name.constData(), &error);
        if (U_FAILURE(error))
            return nullptr;
        ucnv_setFromUCallBack(encoding->m_converter, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                              &error);
        // libhunspell works on octets, so no encoding with several octets, or zeros, in a letter is meant.
        if (U_FAILURE(error) || ucnv_getMaxCharSize(encoding->m_converter) != 1)
            return nullptr;
        return encoding;
    }
    Encoding() = default;
    ~Encoding() {
        if (m_converter)
            ucnv_close(m_converter);
    }
    Encoding(const Encoding&) = delete;
    Encoding& operator=(const Encoding&) = delete;

    //! Nothing if a letter does not exist in this encoding.
    std::optional<std::string> encode(const QString& text) const {
        if (!m_converter)
            return text.toStdString();
        std::string out(static_cast<std::size_t>(text.size()), '\0');
        UErrorCode error = U_ZERO_ERROR;
        ucnv_resetFromUnicode(m_converter);
        const int32_t length = ucnv_fromUChars(m_converter, out.data(), static_cast<int32_t>(out.size()),
                                               reinterpret_cast<const UChar*>(text.utf16()),
                                               static_cast<int32_t>(text.size()), &error);
        if (U_FAILURE(error))
            return std::nullopt;
        out.resize(static_cast<std::size_t>(length));
        return out;
    }
    QString decode(const char* octets, qsizetype size) const {
        if (!m_converter)
            return QString::fromUtf8(octets, size);
        QString out(size, Qt::Uninitialized);
        UErrorCode error = U_ZERO_ERROR;
        ucnv_resetToUnicode(m_converter);
        const int32_t length =
            ucnv_toUChars(m_converter, reinterpret_cast<UChar*>(out.data()), static_cast<int32_t>(out.size()),
                          octets, static_cast<int32_t>(size), &error);
        if (U_FAILURE(error))
            return {};
        out.truncate(length);
        return out;
    }

    //! The scripts of the words of a dictionary, by a sample of them.
    QSet<int> scriptsOf(const std::vector<QByteArrayView>& lines) const {
        QHash<int, int> counted;
        int all = 0;
        const std::size_t step = std::max<std::size_t>(1, lines.size() / kSampledWords);
        for (std::size_t i = 1; i < lines.size(); i += step) {
            const QString line = decode(lines[i].data(), lines[i].size());
            for (const char32_t c : line.toUcs4()) {
                if (c == U'/' || c == U'\t' || c == U' ')
                    break;
                if (!QChar::isLetter(c))
                    continue;
                const int script = QChar::script(c);
                if (script == QChar::Script_Common || script == QChar::Script_Inherited)
                    continue;
                ++counted[script];
                ++all;
            }
        }
        QSet<int> scripts;
        for (auto it = counted.constBegin(); it != counted.constEnd(); ++it)
            if (it.value() * kScriptShare >= all)
                scripts.insert(it.key());
        return scripts;
    }

private:
    UConverter* m_converter = nullptr; //!< null: UTF-8
};

HunspellDictionary::HunspellDictionary(Dictionary files, std::unique_ptr<Encoding> encoding,
                                       QSet<int> scripts)
    : m_files(std::move(files))
    , m_encoding(std::move(encoding))
    , m_scripts(std::move(scripts)) {}

HunspellDictionary::~HunspellDictionary() = default;

Result<std::unique_ptr<HunspellDictionary>> HunspellDictionary::open(const Dictionary& dictionary) {
    QByteArray name;
    {
        VALISE_TRY(const QByteArray rules, readBounded(dictionary.affPath, kMostAffOctets));
        VALISE_TRY(const auto lines, linesOf(rules));
        VALISE_TRY(name, checkRules(lines));
        if (isUtf8(name))
            VALISE_CHECK(checkText(lines, true));
    }
    auto encoding = Encoding::open(name);
    if (!encoding)
        return {ErrorCode::Unsupported, "the encoding is not known"};
    QSet<int> scripts;
    {
        VALISE_TRY(const QByteArray words, readBounded(dictionary.dicPath, kMostDicOctets));
        VALISE_TRY(const auto lines, linesOf(words));
        VALISE_CHECK(checkWords(lines));
        if (isUtf8(name))
            VALISE_CHECK(checkText(lines, false));
        scripts = encoding->scriptsOf(lines);
    }
    if (scripts.isEmpty())
        return {ErrorCode::InvalidEncoding, "no words"};
    std::unique_ptr<HunspellDictionary> opened(
        new HunspellDictionary(dictionary, std::move(encoding), std::move(scripts)));
    try {
        opened->m_hunspell = std::make_unique<Hunspell>(hunspellPath(dictionary.affPath).c_str(),
                                                        hunspellPath(dictionary.dicPath).c_str());
    } catch (const std::exception&) {
        return {ErrorCode::InvalidEncoding, "libhunspell refuses it"};
    }
    return opened;
}

bool HunspellDictionary::accepts(const QString& word) const {
    const auto octets = m_encoding->encode(word);
    if (!octets || octets->empty())
        return false;
    try {
        return m_hunspell->spell(*octets);
    } catch (const std::exception&) {
        return true; // Nothing is said about a word rather than something false.
    }
}

QStringList HunspellDictionary::suggestions(const QString& word) const {
    const auto octets = m_encoding->encode(word);
    if (!octets || octets->empty())
        return {};
    QStringList out;
    try {
        for (const std::string& one : m_hunspell->suggest(*octets)) {
            const QString text = m_encoding->decode(one.data(), static_cast<qsizetype>(one.size()))
                                     .normalized(QString::NormalizationForm_C);
            if (!text.trimmed().isEmpty() && text.size() <= kMostSuggestion && !out.contains(text))
                out << text;
        }
    } catch (const std::exception&) {
        out.clear();
    }
    return out;
}

} // namespace valise::ui
