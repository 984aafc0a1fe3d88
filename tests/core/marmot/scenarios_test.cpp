// SPDX-License-Identifier: AGPL-3.0-or-later
// The published conformance scenarios, each with its stated outcomes.
#include "tests/core/marmot/scenario_driver.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

using namespace valise;
using namespace valise::marmot;

namespace {

// Scenarios that do not apply to this program, each with the reason.
const std::map<std::string, std::string> kNotApplicable{
    {"publish-fail.v1.json",
     "it takes a founding back when no Welcome was delivered, whereas the adopted text makes the founder's "
     "state canonical at once and each Welcome a duty of its own"},
};

std::vector<std::string> scenarioFiles() {
    std::vector<std::string> out;
    const char* root = std::getenv("VALISE_VECTORS");
    const std::string base = "marmot/mdk/scenarios";
    for (const char* folder : {"", "/incidents", "/generated-inputs"}) {
        const std::filesystem::path path = std::string(root ? root : "") + "/" + base + folder;
        if (!std::filesystem::is_directory(path))
            continue;
        for (const auto& entry : std::filesystem::directory_iterator(path))
            if (entry.path().extension() == ".json" &&
                entry.path().filename().string().find("manifest") == std::string::npos)
                out.push_back(base + folder + "/" + entry.path().filename().string());
    }
    std::sort(out.begin(), out.end());
    return out;
}

// Checks the outcomes of older files, which state a whole trace.
void checkTrace(const marmot::test::ScenarioDriver& driver, simdjson::dom::element trace) {
    std::size_t checked = 0;
    for (const simdjson::dom::element seen : simdjson::dom::array(trace["observations"])) {
        driver.checkObservation(seen);
        ++checked;
    }
    CHECK(checked > 0);
}

} // namespace

TEST_CASE("the published scenarios end as they state, also when every client restarts after every step") {
    const bool crashing = GENERATE(false, true);
    const std::vector<std::string> files = scenarioFiles();
    if (files.empty()) {
        std::cout << "skipped: published scenarios not present\n";
        return;
    }
    std::size_t run = 0;
    std::size_t outcomes = 0;
    for (const std::string& name : files) {
        const auto why = kNotApplicable.find(std::filesystem::path(name).filename().string());
        if (why != kNotApplicable.end()) {
            std::cout << "not applicable: " << name << ": " << why->second << "\n";
            continue;
        }
        INFO(name);
        const auto file = valise::test::openVectors(name);
        REQUIRE(file);
        simdjson::dom::element root = file->root();
        simdjson::dom::element wrapped;
        if (root["case"].get(wrapped) == simdjson::SUCCESS)
            root = wrapped;
        marmot::test::ScenarioDriver driver(root["scenario"], crashing);
        driver.run();
        simdjson::dom::array expected;
        if (root["expected_outcomes"].get(expected) == simdjson::SUCCESS) {
            for (const simdjson::dom::element outcome : expected) {
                driver.check(outcome);
                ++outcomes;
            }
        } else {
            checkTrace(driver, root["expected_trace"]);
            ++outcomes;
        }
        ++run;
    }
    std::cout << (crashing ? "with restarts, scenarios run: " : "scenarios run: ") << run << " of "
              << files.size() << ", outcomes checked: " << outcomes << "\n";
    CHECK(run + kNotApplicable.size() == files.size());
    CHECK(outcomes >= run);
}
