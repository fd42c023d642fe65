/** For tests of adapters: a wire that keeps what was asked and answers what the test says. */
import type { GupshupLine, Line, MetaLine, OutgoingFile, Wire } from './channel.ts'

export type Asked = { url: URL; method: string; headers: Headers; body: unknown; form: FormData | undefined; text: string }
export type Say = (asked: Asked) => Response | Promise<Response>

/** A wire and the list of what went over it, in order. */
export function fakeWire(say: Say, timeoutMs = 1000): { wire: Wire; asked: Asked[] } {
  const asked: Asked[] = []
  const wire: Wire = {
    timeoutMs,
    async fetch(url, init) {
      const question = askedOf(url, init)
      asked.push(question)
      return say(question)
    },
  }
  return { wire, asked }
}

function askedOf(url: string, init: RequestInit): Asked {
  const text = typeof init.body === 'string' ? init.body : ''
  return {
    url: new URL(url),
    method: init.method ?? 'GET',
    headers: new Headers(init.headers),
    body: jsonOr(text),
    form: init.body instanceof FormData ? init.body : undefined,
    text,
  }
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A JSON answer. */
export function says(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** The error that Node's fetch throws for a connection of this fate. */
export function fetchFailed(code?: string): TypeError {
  return new TypeError('fetch failed', code ? { cause: Object.assign(new Error(code), { code }) } : {})
}

const ADDRESSES = {
  metaGraph: 'https://graph.facebook.com',
  gupshupApi: 'https://api.gupshup.io',
  gupshupPartner: 'https://partner.gupshup.io/partner',
}

/** A number at Meta. */
export function aMetaLine(credentials: Partial<MetaLine> = {}, addresses: Partial<Line['addresses']> = {}): Line {
  return {
    channelId: 'c1',
    accountId: 'a1',
    phone: '15550783881',
    credentials: {
      kind: 'meta',
      phoneNumberId: '106540352242922',
      accessToken: 'EAAG-token',
      appSecrets: ['app-secret'],
      verifyToken: 'verify-me',
      ...credentials,
    },
    addresses: { ...ADDRESSES, ...addresses },
  }
}

/** A number at Gupshup. */
export function aGupshupLine(credentials: Partial<GupshupLine> = {}, addresses: Partial<Line['addresses']> = {}): Line {
  return {
    channelId: 'c2',
    accountId: 'a1',
    phone: '51911112222',
    credentials: {
      kind: 'gupshup',
      appName: 'TiendaLima',
      appId: '2fa1c7de-5a0b-4c7e-9a44-0d5b1c0e7f10',
      access: 'self-serve',
      apiKey: 'gs-key',
      ...credentials,
    },
    addresses: { ...ADDRESSES, ...addresses },
  }
}

/** A file on its way out. */
export function aFile(mime: string, name: string | null = null): OutgoingFile {
  return {
    mime,
    name,
    size: 3,
    bytes: () => Promise.resolve(new Blob(['abc'], { type: mime })),
    link: () => Promise.resolve('https://app.example.com/files/signed'),
  }
}
