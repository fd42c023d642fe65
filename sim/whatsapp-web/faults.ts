/** Everything that WhatsApp Web may do wrong, on command. */
import { fieldsOf, numberOf, textOf } from '../lib/fields.ts'

/** `next`: for how many more times; null: until it is taken away. */
type Lasting = { next: number | null }

export type Fault = Lasting &
  (
    | { what: 'refuse'; status: number }
    | { what: 'failure'; reason: string }
    | { what: 'no-offline' }
    | { what: 'repeat' }
    | { what: 'ack-error'; code: string; to: string | null }
    | { what: 'no-ack' }
    | { what: 'spoil' }
    | { what: 'bare' }
    | { what: 'upload'; status: number }
    | { what: 'download'; status: number }
    | { what: 'cut'; bytes: number }
    | { what: 'slow'; ms: number }
    | { what: 'no-receipts' }
    | { what: 'no-again' }
  )
export type FaultName = Fault['what']
type Named<W extends FaultName> = Extract<Fault, { what: W }>

/** `phone`: only that number; null: every one. */
type Kept = { phone: string | null; fault: Fault }

export type Faults = {
  add(phone: string | null, fault: Fault): void
  clear(phone: string | null): void
  all(): Kept[]
  /** The fault that hits now, if any; it is used up by one. */
  hit<W extends FaultName>(what: W, phone: string | null, fits?: (fault: Named<W>) => boolean): Named<W> | undefined
  /** Looks without using it up. */
  present<W extends FaultName>(what: W, phone: string | null): Named<W> | undefined
}

export function makeFaults(): Faults {
  let kept: Kept[] = []
  const find = <W extends FaultName>(what: W, phone: string | null, fits: (fault: Named<W>) => boolean = () => true) => {
    for (const { phone: only, fault } of kept) {
      if ((only === null || only === phone) && isNamed(fault, what) && fault.next !== 0 && fits(fault)) return fault
    }
    return undefined
  }
  return {
    add: (phone, fault) => void kept.push({ phone, fault }),
    clear(phone) {
      kept = phone === null ? [] : kept.filter((each) => each.phone !== phone)
    },
    all: () => kept.filter(({ fault }) => fault.next !== 0),
    hit(what, phone, fits) {
      const fault = find(what, phone, fits)
      if (fault && fault.next !== null) fault.next -= 1
      return fault
    },
    present: (what, phone) => find(what, phone),
  }
}

function isNamed<W extends FaultName>(fault: Fault, what: W): fault is Named<W> {
  return fault.what === what
}

const PLAIN = ['no-offline', 'repeat', 'no-ack', 'spoil', 'bare', 'no-receipts', 'no-again'] as const

/** Reads the command of `POST /control/whatsapp-web/faults`; a sentence when it cannot be read. */
export function faultIn(value: unknown): Fault | string {
  const given = fieldsOf(value)
  const lasting = { next: numberOf(given.next) ?? null }
  const plain = PLAIN.find((one) => one === given.what)
  if (plain) return { what: plain, ...lasting }
  switch (given.what) {
    case 'refuse':
      return { what: 'refuse', status: numberOf(given.status) ?? 503, ...lasting }
    case 'upload':
    case 'download':
      return { what: given.what, status: numberOf(given.status) ?? (given.what === 'upload' ? 503 : 410), ...lasting }
    case 'failure':
      return { what: 'failure', reason: textOf(given.reason) ?? '403', ...lasting }
    case 'ack-error':
      return { what: 'ack-error', code: textOf(given.code) ?? '463', to: textOf(given.to) ?? null, ...lasting }
    case 'cut':
      return { what: 'cut', bytes: numberOf(given.bytes) ?? 1_000, ...lasting }
    case 'slow':
      return { what: 'slow', ms: numberOf(given.ms) ?? 1000, ...lasting }
    default:
      return 'what must be refuse, failure, no-offline, repeat, ack-error, no-ack, spoil, bare, upload, download, cut, slow, no-receipts or no-again'
  }
}
