/** What happens to chats without anybody deciding it: who is given them, and what becomes of requests for transfer. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, ChatId, DepartmentId, Instant, PersonId, RoleId, RuleId } from './ids.ts'
import { WAYS } from './rule-ways.ts'

const Draft = {
  /** Null: any number. */
  channelId: z.nullable(ChannelId),
  /** Null: any department, and none. */
  departmentId: z.nullable(DepartmentId),
  way: z.enum(WAYS),
  /** Roles that are given chats; empty: agents. */
  roles: z.array(RoleId).check(z.maxLength(50)),
  /** Minutes without an answer after which a chat goes on to somebody else; null: it stays. */
  moveOnMinutes: z.nullable(z.int().check(z.minimum(1), z.maximum(1440))),
  isActive: z.boolean(),
}

export const AssignmentRule = z.object({ id: RuleId, ...Draft, rev: z.number() })
export type AssignmentRule = z.infer<typeof AssignmentRule>

const RuleInput = z.object({ ruleId: z.optional(RuleId), rev: z.optional(z.number()), ...Draft })

export const TransferRules = z.object({
  /** A request that nobody has decided after so many hours expires. */
  hours: z.int().check(z.minimum(1), z.maximum(168)),
  /** Requests for somebody who has as many open chats as they take are denied. */
  refuseOverCapacity: z.boolean(),
  /** Requests for somebody of the same department need no decision. */
  approveWithinDepartment: z.boolean(),
})
export type TransferRules = z.infer<typeof TransferRules>

const Capacity = z.int().check(z.minimum(0), z.maximum(1000))

export const listRules = endpoint({
  method: 'GET',
  path: '/rules',
  summary: 'Rules of assignment and transfer, and how many open chats each person takes',
  may: 'rules.manage',
  input: z.object({}),
  returns: z.object({
    items: z.array(AssignmentRule),
    transfers: TransferRules,
    people: z.array(z.object({ id: PersonId, name: z.string(), roleId: RoleId, capacity: z.number() })),
  }),
})

export const saveRule = endpoint({
  method: 'PUT',
  path: '/rules/assignment',
  summary: 'Makes a rule, or changes it (with `rev`). `rule_taken` when another one holds for the same number and department',
  may: 'rules.manage',
  input: RuleInput,
  returns: AssignmentRule,
})

export const archiveRule = endpoint({
  method: 'DELETE',
  path: '/rules/assignment/:ruleId',
  summary: 'Ends a rule. Chats that it has given stay where they are',
  may: 'rules.manage',
  input: z.object({ ruleId: RuleId }),
  returns: AssignmentRule,
})

export const Trial = z.object({
  chatId: ChatId,
  contact: z.nullable(z.string()),
  channel: z.string(),
  waitingSince: Instant,
  /** Who would lose it, when it moves on. */
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  ruleId: z.nullable(RuleId),
  /** Why nobody would get it: no rule holds, nobody may, those who may are absent, or have as many chats as they take. */
  why: z.nullable(z.enum(['no_rule', 'nobody', 'absent', 'full'])),
})
export type Trial = z.infer<typeof Trial>

export const tryRules = endpoint({
  method: 'POST',
  path: '/rules/trial',
  summary: 'Who would be given what waits now, with this rule or with those that stand. Nothing is changed',
  may: 'rules.manage',
  input: z.object({ rule: z.optional(RuleInput) }),
  returns: z.object({ items: z.array(Trial) }),
})

export const saveTransferRules = endpoint({
  method: 'PUT',
  path: '/rules/transfers',
  summary: 'Which requests for transfer are decided by themselves, and when they expire',
  may: 'rules.manage',
  input: TransferRules,
  returns: TransferRules,
})

export const setCapacity = endpoint({
  method: 'PUT',
  path: '/people/:personId/capacity',
  summary: 'How many open chats rules give this person at most',
  may: 'rules.manage',
  input: z.object({ personId: PersonId, capacity: Capacity }),
  returns: z.object({ id: PersonId, capacity: z.number() }),
})

export const setPresence = endpoint({
  method: 'PUT',
  path: '/presence',
  summary: 'Begins or ends a break: rules give nothing meanwhile, and colleagues see it',
  may: 'chats.read',
  input: z.object({ away: z.boolean() }),
  returns: z.object({ away: z.boolean() }),
})
