import { expect, test } from 'vitest'
import { aRole } from '../../live/fakes.ts'
import { cellOf, changesFor, diffOf, stage, stageDefaults, stillApplies, type Staged } from './roles.rules.ts'

const agent = aRole(3)
const supervisor = aRole(2, { base: 'supervisor', grants: { 'chats.read': 'departments', 'people.read': 'all' } })
const administrator = aRole(1, { base: 'administrator', grants: { 'people.manage': 'all' } })
const roles = [administrator, supervisor, agent]

test('what is staged is what is sent: whole grants of the roles that change, on the revision they were staged on', () => {
  let staged: Staged = stage({}, agent, 'chats.read', 'all')
  staged = stage(staged, agent, 'messages.send', null)
  expect(diffOf(roles, staged)).toEqual([
    { role: agent, permission: 'chats.read', before: 'own', after: 'all' },
    { role: agent, permission: 'messages.send', before: 'own', after: null },
  ])
  expect(changesFor(roles, staged)).toEqual([{ roleId: agent.id, rev: 1, grants: { 'chats.read': 'all' } }])
})

test('choosing what a role already gives takes the change back', () => {
  const staged = stage(stage({}, agent, 'chats.read', 'all'), agent, 'chats.read', 'own')
  expect(diffOf(roles, staged)).toEqual([])
  expect(changesFor(roles, staged)).toEqual([])
})

test('a locked cell stays as it is', () => {
  expect(cellOf(administrator, stage({}, administrator, 'people.manage', null), 'people.manage')).toBe('all')
  expect(cellOf(agent, stage({}, agent, 'roles.manage', 'all'), 'roles.manage')).toBeNull()
})

test('after somebody was faster, only what is still to be done is kept', () => {
  let staged: Staged = stage({}, agent, 'chats.read', 'all')
  staged = stage(staged, agent, 'notes.write', 'own')
  staged = stage(staged, supervisor, 'chats.read', 'all')
  const fresh = [administrator, { ...agent, rev: 2, grants: { ...agent.grants, 'chats.read': 'all' as const } }]
  const kept = stillApplies(fresh, staged)
  expect(diffOf(fresh, kept).map(({ permission }) => permission)).toEqual(['notes.write'])
  expect(changesFor(fresh, kept)[0]).toMatchObject({ rev: 2, grants: { 'chats.read': 'all', 'notes.write': 'own' } })
})

test('a role goes back to what is recommended', () => {
  const changed = { ...agent, grants: { 'chats.read': 'all' as const } }
  expect(diffOf([changed], stageDefaults({}, changed)).map(({ permission, after }) => [permission, after])).toEqual([
    ['chats.read', 'own'],
    ['messages.send', 'own'],
  ])
})
