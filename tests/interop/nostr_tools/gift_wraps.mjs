// SPDX-License-Identifier: AGPL-3.0-or-later
// nostr-tools opens gift wraps of Valise, and Valise opens those of nostr-tools (NIP-44 v2, NIP-59).
//   node gift_wraps.mjs PATH/TO/giftwrap_peer
import { spawn } from 'node:child_process'
import { randomBytes, webcrypto } from 'node:crypto'
import { createInterface } from 'node:readline'
import { finalizeEvent, generateSecretKey, getEventHash, getPublicKey, verifyEvent } from 'nostr-tools/pure'
import * as nip44 from 'nostr-tools/nip44'
import { createRumor, createSeal, createWrap, unwrapEvent, wrapEvent } from 'nostr-tools/nip59'

// In Node 18 this object is not global.
globalThis.crypto ??= webcrypto

const hex = (bytes) => Buffer.from(bytes).toString('hex')

class Peer {
  constructor(path) {
    this.waiting = []
    this.process = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.process.on('error', (error) => this.fail(error))
    this.process.on('exit', (code) => this.fail(new Error(`the peer ended with ${code}`)))
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      const { resolve, timer } = this.waiting.shift()
      clearTimeout(timer)
      resolve(JSON.parse(line))
    })
  }
  fail(error) {
    for (const { reject, timer } of this.waiting.splice(0)) {
      clearTimeout(timer)
      reject(error)
    }
  }
  ask(request) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the peer gave no answer in 30 s')), 30000)
      this.waiting.push({ resolve, reject, timer })
      this.process.stdin.write(JSON.stringify(request) + '\n')
    })
  }
  end() {
    this.process.removeAllListeners('exit')
    this.process.stdin.end()
  }
}

let passed = 0
let failed = 0
async function check(title, action) {
  try {
    await action()
    passed += 1
  } catch (error) {
    failed += 1
    console.log(`FAILED: ${title}: ${error.message}`)
  }
}
function same(actual, expected, what) {
  if (JSON.stringify(actual) !== JSON.stringify(expected))
    throw new Error(`${what}: ${JSON.stringify(actual)?.slice(0, 200)} instead of ${JSON.stringify(expected)?.slice(0, 200)}`)
}
const refused = (reply, ...names) => {
  if (!names.includes(reply.error)) throw new Error(`${JSON.stringify(reply).slice(0, 200)} instead of an error ${names}`)
}

const contents = {
  'one character': 'x',
  '31 octets': 'a'.repeat(31),
  '32 octets': 'b'.repeat(32),
  '33 octets': 'c'.repeat(33),
  'quotes and controls': 'a "quoted" \\ line\nand\ttab \b\f\r \u0001 \u001f \u007f',
  'line separators': '\u2028 \u2029 \ufeff',
  French: 'La délégation de Kasara réserve sa position.',
  Arabic: 'يتحفظ وفد نوردفالي على الفقرة الرابعة',
  Chinese: '卡萨拉代表团保留其立场。',
  'beyond the first plane': '🕊️ 👩🏽‍⚖️ 𝔙',
  slashes: 'https://example.invalid/a/b </script>',
  '30,000 octets': 'Article '.repeat(3750),
}
for (let i = 0; i < 40; i += 1) {
  const length = 1 + Math.floor(Math.random() * 3000)
  contents[`random text ${i} of ${length} octets`] = randomBytes(length).toString('base64').slice(0, length)
}

const peer = new Peer(process.argv[2])
const ours = generateSecretKey()
const theirs = generateSecretKey()
const stranger = generateSecretKey()
const [ourPublic, theirPublic] = [getPublicKey(ours), getPublicKey(theirs)]
const now = () => Math.floor(Date.now() / 1000)

await check('both derive the same public key', async () => {
  same((await peer.ask({ command: 'public', private: hex(ours) })).public, ourPublic, 'public key')
})

