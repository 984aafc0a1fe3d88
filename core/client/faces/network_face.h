// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/faces/call.h"
#include "core/client/records.h"

namespace valise::client {

//! The servers, how they are reached, and how the connection stands.
class NetworkFace : public Face {
public:
    using Face::Face;

    //! Replaces the account's servers and publishes the new lists. Errors: InvalidUrl, InsecureUrl,
    //! LimitExceeded.
    Call<void(QStringList)> setRelays{this};
    //! How servers are reached. The password stays in the profile.
    Call<ProxyRecord()> proxy{this};
    //! Reaches servers this way from now on; connections that went another way are ended first. Without a
    //! password the one that is kept stays, if host, port and user do. Error: InvalidArgument.
    Call<void(ProxyRecord, std::optional<QString>)> setProxy{this};
    //! Answers once everything the relays hold was fetched and everything that can be sent was sent, or no
    //! relay can be reached.
    Call<void()> whenIdle{this};
    //! The network came back (or the person pressed "try now"): connect at once.
    Call<void()> connectNow{this};
    Call<QVector<DiagnosticRecord>()> diagnostics{this};
};

} // namespace valise::client
