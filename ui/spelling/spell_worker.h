// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/spelling/hunspell_dictionary.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace valise::ui {

//! Does the work that SpellChecker has done on its thread. Owns the loaded dictionaries.
class SpellWorker : public QObject {
    Q_OBJECT

public:
    //! Reads these dictionaries and drops others; those already loaded stay. Returns, in order, why each was
    //! refused; nothing for those in use.
    QVector<std::optional<ErrorCode>> load(const QVector<Dictionary>& dictionaries);
    //! Whether any dictionary accepts the word, or none is for its script.
    bool accepts(const QString& word) const;
    //! Suggestions of all dictionaries and of the person's own words, best first.
    QStringList suggestions(const QString& word, const QStringList& own, int most) const;

private:
    bool knows(const QString& word) const;
    std::vector<std::unique_ptr<HunspellDictionary>> m_dictionaries;
};

//! The least number of letters to change, add, drop or swap with a neighbour between two words; `most` + 1 if
//! it is more than `most`.
int spellingDistance(const QString& a, const QString& b, int most);

} // namespace valise::ui
