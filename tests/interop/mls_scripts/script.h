// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/interop/mls_scripts/client.h"

#include <functional>
#include <map>
#include <set>

namespace valise::interop {

//! What scripts did, for the line at the end.
struct Tally {
    std::uint64_t epochs = 0;
    std::uint64_t messages = 0; //!< application messages opened
    std::uint64_t late = 0;     //!< of these, those of a past epoch
    std::uint64_t refusals = 0; //!< things that had to fail and did
    std::size_t largestGroup = 0;
    std::map<std::string, std::uint64_t> operations; //!< by kind and side
};

//! A group with members of both implementations, driven by random choices. After each epoch all members must
//! see the same, and what a model of RFC 9420 says they must see.
class Script {
public:
    struct Settings {
        std::uint64_t seed = 0;
        mls::CipherSuite suite = mls::CipherSuite::X25519Aes128Gcm;
        std::uint32_t members = 2; //!< at most; at least 2
        std::uint32_t steps = 1;   //!< epochs
    };
    //! Makes a client of the foreign implementation: name, extensions of its leaves, whether to add GREASE.
    using MakeForeign =
        std::function<Result<std::unique_ptr<Client>>(std::string_view, const mls::Extensions&, bool)>;

    Script(const Settings& settings, MakeForeign makeForeign, Tally& tally);

    //! Everything from the founding to the last epoch. Errors: whatever a client refused, or InvalidCommit
    //! for a disagreement.
    Result<void> run();
    //! After a failure: the steps so far, then what each member sees.
    std::string report();

private:
    //! A client and what the script knows of it.
    struct Delegate {
        std::string name;
        std::unique_ptr<Client> client;
        std::uint64_t since = 0; // the epoch in which it came
        mls::LeafIndex leaf = 0;
    };
    //! A proposal that could be committed.
    struct Pending {
        std::string kind;
        Delegate* by = nullptr;      // absent for one from outside
        Delegate* subject = nullptr; // who is added, updated or removed
        mls::Proposal proposal;      // not for an Update
        Bytes ref;                   // if it was sent
        Bytes message;               // likewise
        Bytes aad;                   // likewise
    };
    //! A commit, and what must come of it.
    struct Plan {
        CommitPlan wire;
        std::vector<std::string> words; // for the log
        std::vector<std::string> kinds; // for the tally
        std::vector<Delegate*> joining;
        std::vector<Delegate*> leaving;
        std::set<const Delegate*> touched; // a proposal concerns this member's leaf
        std::set<std::uint16_t> components;
        mls::AppDataDictionary dictionary;
        mls::Extensions extensions; // with the former dictionary
        bool extensionsChange = false;
        bool resumption = false;
        std::size_t room = 0; // for members
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
    //! Somebody to add. It counts as one who left until it has joined.
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
    //! Somebody's commit that nobody will see.
    Result<void> loseCommit();
    Plan newPlan() const;
    //! All members follow the commit, which `committer` has followed already. `ahead` is a message of the new
    //! epoch, if there is one.
    Result<void> advance(const Bytes& commit, Delegate& committer, const Plan& plan,
                         const std::optional<Bytes>& ahead);
    Result<void> checkAgreement();
    //! Those who went read nothing later, those who came nothing earlier.
    Result<void> checkOutsiders(const std::vector<Delegate*>& gone, const std::vector<Delegate*>& came);
    //! `message` must be refused. `why` says what is wrong with it.
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
    //! Whether a commit by `committer` may carry this together with what the plan has; then it does.
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
    crypto::SeededRandom m_choices; // what happens
    crypto::SeededRandom m_random;  // keys and contents
    std::uint32_t m_limit;          // members, for this script
    Bytes m_groupId;
    std::uint64_t m_epoch = 0;
    mls::Extensions m_extensions;
    std::vector<std::unique_ptr<Delegate>> m_everybody;
    std::vector<Delegate*> m_members;
    std::vector<Delegate*> m_former;
    std::vector<Delegate*> m_authorities; // they may propose from outside, while the group lists them

    // Of this epoch
    Delegate* m_committer = nullptr; // unless one from outside comes first
    std::vector<Pending> m_pending;
    std::vector<Withheld> m_withheld; // proposals that did not arrive yet
    std::map<Bytes, Bytes> m_psks;    // external ones: id and secret
    Bytes m_earlier;                  // a message, for those who come with the next epoch

    std::vector<Delivery> m_deliveries;
    std::vector<std::string> m_log;
};

//! An error that says in what the members differ.
Error disagreement(std::string what);

//! GroupContext extensions of a script. The dictionary stands last, because openmls moves it there when it
//! changes (see ../README.md).
mls::Extensions groupExtensions(const mls::AppDataDictionary& dictionary,
                                const std::optional<mls::Extension>& externalSenders,
                                const std::optional<Bytes>& privateData);
//! Extensions of a leaf that lists these components.
mls::Extensions leafExtensions(const std::vector<std::uint16_t>& components);

//! The components whose states change: so many, from this one on.
inline constexpr std::uint16_t kFirstComponent = 0x8001;
inline constexpr std::uint16_t kComponents = 5;
//! So many members a script leaves.
inline constexpr std::uint32_t kFewest = 2;

} // namespace valise::interop
