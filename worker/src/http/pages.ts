import { Refusal } from '../lib/refusal.ts'

/**
 * A file of the app; for addresses that are none, the app's page. What lies under /assets/ has its content's hash in its
 * name, so it never changes; one that is not there must not be answered with the page: a phone would run it as a script.
 */
export async function pageOf(request: Request, assets: Fetcher): Promise<Response> {
  const response = await assets.fetch(request)
  if (!new URL(request.url).pathname.startsWith('/assets/')) return response
  if (response.headers.get('content-type')?.startsWith('text/html')) throw new Refusal('not_found')
  const answer = new Response(response.body, response)
  answer.headers.set('cache-control', 'public, max-age=31536000, immutable')
  return answer
}
