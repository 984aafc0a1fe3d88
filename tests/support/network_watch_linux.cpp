// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/network_watch.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <mutex>

namespace {

// Qt looks names up on threads of its own.
std::mutex guard;
std::atomic<bool> watching{false};
std::vector<std::string> seenLookups;
std::vector<std::string> seenConnections;

std::string textOf(const sockaddr* address) {
    char text[INET6_ADDRSTRLEN] = {};
    if (address->sa_family == AF_INET) {
        const auto* v4 = reinterpret_cast<const sockaddr_in*>(address);
        inet_ntop(AF_INET, &v4->sin_addr, text, sizeof text);
        return std::string(text) + ":" + std::to_string(ntohs(v4->sin_port));
    }
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address);
    inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof text);
    return "[" + std::string(text) + "]:" + std::to_string(ntohs(v6->sin6_port));
}

} // namespace

// The linker prefers the program's own definitions to the C library's, also for the libraries it loads.
extern "C" {
__attribute__((visibility("default"))) int getaddrinfo(const char* node, const char* service,
                                                       const addrinfo* hints, addrinfo** result) {
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    if (watching && node) {
        const std::lock_guard lock(guard);
        seenLookups.emplace_back(node);
    }
    return real(node, service, hints, result);
}

__attribute__((visibility("default"))) int connect(int socket, const sockaddr* address, socklen_t length) {
    using Function = int (*)(int, const sockaddr*, socklen_t);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "connect"));
    // The C library itself "connects" datagram sockets to sort addresses. That sends nothing.
    int type = 0;
    socklen_t size = sizeof type;
    getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &size);
    if (watching && address && type == SOCK_STREAM &&
        (address->sa_family == AF_INET || address->sa_family == AF_INET6)) {
        const std::lock_guard lock(guard);
        seenConnections.push_back(textOf(address));
    }
    return real(socket, address, length);
}
}

namespace valise::test {

NetworkWatch::NetworkWatch() {
    const std::lock_guard lock(guard);
    seenLookups.clear();
    seenConnections.clear();
    watching = true;
}

NetworkWatch::~NetworkWatch() {
    watching = false;
}

bool NetworkWatch::works() {
    return true;
}

std::vector<std::string> NetworkWatch::lookups() const {
    const std::lock_guard lock(guard);
    return seenLookups;
}

std::vector<std::string> NetworkWatch::connections() const {
    const std::lock_guard lock(guard);
    return seenConnections;
}

} // namespace valise::test