for (const [name, content] of Object.entries(contents)) {
  const tags = [['e', 'f'.repeat(64), 'wss://relay.example.invalid', ''], ['subject', content.slice(0, 40)]]
  const draft = { kind: 444, created_at: now(), tags, content }

  await check(`nostr-tools opens ours: ${name}`, async () => {
    const rumor = { ...draft, pubkey: ourPublic }
    rumor.id = getEventHash(rumor)
    const reply = await peer.ask({ command: 'wrap', private: hex(ours), recipient: theirPublic, rumor: JSON.stringify(rumor) })
    if (reply.error) throw new Error(`the peer refused: ${reply.error}`)
    const wrap = reply.event
    same(wrap.kind, 1059, 'kind of the wrap')
    same(verifyEvent({ ...wrap }), true, 'signature of the wrap')
    same(wrap.tags.filter((tag) => tag[0] === 'p').map((tag) => tag[1]), [theirPublic], 'recipient')
    if (wrap.pubkey === ourPublic) throw new Error('the wrap names its sender')
    if (wrap.created_at > now() + 5 || wrap.created_at < now() - 172800 - 5) throw new Error('time of the wrap')
    const seal = JSON.parse(nip44.decrypt(wrap.content, nip44.getConversationKey(theirs, wrap.pubkey)))
    same([seal.kind, seal.pubkey, seal.tags], [13, ourPublic, []], 'seal')
    same(verifyEvent({ ...seal }), true, 'signature of the seal')
    const opened = unwrapEvent(wrap, theirs)
    same([opened.id, opened.pubkey, opened.kind, opened.created_at, opened.tags, opened.content],
         [rumor.id, ourPublic, 444, rumor.created_at, tags, content], 'rumor')
    same('sig' in opened, false, 'a rumor has no signature')
  })

  await check(`we open theirs: ${name}`, async () => {
    const wrap = wrapEvent(draft, theirs, ourPublic)
    const reply = await peer.ask({ command: 'unwrap', private: hex(ours), event: JSON.stringify(wrap) })
    if (reply.error) throw new Error(`the peer refused: ${reply.error}`)
    same(reply.sender, theirPublic, 'sender')
    const { rumor } = reply
    same([rumor.pubkey, rumor.kind, rumor.created_at, rumor.tags, rumor.content],
         [theirPublic, 444, draft.created_at, tags, content], 'rumor')
    same(rumor.id, getEventHash(rumor), 'id of the rumor')
  })
}

const draft = { kind: 444, created_at: now(), tags: [], content: 'a sealed note' }
const unwrap = (event, key = ours) => peer.ask({ command: 'unwrap', private: hex(key), event: JSON.stringify(event) })

await check('refused: a wrap for someone else', async () => {
  refused(await unwrap(wrapEvent(draft, theirs, getPublicKey(stranger))), 'wrong_recipient')
})
await check('refused: a changed signature', async () => {
  const wrap = wrapEvent(draft, theirs, ourPublic)
  wrap.sig = (wrap.sig[0] === '0' ? '1' : '0') + wrap.sig.slice(1)
  refused(await unwrap(wrap), 'invalid_signature')
})
await check('refused: changed content under the old id', async () => {
  const wrap = wrapEvent(draft, theirs, ourPublic)
  wrap.content = wrap.content.slice(0, 60) + (wrap.content[60] === 'A' ? 'B' : 'A') + wrap.content.slice(61)
  refused(await unwrap(wrap), 'invalid_event')
})
await check('refused: changed ciphertext, signed again', async () => {
  const wrap = wrapEvent(draft, theirs, ourPublic)
  const bytes = Buffer.from(wrap.content, 'base64')
  bytes[50] ^= 1
  refused(await unwrap(finalizeEvent({ kind: 1059, created_at: now(), tags: wrap.tags, content: bytes.toString('base64') }, stranger)),
          'decryption_failed')
})
await check('refused: a rumor that names another author than the seal', async () => {
  const rumor = createRumor(draft, theirs)
  rumor.pubkey = getPublicKey(stranger)
  rumor.id = getEventHash(rumor)
  refused(await unwrap(createWrap(createSeal(rumor, theirs, ourPublic), ourPublic)), 'invalid_event')
})
await check('refused: a seal with tags', async () => {
  const rumor = createRumor(draft, theirs)
  const sealed = createSeal(rumor, theirs, ourPublic)
  const tagged = finalizeEvent({ kind: 13, created_at: now(), tags: [['p', ourPublic]], content: sealed.content }, theirs)
  refused(await unwrap(createWrap(tagged, ourPublic)), 'invalid_event')
})
await check('refused: a seal whose signature is wrong', async () => {
  const sealed = createSeal(createRumor(draft, theirs), theirs, ourPublic)
  sealed.sig = (sealed.sig[0] === '0' ? '1' : '0') + sealed.sig.slice(1)
  refused(await unwrap(createWrap(sealed, ourPublic)), 'invalid_signature')
})
await check('refused: another kind in place of the seal', async () => {
  const sealed = createSeal(createRumor(draft, theirs), theirs, ourPublic)
  const other = finalizeEvent({ kind: 1, created_at: now(), tags: [], content: sealed.content }, theirs)
  refused(await unwrap(createWrap(other, ourPublic)), 'invalid_event')
})

peer.end()
console.log(`gift wraps: ${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
