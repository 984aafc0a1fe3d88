// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/arguments.h"

namespace valise::cli {

namespace {

constexpr const char* kGeneral = R"(valise-cli: encrypted group conversations from the command line

usage: valise-cli [--home DIR] [--passphrase-file F] [--json] COMMAND ...

A first conversation:
  valise-cli --home a init --name Kasara --relay wss://relay.example.org
  valise-cli --home a whoami                     prints the invitation link to give to others
  valise-cli --home b contact add LINK
  valise-cli --home b group create "Harbour talks" --member LINK
  valise-cli --home b send "Harbour talks" "Good morning."
  valise-cli --home a sync --follow

commands:
  init --name N [--relay URL]...                 make a profile
  whoami                                         this account: address, link, servers
  contact add ADDRESS [--name N]                 remember a person (address or link)
  contact list
  group create NAME --member ACCOUNT...          found a conversation
  group list
  group show GROUP                               members and state
  group accept GROUP                             accept an invitation by a stranger
  group add GROUP ACCOUNT...
  group remove GROUP ACCOUNT
  group rename GROUP NAME
  group promote GROUP ACCOUNT                    make a member an administrator; `demote` takes the rights
  group timer GROUP SECONDS|off                  how long messages are kept on every device
  group servers GROUP URL...                     move the group to other servers
  group leave GROUP
  group disband GROUP                            end it for everybody
  send GROUP TEXT [--wait S]                     TEXT "-": one message a line from the standard input
  reply GROUP MESSAGE TEXT                       answer a message
  react GROUP MESSAGE EMOJI [--remove]           react to a message
  edit GROUP MESSAGE TEXT                        replace an own message for everybody
  delete GROUP MESSAGE... [--for-me]             take own messages back for everybody
  queue [GROUP]                                  what is not sent yet, or not everywhere, and why
  queue edit GROUP MESSAGE TEXT                  write anew what has not left
  queue withdraw GROUP MESSAGE...                take back what has not left
  sync [--for S | --until-idle | --follow]       fetch and send; prints what arrives
  history GROUP [--limit N] [--search Q] [--ids] oldest first
  network show                                   how servers are reached
  network set PROXY                              system, none, or a proxy: http://... or socks5://...
  relay serve [--listen HOST:PORT] [--data DIR]  a server for a venue or a test
  doctor [--online]                              what is waiting, refused or wrong, and why

GROUP is an identifier, the beginning of one, or a name. MESSAGE is an identifier or the beginning of one, as
`history --ids` shows them. ACCOUNT is an address (npub), a link, or a contact's name.

options:
  --home DIR            the profile's folder (default: that of the desktop program)
  --passphrase-file F   the passphrase is its first line; otherwise it is asked for
  --json                one JSON object a line
  --help, --version

exit codes:
  0 done   1 failed   2 not understood   3 wrong passphrase
  4 profile missing, there already, damaged, newer, or open elsewhere   5 no server reached in time
)";

struct Entry {
    const char* command;
    const char* text;
};

constexpr Entry kEntries[] = {
    {"init", R"(valise-cli init --name N [--relay URL]... [--insecure-relays]

Makes a new profile in --home: an account key, an encrypted database, and what others need to invite this account,
which is published as soon as a server is reached. Give at least one relay to be reachable.

  --name N            the name others see, 1 to 64 characters
  --relay URL         wss://..., or ws:// for loopback and private addresses; up to 16 times
  --proxy PROXY       how servers are reached, from the first connection on: see network --help
  --insecure-relays   allow ws:// everywhere: others on the way then see who connects, never what is said.
                      The profile remembers it
)"},
    {"group", R"(valise-cli group create NAME --member ACCOUNT [--member ACCOUNT]...
valise-cli group list | show GROUP | accept GROUP
valise-cli group add GROUP ACCOUNT... | remove GROUP ACCOUNT | rename GROUP NAME | leave GROUP
valise-cli group promote GROUP ACCOUNT | demote GROUP ACCOUNT | disband GROUP
valise-cli group timer GROUP SECONDS|off | servers GROUP URL...

`create` finds each person's published invitation on the servers; who has not published one cannot be invited yet.
With one member and an empty NAME the conversation is a direct one. Only admins change a group; who founds it is one.
`promote` makes a member an admin too. Leaving is confirmed by another member; an admin's rights are handed over first.
`timer` sets how long messages are kept, for everybody. After `servers` those before are listened to for some time.
`disband` ends the group; its history stays on each computer.
An invitation by somebody who is not a contact waits until `accept`; writing to it accepts it too.
)"},
    {"send", R"(valise-cli send GROUP TEXT [--wait S]
valise-cli send GROUP -

Writes a message. It is kept encrypted on this computer and goes out as soon as a server of the group is reached, now or
at the next `sync`. With "-" each line of the standard input is a message. Prints each message with its state.

  --wait S   how long to wait for servers to take what was written, seconds (default 30)
)"},
    {"reply", R"(valise-cli reply GROUP MESSAGE TEXT [--wait S]

Writes a message that quotes another. MESSAGE is an identifier or its beginning, as `history GROUP --ids` shows them.
)"},
    {"react", R"(valise-cli react GROUP MESSAGE EMOJI [--remove] [--wait S]

Reacts to a message with an emoji; --remove takes the reaction back.
)"},
    {"edit", R"(valise-cli edit GROUP MESSAGE TEXT [--wait S]

Replaces the text of an own message for everybody. Who looks finds the earlier versions. A message that has not left yet
is simply written anew.
)"},
    {"delete", R"(valise-cli delete GROUP MESSAGE... [--for-me] [--wait S]

Takes own messages back for everybody; who has read them has read them. A message that has not left yet is not sent.

  --for-me   removes messages, also those of others, from this device only
)"},
    {"queue", R"(valise-cli queue [GROUP]
valise-cli queue edit GROUP MESSAGE TEXT
valise-cli queue withdraw GROUP MESSAGE...

Prints own messages that are not, or not everywhere, where they should be, in the order in which they were written, with
the beginning of each identifier and the truth about each:

  held       waits unsealed: no server of the group was reached, or the group is changing. `queue edit` and `queue withdraw`
             change it, and nobody ever sees that
  queued     sealed, and given to the servers again until one takes it
  sent       at least one server has it: accepted by N of M
  failed     every server refused it

Below it each server that has not accepted it: not reached and why, without an answer so far, or refused, in plain words.
Works without a connection, and nothing leaves while it runs. `edit` and `delete` change what has left.
)"},
    {"sync", R"(valise-cli sync [--for S | --until-idle | --follow]

Connects, fetches what arrived, sends what waits, and prints new messages as they come.

  --until-idle   ends when all was fetched and sent (the default); exit code 5 if no server was reached
  --for S        ends after S seconds
  --follow       stays until interrupted
)"},
    {"history", R"(valise-cli history GROUP [--limit N] [--search Q] [--ids]

Prints the conversation, oldest first, with what a message answers, its reactions, and whether it was edited or deleted.
Works without a connection.

  --limit N    the newest N messages (default 100)
  --search Q   only messages that contain Q, also inside words
  --ids        the beginning of each message's identifier, for reply, react, edit and delete
)"},
    {"network", R"(valise-cli network show
valise-cli network set PROXY [--proxy-password-file F]

Through what servers are reached. It is kept in the encrypted profile and holds for the window too. PROXY is one of:

  system                      what the operating system says (the default)
  none                        straight to the servers
  http://[USER@]HOST:PORT     a tunnel through an HTTP proxy
  socks5://[USER@]HOST:PORT   a SOCKS5 proxy

With an HTTP or SOCKS5 proxy the proxy looks up the names of the servers, and nothing goes round it when it is down. Only
servers on this computer (127.0.0.1, ::1, localhost) are reached without it.

  --proxy-password-file F   the proxy's password is its first line; otherwise it is asked for when there is a USER
)"},
    {"relay", R"(valise-cli relay serve [--listen HOST:PORT] [--data DIR] [--name N] [--events-per-minute N]

Runs a server (a Nostr relay) that carries sealed conversations, for a venue's network, a demonstration or a test. It
cannot read what it carries. Hands out invitations only to whom they are addressed.

  --listen HOST:PORT       default 127.0.0.1:7777; 0.0.0.0:7777 serves the whole network; port 0 takes a free one
  --data DIR               where events are kept; without it they are gone when it stops
  --events-per-minute N    limit for each connection (default 1200)
)"},
    {"doctor", R"(valise-cli doctor [--online]

Prints where the profile is, whether its database is sound, and what was refused, waits or failed, with reasons and counts.
With --online it connects first, and says of each server how it stands and why it cannot be reached.
)"},
    {"contact", R"(valise-cli contact add ADDRESS [--name N]
valise-cli contact list

ADDRESS is an npub, an nprofile or an invitation link. Invitations by contacts are accepted by themselves.
)"},
    {"whoami", R"(valise-cli whoami

Prints this account's name, address, public key, invitation link and servers.
)"},
};

} // namespace

QString helpText(const QString& command) {
    for (const Entry& entry : kEntries)
        if (command.split(QLatin1Char(' ')).first() == QLatin1String(entry.command))
            return QString::fromUtf8(entry.text);
    return QString::fromUtf8(kGeneral);
}

} // namespace valise::cli
