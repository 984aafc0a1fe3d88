// SPDX-License-Identifier: AGPL-3.0-or-later
#include "translations/embedded.h"

#include <QDir>
#include <QtGlobal>

// Q_INIT_RESOURCE must stand outside every namespace.
static void initializeTranslations() {
    Q_INIT_RESOURCE(translations);
}

namespace valise::translations {

void initialize() {
    initializeTranslations();
}

} // namespace valise::translations
