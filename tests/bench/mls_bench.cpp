// SPDX-License-Identifier: AGPL-3.0-or-later
// MLS in a group of 1,000 (suite 0x0001): every operation compared with the sum of its primitives.
#include "core/mls/group.h"
#include "core/mls/secret_tree.h"
#include "core/mls/treekem.h"
#include "tests/bench/ratio_report.h"
#include "tests/support/seeded_random.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cstdio>
#include <ctime>

namespace {

using namespace valise;
using namespace valise::mls;

constexpr auto kSuite = CipherSuite::X25519Aes128Gcm;
constexpr std::size_t kOthers = 999;
constexpr std::size_t kMessage = 512;

template <typename T>
T must(Result<T> result) {
    if (!result.ok())
        abortInvariant(result.error().detail.c_str());
    return std::move(result).value();
}

KeyPackageBundle bundle(std::size_t number, crypto::Random& random) {
    KeyPackageInputs in;
    in.suite = kSuite;
    in.credential = Credential::basic(viewOf("Delegate " + std::to_string(number)));
    in.signer = crypto::ed25519Generate(random);
    in.capabilities.extensions = {extension_type::kAppDataDictionary};
    in.capabilities.proposals = {0x0008, 0x000a};
    in.lifetime = {0, UINT64_MAX};
    return KeyPackageBundle::generate(in, random);
}

//! Three members' views of a group of 1,000: the founder, its neighbour in the tree, and the last leaf.
struct World {
    crypto::SeededRandom random{7};
    KeyPackageBundle founderBundle = bundle(0, random);
    std::vector<KeyPackageBundle> others;
    CommitOptions addAll;
    std::optional<Group> founder;
    std::optional<Group> neighbour;
    Bytes welcome;
    Bytes pathCommit;
    std::vector<Bytes> messages;

    World() {
        for (std::size_t i = 1; i <= kOthers; ++i) {
            others.push_back(bundle(i, random));
            addAll.proposals.push_back({AddProposal{others.back().keyPackage}});
        }
        CommitResult made = must(newGroup().commit(addAll, random));
        founder = std::move(made.next);
        welcome = *made.welcome;
        neighbour = must(Group::join(welcome, others[0]));
        CommitOptions path;
        path.forcePath = true;
        pathCommit = must(founder->commit(path, random)).message;
        Group sender = *founder;
        for (int i = 0; i < 1000; ++i)
            messages.push_back(must(sender.protect(random.bytes(kMessage), {}, random)));
    }

