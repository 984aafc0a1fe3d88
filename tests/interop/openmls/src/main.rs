// SPDX-License-Identifier: AGPL-3.0-or-later
//! The openmls side of the exchange with Valise's MLS. It reads one JSON object per line and answers
//! each with one per line. It plays any number of clients, each with its own keys and storage.
//!
//! `{"command": NAME, "client": NUMBER, ...}` is answered with an object of results, or with
//! `{"error": TEXT}`. Binary values are hexadecimal text; messages are MLSMessages.
//!
//! | command | fields | answer |
//! | --- | --- | --- |
//! | `new` | suite, identity, leaf_extensions, extension (a private type to support), grease | |
//! | `key_package` | | message |
//! | `create` | group_id, extensions | |
//! | `join` | welcome, tree? | |
//! | `external_join` | group_info, tree?, psks, app_data, self_removes, aad | commit |
//! | `propose` | proposal, private, aad | message, ref |
//! | `propose_join` | key_package, group_id, epoch | message |
//! | `external_sender` | | signature_key, identity |
//! | `propose_outside` | proposal, group_id, epoch, index | message |
//! | `commit` | proposals, references, leaf_extensions?, force_path, rotate, private, aad, tree | commit, welcome or null |
//! | `merge`, `clear` | the pending commit | |
//! | `process` | message | kind, sender, and what the kind brings |
//! | `reload` | | |
//! | `protect` | plaintext, aad | message |
//! | `export` | label, context, length | secret |
//! | `state`, `tree` | | see client.rs |
//! | `group_info` | tree | message |
//! | `store_psk` | id, secret | |
//! | `drop`, `reset` | one client, all clients | |

mod client;
mod proposals;
mod request;

use client::Client;
use request::{Answer, Request};
use serde_json::json;
use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::panic::{catch_unwind, AssertUnwindSafe};

fn obey(line: &str, clients: &mut HashMap<u64, Client>) -> Answer {
    let request = Request::parse(line)?;
    let command = request.text("command")?;
    if command == "reset" {
        clients.clear();
        return Ok(json!({}));
    }
    let number = request.number("client")?;
    match command {
        "new" => {
            clients.insert(number, Client::new(&request)?);
            return Ok(json!({}));
        }
        "drop" => {
            clients.remove(&number);
            return Ok(json!({}));
        }
        _ => {}
    }
    let client = clients.get_mut(&number).ok_or("no such client")?;
    match command {
        "key_package" => client.key_package(),
        "create" => client.create(&request),
        "join" => client.join(&request),
        "external_join" => client.external_join(&request),
        "propose" => client.propose(&request),
        "propose_join" => client.propose_join(&request),
        "external_sender" => client.external_sender(),
        "propose_outside" => client.propose_outside(&request),
        "commit" => client.commit(&request),
        "merge" => client.merge(),
        "clear" => client.clear(),
        "process" => client.process(&request),
        "reload" => client.reload(),
        "protect" => client.protect(&request),
        "export" => client.export(&request),
        "state" => client.state(),
        "tree" => client.tree(),
        "group_info" => client.group_info(&request),
        "store_psk" => client.store_psk(&request),
        other => Err(format!("no command is called {other}")),
    }
}

fn main() -> std::io::Result<()> {
    let mut clients = HashMap::new();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        // A panic of the library becomes an answer too, so that the caller knows which message
        // caused it.
        let answer = catch_unwind(AssertUnwindSafe(|| obey(&line, &mut clients)))
            .unwrap_or_else(|_| Err("the library panicked".into()))
            .unwrap_or_else(|error| json!({ "error": error }));
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}
