// SPDX-License-Identifier: AGPL-3.0-or-later
// The responder of core/nostr/negentropy for foreign programs. One command per line:
//   clear              makes an empty set; answers "ok"
//   item TIME ID       adds an event; no answer
//   seal FRAME         completes the set, with messages of at most FRAME octets (0: any); answers the
//                      number of events
//   respond HEX        answers the message, or "error ..."
#include "core/base/encoding.h"
#include "core/nostr/negentropy.h"

#include <iostream>
#include <sstream>

using namespace valise;

int main() {
    std::vector<nostr::NegentropyItem> items;
    std::optional<nostr::Negentropy> side;
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream words(line);
        std::string command;
        words >> command;
        if (command == "clear") {
            items.clear();
            std::cout << "ok" << std::endl;
        } else if (command == "item") {
            nostr::NegentropyItem item;
            std::string id;
            words >> item.timestamp >> id;
            const auto octets = fromHexFixed<32>(id);
            if (!octets)
                return 1;
            item.id = *octets;
            items.push_back(item);
        } else if (command == "seal") {
            std::size_t frame = 0;
            words >> frame;
            auto made = nostr::Negentropy::make(items, frame);
            if (!made)
                return 1;
            side = std::move(*made);
            std::cout << side->size() << std::endl;
        } else if (command == "respond" && side) {
            std::string hex;
            words >> hex;
            const auto message = fromHex(hex);
            const auto answer = message ? side->respond(*message) : Result<Bytes>(message.error());
            std::cout << (answer ? toHex(*answer) : "error " + answer.error().detail) << std::endl;
        } else {
            return 1;
        }
    }
    return 0;
}
