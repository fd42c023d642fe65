import type { Person } from '#contract/people.ts'

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** Those whose name or e-mail holds the words; by name, the deactivated last. */
export function peopleShown(people: readonly Person[], words: string): Person[] {
  const wanted = plain(words.trim())
  return people
    .filter(({ name, email }) => plain(`${name} ${email}`).includes(wanted))
    .toSorted((a, b) => Number(a.state === 'deactivated') - Number(b.state === 'deactivated') || a.name.localeCompare(b.name))
}

export type PersonForm = Pick<Person, 'name' | 'email' | 'departments' | 'channels'> & { roleId: Person['role']['id'] }

export function formOf(person: Person): PersonForm {
  const { name, email, departments, channels, role } = person
  return { name, email, departments, channels, roleId: role.id }
}

const sameSet = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id) => b.includes(id))

/** Only what differs from the person as they are: what is not sent cannot overwrite another administrator's change. */
export function personChanges(person: Person, form: PersonForm): Partial<PersonForm> {
  const changes: Partial<PersonForm> = {}
  if (form.name.trim() !== person.name) changes.name = form.name.trim()
  if (form.email.trim().toLowerCase() !== person.email) changes.email = form.email.trim().toLowerCase()
  if (form.roleId !== person.role.id) changes.roleId = form.roleId
  if (!sameSet(form.departments, person.departments)) changes.departments = form.departments
  if (!sameSet(form.channels, person.channels)) changes.channels = form.channels
  return changes
}
