/** How an administrator of a simulated portal installs our application, and says by a link code whose the portal is. */
import * as z from 'zod'
import type { Ask } from './asker.ts'
import { DEMO_B24_APP } from './settings.ts'

type World = {
  /** Tells the simulators. */
  control: Ask
  /** Asks our API as an administrator of the company that the portal joins. */
  api: Ask
  /** Asks any address of ours, as nobody. */
  anyone: Ask
}

const Code = z.object({ linkCode: z.string() })
const Page = z.object({ page: z.looseObject({ body: z.string() }) })
const Ticket = z.object({ ticket: z.nullable(z.string()) })

export async function joinPortal({ control, api, anyone }: World, portalId: string): Promise<void> {
  const { clientId } = DEMO_B24_APP
  const { linkCode } = Code.parse(await api('POST', '/portal-code', {}))
  const { page } = Page.parse(await control('POST', `/bitrix24/portals/${portalId}/install`, { clientId, open: true }))
  const data = /<script type="application\/json" id="install">(.*?)<\/script>/.exec(page.body)?.[1] ?? '{}'
  const { ticket } = Ticket.parse(JSON.parse(data))
  // A portal that is known is asked nothing.
  if (ticket !== null) await anyone('POST', '/bitrix24/install/choice', { ticket, code: linkCode })
  await control('POST', `/bitrix24/portals/${portalId}/finish`, { clientId })
}
