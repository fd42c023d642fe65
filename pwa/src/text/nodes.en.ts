import type { NodesText } from './nodes.es.ts'

const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const nodesEn: NodesText = {
  title: 'Computers that run the numbers',
  help: 'Unofficial numbers need a program that is always on. By default our servers run it; a computer of yours can do it too, on the internet of your office.',
  open: 'Own computers',
  ours: 'Our servers',
  oursHere: (count) => `Online · ${n(count, 'number of yours', 'numbers of yours')}`,
  oursAway: (count) => `Not connected · ${n(count, 'number of yours', 'numbers of yours')}`,
  none: 'There is no computer of yours yet.',
  failed: 'The list of computers could not be read.',
  add: 'Add a computer',
  name: 'Name of the computer',
  nameHint: 'For example: office PC',
  make: 'Create its access',
  tokenTitle: (name) => `Start ${name}`,
  tokenHelp: 'This access is shown only once. Whoever has it can run the numbers that you put on your computers.',
  token: 'Access of the computer',
  copy: 'Copy',
  commandHelp: 'In the folder of the program, with Node 24 installed, run:',
  linux: 'Linux or Mac',
  windows: 'Windows (PowerShell)',
  container: 'Container (starts with the machine)',
  done: 'Done',
  states: { new: 'Not started yet', here: 'Online', leaving: 'Stopping', away: 'Not connected', revoked: 'No access' },
  seen: (when) => `Seen ${when}`,
  running: (running, capacity) => `${n(running, 'session', 'sessions')} of ${capacity}`,
  numbers: (count) => `Shall run ${n(count, 'number', 'numbers')}`,
  memory: (mb) => `${mb} MB`,
  version: (version) => `version ${version}`,
  revoke: 'Take access away',
  revokeOf: (name) => `Take access away: ${name}`,
  revokeSure: (name) => `Take access away from ${name}?`,
  revokeHelp:
    'It stops at once. Its numbers go to another computer of yours; if none is on, they stay disconnected until you choose who runs them.',
  place: 'Who runs this number',
  placeHelp:
    'If that computer goes off, another of yours takes it within 40 seconds; it never goes from one owner to another by itself.',
  placeGone: 'Another of your computers',
}
