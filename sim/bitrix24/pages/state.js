/** What the page knows and how it asks the portal. The portal has the truth: it is read again whenever something changes. */
export const state = { overview: null, me: 1 }

export const $ = (id) => document.getElementById(id)

export async function ask(method, path, body) {
  const response = await fetch(path, { method, body: body === undefined ? undefined : JSON.stringify(body) })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

/** Plays something in this portal; says what went wrong, and then gives null. */
export async function does(what, fields = {}) {
  complain('')
  try {
    return await ask('POST', `/sim/do/${what}`, { userId: state.me, ...fields })
  } catch (error) {
    complain(error.message)
    return null
  }
}

export function complain(sentence) {
  $('problem').textContent = sentence
  $('problem').hidden = sentence === ''
}

export const go = (hash) => {
  location.hash = hash
}

export const nameOf = (id) => {
  const user = state.overview.users.find((one) => one.id === Number(id))
  return user ? `${user.name} ${user.lastName}` : 'nadie'
}

export const appOf = (clientId) => state.overview.apps.find(({ id }) => id === clientId)
