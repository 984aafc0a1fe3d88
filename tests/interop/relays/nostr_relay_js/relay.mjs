// SPDX-License-Identifier: AGPL-3.0-or-later
// A relay on the foreign library @nostr-relay/core, which validates events, keeps subscriptions and answers. Our part
// is the socket and the file for events: one JSON object per line, written before the relay says OK, so that the relay
// can be killed at any moment.
//   node relay.mjs PORT FOLDER
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import common from '@nostr-relay/common'
import core from '@nostr-relay/core'
import { WebSocketServer } from 'ws'

const { EventRepository, EventType, EventUtils, LogLevel } = common
const [port, folder] = [Number(process.argv[2]), process.argv[3]]

class FileRepository extends EventRepository {
  constructor(path) {
    super()
    this.byId = new Map()
    this.newest = new Map()
    if (existsSync(path)) {
      for (const line of readFileSync(path, 'utf8').split('\n')) {
        try {
          this.keep(JSON.parse(line))
        } catch {
          // The last line may be incomplete. Its event was never acknowledged.
        }
      }
    }
    this.file = openSync(path, 'a')
    writeSync(this.file, '\n')
  }
  isSearchSupported() {
    return false
  }
  // True if the event is new and not older than the event that it would replace.
  keep(event) {
    if (this.byId.has(event.id)) return false
    const type = EventUtils.getType(event.kind)
    if (type !== EventType.REGULAR) {
      const slot = `${event.kind}:${event.pubkey}:` +
        (type === EventType.PARAMETERIZED_REPLACEABLE ? EventUtils.extractDTagValue(event) : '')
      const old = this.newest.get(slot)
      if (old && (old.created_at > event.created_at || (old.created_at === event.created_at && old.id < event.id))) return false
      if (old) this.byId.delete(old.id)
      this.newest.set(slot, event)
    }
    this.byId.set(event.id, event)
    return true
  }
  upsert(event) {
    const fresh = this.keep(event)
    if (fresh) writeSync(this.file, JSON.stringify(event) + '\n')
    return { isDuplicate: !fresh }
  }
  find(filter) {
    const found = [...this.byId.values()].filter((event) => EventUtils.isMatchingFilter(event, filter))
    found.sort((a, b) => b.created_at - a.created_at || (a.id < b.id ? -1 : 1))
    return filter.limit === undefined ? found : found.slice(0, filter.limit)
  }
  async destroy() {
    closeSync(this.file)
  }
}

const quiet = { setLogLevel() {}, debug() {}, info() {}, warn: console.warn, error: console.error }
const relay = new core.NostrRelay(new FileRepository(join(folder, 'events.jsonl')), {
  logger: quiet,
  logLevel: LogLevel.WARN,
  maxSubscriptionsPerClient: 64,
  // A cached answer could lack events that arrived between it and the subscription.
  filterResultCacheTtl: 0,
})

const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'application/nostr+json')
  response.end(JSON.stringify({ name: 'interop', software: '@nostr-relay/core', version: '0.0.40', supported_nips: [1, 11] }))
})
const sockets = new WebSocketServer({ server, maxPayload: 4 * 1024 * 1024 })
sockets.on('connection', (socket, request) => {
  relay.handleConnection(socket, request.socket.remoteAddress)
  socket.on('message', async (data) => {
    try {
      await relay.handleMessage(socket, JSON.parse(data.toString('utf8')))
    } catch (error) {
      socket.send(JSON.stringify(['NOTICE', `error: ${error.message}`]))
    }
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => relay.handleDisconnect(socket))
})
server.listen(port, '127.0.0.1', () => console.log(`ready on ws://127.0.0.1:${port}`))
