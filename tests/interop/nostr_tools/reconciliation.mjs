// SPDX-License-Identifier: AGPL-3.0-or-later
// nostr-tools compares its set of events with one of ours, and finds the missing and the additional ones (negentropy,
// NIP-77).
//   node reconciliation.mjs PATH/TO/negentropy_peer
import { spawn } from 'node:child_process'
import { createHash, webcrypto } from 'node:crypto'
import { createInterface } from 'node:readline'
// The package does not export this file.
import { Negentropy, NegentropyStorageVector } from './node_modules/nostr-tools/lib/esm/nip77.js'

// In Node 18 this object is not global.
globalThis.crypto ??= webcrypto

const peer = spawn(process.argv[2], { stdio: ['pipe', 'pipe', 'inherit'] })
const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]()
async function ask(line) {
  peer.stdin.write(line + '\n')
  const { value, done } = await lines.next()
  if (done) throw new Error('the peer ended')
  return value
}

const idOf = (number) => createHash('sha256').update(`event ${number}`).digest('hex')

let failed = 0
let passed = 0
async function compare({ both, ours, theirs, spread, frame }) {
  const title = `${both} in both, ${ours} here, ${theirs} there, over ${spread} s, frames of ${frame || 'any length'}`
  const storage = new NegentropyStorageVector()
  const have = new Set()
  const need = new Set()
  const wantHave = new Set()
  const wantNeed = new Set()
  await ask('clear')
  for (let n = 0; n < both + ours + theirs; n += 1) {
    const time = 1790000000 + ((n * 7919) % spread)
    if (n < both + ours) storage.insert(time, idOf(n))
    if (n < both || n >= both + ours) peer.stdin.write(`item ${time} ${idOf(n)}\n`)
    if (n >= both && n < both + ours) wantHave.add(idOf(n))
    if (n >= both + ours) wantNeed.add(idOf(n))
  }
  storage.seal()
  const seen = await ask(`seal ${frame}`)
  if (seen !== `${both + theirs}`) throw new Error(`the peer has ${seen} events`)
  const negentropy = new Negentropy(storage, frame || undefined)
  let message = negentropy.initiate()
  let rounds = 0
  while (message) {
    if (++rounds > 1000) throw new Error('no end')
    const answer = await ask(`respond ${message}`)
    if (answer.startsWith('error')) throw new Error(answer)
    message = negentropy.reconcile(answer, (id) => have.add(id), (id) => need.add(id))
  }
  const same = (a, b) => a.size === b.size && [...a].every((x) => b.has(x))
  if (same(have, wantHave) && same(need, wantNeed)) {
    passed += 1
  } else {
    failed += 1
    console.log(`FAILED: ${title}: ${have.size} and ${need.size} instead of ${wantHave.size} and ${wantNeed.size}`)
  }
}

for (const spread of [1, 50, 100000]) {
  for (const frame of [0, 4096, 60000]) {
    await compare({ both: 0, ours: 0, theirs: 0, spread, frame })
    await compare({ both: 0, ours: 1, theirs: 1, spread, frame })
    await compare({ both: 31, ours: 0, theirs: 1, spread, frame })
    await compare({ both: 2000, ours: 30, theirs: 40, spread, frame })
    await compare({ both: 100, ours: 0, theirs: 3000, spread, frame })
  }
}
peer.stdin.end()
console.log(`reconciliation: ${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
