// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace valise::ui {

//! How servers are reached: straight, as the system says, or through a proxy with its address, name and
//! password.
class ProxyFields : public QWidget {
    Q_OBJECT

public:
    explicit ProxyFields(const Theme* theme, QWidget* parent = nullptr);

    //! Shows the proxy that is set now. The fields are disabled until it is known.
    void setProxy(const client::ProxyRecord& proxy);
    //! Puts the proxy that is set back into the fields.
    void undo();
    bool isKnown() const { return m_start.has_value(); }
    //! The proxy in the fields.
    client::ProxyRecord proxy() const;
    //! Nothing if the stored password stays.
    std::optional<QString> password() const;
    bool isChanged() const;
    //! Empty if it can be used, else the sentence that says what is wrong.
    QString problem() const;

    QComboBox* kindBox() const { return m_kind; }
    QLineEdit* hostField() const { return m_host; }
    QSpinBox* portField() const { return m_port; }
    QLineEdit* userField() const { return m_user; }
    QLineEdit* passwordField() const { return m_password; }

signals:
    //! Something was written or chosen.
    void edited();

private:
    bool wantsAddress() const;
    void refresh();

    std::optional<client::ProxyRecord> m_start;
    QWidget* m_address;
    QComboBox* m_kind;
    QLineEdit* m_host;
    QSpinBox* m_port;
    QLineEdit* m_user;
    QLineEdit* m_password;
};

} // namespace valise::ui
