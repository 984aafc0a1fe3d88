# SPDX-License-Identifier: AGPL-3.0-or-later
# SqlCipher::SqlCipher: the system's SQLCipher if it is 4.5 or later with FTS5. Otherwise the amalgamation, pinned by
# checksum, compiled into a static library against libcrypto.
#
# VALISE_SQLCIPHER_TARBALL (option or environment): a packager's own copy of the amalgamation package, so that nothing
# is fetched. VALISE_SQLCIPHER_SYSTEM=OFF: the system's SQLCipher is not used.
option(VALISE_SQLCIPHER_SYSTEM "Use the system's SQLCipher where it is new enough" ON)
set(VALISE_SQLCIPHER_TARBALL "$ENV{VALISE_SQLCIPHER_TARBALL}" CACHE FILEPATH "The SQLCipher amalgamation package, if at hand")

set(_sqlcipher_version 4.5.5)
set(_sqlcipher_name "commapp-sqlcipher-amalgamation-${_sqlcipher_version}.tgz")
set(_sqlcipher_sha256 5e49e540eb0274d8ba87c1ce680a1143971a2528e0783044a08b39c97ea07d13)

set(_sqlcipher_usable FALSE)
if(VALISE_SQLCIPHER_SYSTEM)
    find_package(PkgConfig QUIET)
    if(PkgConfig_FOUND)
        pkg_check_modules(SQLCIPHER QUIET IMPORTED_TARGET sqlcipher)
    endif()
    if(SQLCIPHER_FOUND)
        # The .pc file has SQLite's version, and no file says whether FTS5 is included. So a small program asks the
        # library.
        include(CheckCSourceRuns)
        set(CMAKE_REQUIRED_LIBRARIES PkgConfig::SQLCIPHER)
        check_c_source_runs(
            "
#define SQLITE_HAS_CODEC 1
#include <sqlite3.h>
#include <stdlib.h>
static int version(void* v, int n, char** cells, char** names) { (void)n; (void)names; *(double*)v = atof(cells[0]); return 0; }
int main(void) {
    sqlite3* db = 0; double v = 0;
    if (sqlite3_open(\":memory:\", &db)) return 1;
    if (sqlite3_key(db, \"x\", 1)) return 2;
    if (sqlite3_exec(db, \"PRAGMA cipher_version\", version, &v, 0) || v < 4.5) return 3;
    if (sqlite3_libversion_number() < 3034000) return 4;
    return sqlite3_exec(db, \"CREATE VIRTUAL TABLE t USING fts5(a, tokenize='trigram')\", 0, 0, 0) ? 5 : 0;
}
"
            VALISE_SYSTEM_SQLCIPHER_WORKS
        )
        unset(CMAKE_REQUIRED_LIBRARIES)
        set(_sqlcipher_usable ${VALISE_SYSTEM_SQLCIPHER_WORKS})
    endif()
endif()

if(_sqlcipher_usable)
    message(STATUS "SQLCipher: the system's (SQLite ${SQLCIPHER_VERSION})")
    add_library(valise_sqlcipher INTERFACE)
    target_link_libraries(valise_sqlcipher INTERFACE PkgConfig::SQLCIPHER)
    target_compile_definitions(valise_sqlcipher INTERFACE SQLITE_HAS_CODEC)
else()
    set(_sqlcipher_tarball "${VALISE_SQLCIPHER_TARBALL}")
    if(NOT _sqlcipher_tarball)
        set(_sqlcipher_cache "${CMAKE_SOURCE_DIR}/.cache/sqlcipher")
        set(_sqlcipher_tarball "${_sqlcipher_cache}/${_sqlcipher_name}")
        set(_sqlcipher_present "")
        if(EXISTS "${_sqlcipher_tarball}")
            file(SHA256 "${_sqlcipher_tarball}" _sqlcipher_present)
        endif()
        if(NOT _sqlcipher_present STREQUAL _sqlcipher_sha256)
            find_program(VALISE_NPM NAMES npm npm.cmd)
            if(NOT VALISE_NPM)
                message(
                    FATAL_ERROR
                        "Valise needs SQLCipher 4.5 or later with FTS5, which this system does not have, and npm, which "
                        "would bring its source, is not installed. Install npm (on Debian: apt-get install npm) and "
                        "configure again, or set VALISE_SQLCIPHER_TARBALL to a copy of the npm package "
                        "@commapp/sqlcipher-amalgamation ${_sqlcipher_version} "
                        "(npm pack @commapp/sqlcipher-amalgamation@${_sqlcipher_version})."
                )
            endif()
            message(STATUS "SQLCipher: bringing the amalgamation ${_sqlcipher_version} with npm")
            # Each configure run uses its own folder, so that two runs at once do not write into the same file.
            string(RANDOM LENGTH 12 _sqlcipher_unique)
            set(_sqlcipher_fetch "${_sqlcipher_cache}/fetch-${_sqlcipher_unique}")
            file(MAKE_DIRECTORY "${_sqlcipher_fetch}")
            execute_process(
                COMMAND "${VALISE_NPM}" pack --silent "@commapp/sqlcipher-amalgamation@${_sqlcipher_version}"
                WORKING_DIRECTORY "${_sqlcipher_fetch}"
                RESULT_VARIABLE _sqlcipher_result
                OUTPUT_VARIABLE _sqlcipher_output
                ERROR_VARIABLE _sqlcipher_error
                TIMEOUT 300
            )
            if(_sqlcipher_result EQUAL 0 AND EXISTS "${_sqlcipher_fetch}/${_sqlcipher_name}")
                file(RENAME "${_sqlcipher_fetch}/${_sqlcipher_name}" "${_sqlcipher_tarball}")
            endif()
            file(REMOVE_RECURSE "${_sqlcipher_fetch}")
            if(NOT EXISTS "${_sqlcipher_tarball}")
                message(
                    FATAL_ERROR
                        "npm could not bring the SQLCipher amalgamation (is there a network?):\n${_sqlcipher_output}"
                        "${_sqlcipher_error}\nSet VALISE_SQLCIPHER_TARBALL to a copy of ${_sqlcipher_name} to go without."
                )
            endif()
        endif()
    endif()
    if(NOT EXISTS "${_sqlcipher_tarball}")
        message(FATAL_ERROR "VALISE_SQLCIPHER_TARBALL names no file: ${_sqlcipher_tarball}")
    endif()
    file(SHA256 "${_sqlcipher_tarball}" _sqlcipher_present)
    if(NOT _sqlcipher_present STREQUAL _sqlcipher_sha256)
        message(
            FATAL_ERROR
                "The SQLCipher amalgamation ${_sqlcipher_tarball} is not the expected one.\n"
                "  expected SHA-256 ${_sqlcipher_sha256}\n  found            ${_sqlcipher_present}\nRemove it and try again."
        )
    endif()

    set(_sqlcipher_source "${CMAKE_BINARY_DIR}/_sqlcipher-${_sqlcipher_version}")
    if(NOT EXISTS "${_sqlcipher_source}/package/src/sqlite3.c")
        file(ARCHIVE_EXTRACT INPUT "${_sqlcipher_tarball}" DESTINATION "${_sqlcipher_source}" PATTERNS
             "package/src/*" "package/LICENSE"
        )
    endif()
    message(STATUS "SQLCipher: amalgamation ${_sqlcipher_version}")

    add_library(valise_sqlcipher STATIC "${_sqlcipher_source}/package/src/sqlite3.c")
    target_include_directories(valise_sqlcipher SYSTEM PUBLIC "${_sqlcipher_source}/package/src")
    target_compile_definitions(
        valise_sqlcipher
        PUBLIC SQLITE_HAS_CODEC
        PRIVATE SQLITE_TEMP_STORE=2
                SQLCIPHER_CRYPTO_OPENSSL
                SQLITE_ENABLE_FTS5
                SQLITE_THREADSAFE=1
                SQLITE_SECURE_DELETE
                SQLITE_DQS=0
                SQLITE_OMIT_LOAD_EXTENSION
                SQLITE_OMIT_DEPRECATED
                SQLITE_DEFAULT_MEMSTATUS=0
                SQLITE_DEFAULT_FOREIGN_KEYS=1
                SQLITE_DEFAULT_FILE_PERMISSIONS=0600
                SQLITE_LIKE_DOESNT_MATCH_BLOBS
                SQLITE_MAX_EXPR_DEPTH=200
                SQLITE_USE_URI=0
                $<$<NOT:$<PLATFORM_ID:Windows>>:HAVE_USLEEP=1>
    )
    # SQLCipher is always optimised, because in a debug build the tests would be very slow. Its warnings are not ours to
    # fix.
    if(MSVC)
        target_compile_options(valise_sqlcipher PRIVATE /O2 /W0)
    else()
        target_compile_options(valise_sqlcipher PRIVATE -O2 -w -fvisibility=hidden)
    endif()
    target_link_libraries(valise_sqlcipher PUBLIC OpenSSL::Crypto PRIVATE Threads::Threads ${CMAKE_DL_LIBS})
endif()
add_library(SqlCipher::SqlCipher ALIAS valise_sqlcipher)
