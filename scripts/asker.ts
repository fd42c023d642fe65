/** Asks an API in JSON: the simulators', or ours as whoever has the token. What is refused is thrown. */
export type Ask = (method: string, path: string, body?: object) => Promise<unknown>

export function asker(base: string, token?: string): Ask {
  return async (method, path, body) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const response = await fetch(`${base}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
}
