// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/interop/mls_scripts/client.h"
#include "tests/support/seeded_random.h"

#include <functional>
#include <map>
#include <set>

namespace valise::interop {

//! Counters of the scripts, for the last line of output.
struct Tally {
    std::uint64_t epochs = 0;
    std::uint64_t messages = 0; //!< application messages opened
    std::uint64_t late = 0;     //!< application messages of a past epoch, among these
    std::uint64_t refusals = 0; //!< operations that had to fail and failed
    std::size_t largestGroup = 0;
    std::map<std::string, std::uint64_t> operations; //!< by kind and side
};

//! A group with members of both implementations, driven by random choices. After each epoch all members must
//! agree, and their values must be those of a model of RFC 9420.
class Script {
public:
    struct Settings {
        std::uint64_t seed = 0;
        mls::CipherSuite suite = mls::CipherSuite::X25519Aes128Gcm;
        std::uint32_t members = 2; //!< the largest number; at least 2
        std::uint32_t steps = 1;   //!< epochs
    };
    //! Makes a client of the foreign implementation from: name, extensions of its leaves, whether to add
    //! GREASE.
    using MakeForeign =
        std::function<Result<std::unique_ptr<Client>>(std::string_view, const mls::Extensions&, bool)>;

    Script(const Settings& settings, MakeForeign makeForeign, Tally& tally);

    //! Runs from the founding to the last epoch. Errors: any error of a client, or InvalidCommit if members
    //! disagree.
    Result<void> run();
    //! A report after a failure: the steps so far, then each member's view.
    std::string report();

private:
    //! A client with the script's data about it.
    struct Delegate {
        std::string name;
        std::unique_ptr<Client> client;
        std::uint64_t since = 0; // the epoch in which it joined
        mls::LeafIndex leaf = 0;
    };
    //! A proposal that can be committed.
    struct Pending {
        std::string kind;
        Delegate* by = nullptr;      // absent for one from outside
        Delegate* subject = nullptr; // the member that is added, updated or removed
        mls::Proposal proposal;      // not set for an Update
        Bytes ref;                   // if it was sent
        Bytes message;               // if it was sent
        Bytes aad;                   // if it was sent
    };
    //! A commit and its expected results.
    struct Plan {
        CommitPlan wire;
        std::vector<std::string> words; // for the log
        std::vector<std::string> kinds; // for the tally
        std::vector<Delegate*> joining;
        std::vector<Delegate*> leaving;
        std::set<const Delegate*> touched; // members whose leaf a proposal concerns
        std::set<std::uint16_t> components;
        mls::AppDataDictionary dictionary;
        mls::Extensions extensions; // with the former dictionary
        bool extensionsChange = false;
        bool resumption = false;
        std::size_t room = 0; // for further members
    };
    struct Letter {
        Bytes message;
        Bytes plaintext;
        Bytes aad;
        std::uint64_t epoch = 0;
        mls::LeafIndex sender = 0;
    };
    struct Delivery {
        std::shared_ptr<const Letter> letter;
        Delegate* to = nullptr;
        std::uint64_t due = 0; // the epoch
    };
    struct Withheld {
        Delegate* from = nullptr;
        Pending proposal;
    };

    // The people
    Result<Delegate*> makeDelegate(bool ours);
    //! A client to add. It counts as a former member until it has joined.
    Result<Delegate*> newcomer();
    Delegate& any();
    Delegate* anyBut(const std::vector<const Delegate*>& excluded);
    bool isMember(const Delegate& d) const;

    // One epoch
    Result<void> found();
    Result<void> epoch();
    Result<void> restartSomebody();
    Result<void> commitByMember();
    Result<void> commitFromOutside();
    //! A commit that no other member will receive.
    Result<void> loseCommit();
    Plan newPlan() const;
    //! All members follow the commit; `committer` has followed it already. `ahead` is a message of the new
    //! epoch, if there is one.
    Result<void> advance(const Bytes& commit, Delegate& committer, const Plan& plan,
                         const std::optional<Bytes>& ahead);
    Result<void> checkAgreement();
    //! Former members must not read later messages, and new members no earlier ones.
    Result<void> checkOutsiders(const std::vector<Delegate*>& gone, const std::vector<Delegate*>& came);
    //! Requires that `message` is refused. `why` describes its fault.
    Result<void> mustRefuse(Delegate& d, const Bytes& message, const char* why);
    Bytes damaged(Bytes message);

    // Proposals
    Result<void> proposeSome();
    Result<void> proposeOne();
    Result<void> askToJoin();
    Result<void> proposeFromOutside();
    Result<void> distribute(Pending proposal);
    Result<void> takeIn(Delegate& d, const Pending& proposal);
    Result<mls::Proposal> addProposal(Delegate& newcomer, Bytes* keyPackage = nullptr);
    mls::Proposal pskProposal(bool resumption);
    Result<mls::Proposal> extensionsProposal();
    mls::Proposal appDataProposal();
    LeafChange leafChange(bool canRotate);
    mls::Framing framing(bool canBePrivate);
    Result<void> storePsks(Delegate& d);
    //! True if a commit by `committer` may contain this together with the rest of the plan. It is then added
    //! to the plan.
    bool admit(Plan& plan, const Delegate* committer, const Pending& what);
    void chooseStored(Plan& plan, const Delegate& committer);
    Result<void> chooseByValue(Plan& plan, Delegate& committer);

    // Application messages
    Result<void> talk();
    Result<Bytes> send(Delegate& from, bool atOnce);
    Result<void> deliver();

    std::uint32_t pick(std::uint32_t bound) { return m_choices.uniform(bound); }
    bool oneIn(std::uint32_t n) { return pick(n) == 0; }
    void note(std::string what);
    void count(const std::string& operation, const Delegate& by);

    const Settings m_settings;
    const MakeForeign m_makeForeign;
    Tally& m_tally;
    crypto::SeededRandom m_choices; // for the events
    crypto::SeededRandom m_random;  // for keys and contents
    std::uint32_t m_limit;          // of members, for this script
    Bytes m_groupId;
    std::uint64_t m_epoch = 0;
    mls::Extensions m_extensions;
    std::vector<std::unique_ptr<Delegate>> m_everybody;
    std::vector<Delegate*> m_members;
    std::vector<Delegate*> m_former;
    std::vector<Delegate*> m_authorities; // external senders, as long as the group lists them

    // Of this epoch
    Delegate* m_committer = nullptr; // unset if an external commit comes first
    std::vector<Pending> m_pending;
    std::vector<Withheld> m_withheld; // proposals that have not arrived yet
    std::map<Bytes, Bytes> m_psks;    // external ones: id and secret
    Bytes m_earlier;                  // a message for the members that join in the next epoch

    std::vector<Delivery> m_deliveries;
    std::vector<std::string> m_log;
};

//! An error that describes the difference between members.
Error disagreement(std::string what);

//! GroupContext extensions of a script. The dictionary is last, because openmls moves it to the end when it
//! changes (see ../README.md).
mls::Extensions groupExtensions(const mls::AppDataDictionary& dictionary,
                                const std::optional<mls::Extension>& externalSenders,
                                const std::optional<Bytes>& privateData);
//! Extensions of a leaf that lists these components.
mls::Extensions leafExtensions(const std::vector<std::uint16_t>& components);

//! The components whose states change: the first id and their number.
inline constexpr std::uint16_t kFirstComponent = 0x8001;
inline constexpr std::uint16_t kComponents = 5;
//! The least number of members that a script leaves in a group.
inline constexpr std::uint32_t kFewest = 2;

} // namespace valise::interop
