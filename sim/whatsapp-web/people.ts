/** Everybody on WhatsApp: known by a phone, by a LID, or by both. */
import { createHash } from 'node:crypto'
import { jidDecode } from 'baileys'
import type { Drawer, Shelf } from './shelf.ts'

/**
 * How WhatsApp tells of someone: by LID with the phone beside it (the rule since 2026), by phone with the LID beside it,
 * or by one of them alone.
 */
export const ADDRESSINGS = ['lid', 'pn', 'pn-only', 'lid-only'] as const
export type Addressing = (typeof ADDRESSINGS)[number]

export type Person = {
  /** Digits with country code. */
  phone: string
  lid: string
  addressing: Addressing
  /** Has WhatsApp at all. */
  exists: boolean
  /** The phone is on: what is written arrives. */
  isOn: boolean
  picture: 'sample' | 'none' | 'hidden'
}

export type People = {
  /** Everybody whom anybody asks for is known from then on. */
  of(phone: string): Person
  /** The person of a jid, whichever form it has; undefined for a LID that nobody has. */
  at(jid: string | undefined): Person | undefined
  change(phone: string, change: Partial<Omit<Person, 'phone' | 'lid'>>): Person
}

export function makePeople(shelf: Shelf): People {
  const people = shelf.drawer<Person>('people')
  const phones: Drawer<string> = shelf.drawer('phones-by-lid')
  const of = (phone: string): Person => {
    const known = people.get(phone)
    if (known) return known
    const person: Person = { phone, lid: lidOf(phone), addressing: 'lid', exists: true, isOn: true, picture: 'sample' }
    people.put(phone, person)
    phones.put(person.lid, phone)
    return person
  }
  return {
    of,
    at(jid) {
      const decoded = jidDecode(jid)
      if (!decoded) return undefined
      const phone = decoded.server === 'lid' ? phones.get(decoded.user) : decoded.user
      return phone ? of(phone) : undefined
    },
    change(phone, change) {
      const person = { ...of(phone), ...change }
      people.put(phone, person)
      return person
    },
  }
}

/** Fifteen digits that say nothing about the phone; always the same ones. */
function lidOf(phone: string): string {
  const digest = createHash('sha256').update(`lid ${phone}`).digest('hex')
  return `2${(BigInt(`0x${digest.slice(0, 24)}`) % 10n ** 14n).toString().padStart(14, '0')}`
}

export const pnOf = ({ phone }: Person): string => `${phone}@s.whatsapp.net`
export const lidJidOf = ({ lid }: Person): string => `${lid}@lid`

/** The jid under which a person's stanzas come, and the attributes that tell the other form. */
export function addressOf(person: Person): { jid: string; beside: Record<string, string> } {
  const [pn, lid] = [pnOf(person), lidJidOf(person)]
  switch (person.addressing) {
    case 'lid':
      return { jid: lid, beside: { addressing_mode: 'lid', sender_pn: pn } }
    case 'lid-only':
      return { jid: lid, beside: { addressing_mode: 'lid' } }
    case 'pn':
      return { jid: pn, beside: { addressing_mode: 'pn', sender_lid: lid } }
    case 'pn-only':
      return { jid: pn, beside: { addressing_mode: 'pn' } }
  }
}
