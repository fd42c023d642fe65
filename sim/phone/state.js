/** What the page knows, and how it asks the simulator. The simulator has the truth. */

/**
 * `customer` is who plays; `chats` are his chats; `open` is the chat on the screen: its number, its messages in order,
 * how many are drawn, and the message that is being answered or edited.
 */
export const state = { customer: { phone: '', name: '' }, chats: [], open: null }

export const $ = (id) => document.getElementById(id)

/** Asks the simulator; a Blob goes as it is, anything else as JSON. Rejects with the simulator's own sentence. */
export async function ask(method, path, body) {
  const isBytes = body instanceof Blob
  const headers = isBytes ? { 'content-type': body.type } : {}
  const response = await fetch(path, { method, headers, body: body === undefined || isBytes ? body : JSON.stringify(body) })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

export function complain(sentence) {
  $('problem').textContent = sentence
  $('problem').hidden = sentence === ''
}
