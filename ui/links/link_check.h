// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>
#include <QVector>

namespace valise::ui {

//! The warnings that a person should see before following a link.
enum class LinkWarning {
    LooksAlike,   //!< its letters look like another address
    MixedScripts, //!< letters of several alphabets, or invisible ones, in one part of the address
    UserInfo,     //!< something that may look like an address stands before the @
    Port,         //!< not the usual port
    Number,       //!< a number (IP address) instead of a name
    Unencrypted,  //!< http
};

//! The target of a link, checked.
struct LinkCheck {
    enum class Kind { Nothing, Web, Mail };
    Kind kind = Kind::Nothing; //!< Nothing: it cannot be opened
    QUrl url;                  //!< what is opened: without user information
    QString host;      //!< shown large: in its own letters, or in ASCII (RFC 3492) if those may deceive
    QString asciiHost; //!< in ASCII; the same as `host` where nothing else is needed
    QString looksLike; //!< what a deceiving address looks like, else empty
    QString userInfo;  //!< what stands before the @
    int port = -1;     //!< if it is not the usual one
    QVector<LinkWarning> warnings;

    bool has(LinkWarning warning) const { return warnings.contains(warning); }
    //! One of the warnings speaks of deceit, not only of care.
    bool mayDeceive() const;
};

//! Reads a link. Only http, https and mailto can be opened, and only if the whole address is well formed (RFC
//! 3986). Look-alike letters and mixed scripts are judged by ICU's spoof checker (Unicode Technical Standard
//! 39).
LinkCheck checkLink(const QString& target);

} // namespace valise::ui