    Group newGroup() { return must(Group::create(random.bytes(16), founderBundle, {}, random)); }
};

World& world() {
    static World w;
    return w;
}

double processorSeconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

template <typename F>
void timed(benchmark::State& state, F&& operation) {
    const double begin = processorSeconds();
    operation();
    state.SetIterationTime(processorSeconds() - begin);
}

// The operations

void protect(benchmark::State& state) {
    Group g = *world().founder;
    const Bytes text = world().random.bytes(kMessage);
    for (auto _ : state)
        benchmark::DoNotOptimize(must(g.protect(text, {}, world().random)));
}

void unprotect(benchmark::State& state) {
    std::optional<Group> g;
    std::size_t next = 0;
    for (auto _ : state) {
        if (next % world().messages.size() == 0) {
            g = *world().neighbour;
            // The sender's branch of the secret tree is derived at its first message, once per epoch.
            must(g->unprotect(world().messages[next++ % world().messages.size()]));
        }
        timed(state, [&] {
            benchmark::DoNotOptimize(must(g->unprotect(world().messages[next % world().messages.size()])));
        });
        ++next;
    }
}

void createAndAdd(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(must(world().newGroup().commit(world().addAll, world().random)));
}

void join(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(must(Group::join(world().welcome, world().others.back())));
}

void commitSender(benchmark::State& state) {
    CommitOptions path;
    path.forcePath = true;
    for (auto _ : state)
        benchmark::DoNotOptimize(must(world().founder->commit(path, world().random)));
}

void commitReceiver(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(must(world().neighbour->processCommit(world().pathCommit)));
}

void snapshot(benchmark::State& state) {
    Group g = *world().neighbour;
    for (auto _ : state) {
        Group copy = g;
        benchmark::DoNotOptimize(copy);
    }
}

//! A copy together with its first use, which makes it independent of the original.
void snapshotAndFirstUse(benchmark::State& state) {
    Group g = *world().neighbour;
    for (std::size_t i = 0; i < 10; ++i)
        must(g.unprotect(world().messages[i]));
    for (auto _ : state) {
        timed(state, [&] {
            Group copy = g;
            benchmark::DoNotOptimize(must(copy.unprotect(world().messages[10])));
        });
    }
}

// The primitives

struct Keys {
    crypto::SeededRandom random{9};
    crypto::Ed25519KeyPair signer = crypto::ed25519Generate(random);
    crypto::X25519KeyPair hpke = crypto::x25519Generate(random);
    crypto::KeyBytes aeadKey = random.key(16);
    crypto::KeyBytes nonce = random.key(12);
    crypto::KeyBytes secret = random.key(32);
};

Keys& keys() {
    static Keys k;
    return k;
}

void ratchetStep() {
    benchmark::DoNotOptimize(deriveTreeSecret(keys().secret, "key", 1, 16));
    benchmark::DoNotOptimize(deriveTreeSecret(keys().secret, "nonce", 1, 12));
    benchmark::DoNotOptimize(deriveTreeSecret(keys().secret, "secret", 1, 32));
}

//! One signature, one AEAD operation and one step of the ratchet.
void protectParts(benchmark::State& state) {
    const Bytes text = keys().random.bytes(kMessage);
    const Bytes signedOctets = keys().random.bytes(kMessage + world().founder->contextBytes().size() + 40);
    for (auto _ : state) {
        benchmark::DoNotOptimize(crypto::ed25519Sign(keys().signer, signedOctets));
        benchmark::DoNotOptimize(crypto::aeadSeal(aeadOf(kSuite), keys().aeadKey, keys().nonce, {}, text));
        ratchetStep();
    }
}

void unprotectParts(benchmark::State& state) {
    const Bytes text = keys().random.bytes(kMessage);
    const Bytes signedOctets = keys().random.bytes(kMessage + world().founder->contextBytes().size() + 40);
    const Bytes signature = crypto::ed25519Sign(keys().signer, signedOctets);
    const Bytes sealed = crypto::aeadSeal(aeadOf(kSuite), keys().aeadKey, keys().nonce, {}, text);
    for (auto _ : state) {
        benchmark::DoNotOptimize(crypto::ed25519Verify(keys().signer.publicKey, signedOctets, signature));
        benchmark::DoNotOptimize(crypto::aeadOpen(aeadOf(kSuite), keys().aeadKey, keys().nonce, {}, sealed));
        ratchetStep();
    }
}

void verifyTimes(std::size_t count) {
    // The octets that a leaf's signature covers.
    static const Bytes octets = keys().random.bytes(world().others[0].keyPackage.leafNode.raw.size());
    static const Bytes signature = crypto::ed25519Sign(keys().signer, octets);
    for (std::size_t i = 0; i < count; ++i)
        benchmark::DoNotOptimize(crypto::ed25519Verify(keys().signer.publicKey, octets, signature));
}

void sealTimes(std::size_t count, std::size_t infoSize, std::size_t size) {
    const Bytes info = keys().random.bytes(infoSize);
    const Bytes plain = keys().random.bytes(size);
    for (std::size_t i = 0; i < count; ++i)
        benchmark::DoNotOptimize(
            crypto::hpkeSeal(aeadOf(kSuite), keys().hpke.publicKey, info, {}, plain, keys().random));
}

//! 1,998 signature checks, and 999 HPKE seals of a joiner secret with a short context. RFC 9420 uses the
//! encrypted GroupInfo, with the whole tree, as the context of each seal. It is hashed once for all.
void createAndAddParts(benchmark::State& state) {
    for (auto _ : state) {
        verifyTimes(2 * kOthers);
        sealTimes(kOthers, 64, 36);
    }
}

void joinParts(benchmark::State& state) {
    for (auto _ : state)
        verifyTimes(kOthers);
}

void commitSenderParts(benchmark::State& state) {
    const std::size_t info = world().founder->contextBytes().size() + 40;
    for (auto _ : state)
        sealTimes(kOthers, info, kHashSize);
}

//! One HPKE open, one signature check over the commit's octets, ten key derivations.
void commitReceiverParts(benchmark::State& state) {
    const Bytes info = keys().random.bytes(world().founder->contextBytes().size() + 40);
    const auto sealed = must(crypto::hpkeSeal(aeadOf(kSuite), keys().hpke.publicKey, info, {},
                                              keys().random.bytes(kHashSize), keys().random));
    const Bytes octets = keys().random.bytes(world().pathCommit.size());
    const Bytes signature = crypto::ed25519Sign(keys().signer, octets);
    for (auto _ : state) {
        benchmark::DoNotOptimize(crypto::hpkeOpen(aeadOf(kSuite), keys().hpke.privateKey,
                                                  keys().hpke.publicKey, sealed.enc, info, {},
                                                  sealed.ciphertext));
        benchmark::DoNotOptimize(crypto::ed25519Verify(keys().signer.publicKey, octets, signature));
        for (int i = 0; i < 10; ++i) {
            benchmark::DoNotOptimize(deriveNodeKeyPair(keys().secret));
            benchmark::DoNotOptimize(deriveSecret(keys().secret, "path"));
        }
    }
}

//! The further hashes over the commit's octets that RFC 9420 requires: membership tag and confirmed
//! transcript.
void commitReceiverHashes(benchmark::State& state) {
    const Bytes octets = keys().random.bytes(world().pathCommit.size());
    for (auto _ : state) {
        benchmark::DoNotOptimize(crypto::hmacSha256(keys().secret, {octets}));
        benchmark::DoNotOptimize(crypto::sha256(octets));
    }
}

double heapMegabytes() {
    malloc_trim(0);
    return static_cast<double>(mallinfo2().uordblks) / 1e6;
}

void printMemory() {
    World& w = world();
    const double before = heapMegabytes();
    auto member = std::make_unique<Group>(must(Group::join(w.welcome, w.others.back())));
    const double joined = heapMegabytes();
    CommitOptions path;
    path.forcePath = true;
    auto pending = std::make_unique<CommitResult>(must(member->commit(path, w.random)));
    const double committing = heapMegabytes();
    std::printf("memory of a member after joining: %.2f MB (goal 12)\n", joined - before);
    std::printf("more while a commit is pending:   %.2f MB (goal 1)\n\n", committing - joined);
}

BENCHMARK(protect);
BENCHMARK(protectParts);
BENCHMARK(unprotect)->UseManualTime();
BENCHMARK(unprotectParts);
BENCHMARK(createAndAdd);
BENCHMARK(createAndAddParts);
BENCHMARK(join);
BENCHMARK(joinParts);
BENCHMARK(commitSender);
BENCHMARK(commitSenderParts);
BENCHMARK(commitReceiver);
BENCHMARK(commitReceiverParts);
BENCHMARK(commitReceiverHashes);
BENCHMARK(snapshot);
BENCHMARK(snapshotAndFirstUse)->UseManualTime();

} // namespace

int main(int argc, char** argv) {
    printMemory();
    return valise::bench::runAndReport(argc, argv,
                                       {{"protect", "protectParts", 1.3},
                                        {"unprotect", "unprotectParts", 1.3},
                                        {"createAndAdd", "createAndAddParts", 1.4},
                                        {"join", "joinParts", 1.25},
                                        {"commitSender", "commitSenderParts", 1.3},
                                        {"commitReceiver", "commitReceiverParts", 2.5}});
}
