// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace valise::ui {

//! The looks that the desktop asks for: dark or light, contrast, motion. Follows its changes while the
//! program runs. On Linux it asks the settings portal (org.freedesktop.appearance) of any desktop. On other
//! systems, and where no portal answers, it asks Qt.
class SystemAppearance : public QObject {
    Q_OBJECT

public:
    explicit SystemAppearance(QObject* parent = nullptr);
    ~SystemAppearance() override;

    bool dark() const;
    bool highContrast() const;
    bool reducedMotion() const;

signals:
    void changed();

private:
    class Private;
    const std::unique_ptr<Private> d;
};

} // namespace valise::ui
