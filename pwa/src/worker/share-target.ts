/** Another app shares into this one: the system posts a form, which never leaves the phone (manifest: `share_target`). */
import { registerRoute } from 'workbox-routing'
import { park } from '../live/parked.ts'

/** Parks what is shared and opens the page where a chat is picked. */
export function takeShares(): void {
  registerRoute(
    ({ url }) => url.pathname === '/share',
    ({ request }) => take(request),
    'POST',
  )
}

async function take(request: Request): Promise<Response> {
  try {
    const form = await request.formData()
    const words = ['title', 'text', 'url'].map((name) => form.get(name)).filter((word) => typeof word === 'string' && word !== '')
    const files = form.getAll('files').filter((file) => file instanceof File)
    // Many apps put the address into the text as well.
    const text = [...new Set(words)].join('\n')
    return Response.redirect(`/compartir?id=${await park(text, files)}`, 303)
  } catch {
    // No room on the phone, or a form that is none.
    return Response.redirect('/compartir?failed=1', 303)
  }
}
