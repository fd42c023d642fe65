import { expect, test } from 'vitest'
import { hmacHex } from '../lib/ids.ts'
import { aWorld } from '../testing.ts'

test('a mail for each alert that is signed, once; what is scripted comes first, and a browser sees the mails', async () => {
  await using world = await aWorld()
  await world.control('PUT', '/mail-hook/caja', { secret: 'wbsec_1', answers: [{ status: 500 }] })
  const body = JSON.stringify({ id: 'a1', kind: 'balance.low', subject: 'Queda <poco>', text: 'Recargue' })
  const post = async (secret: string, late = 0) => {
    const at = Math.floor(Date.now() / 1000) - late
    const headers = { 'whatsappb24-signature': `t=${at},v1=${hmacHex(secret, Buffer.from(`${at}.${body}`))}` }
    return (await fetch(`${world.sim.origin}/mail-hook/caja`, { method: 'POST', body, headers })).status
  }
  expect([
    await post('wbsec_1'),
    await post('wbsec_1'),
    await post('wbsec_1'),
    await post('other'),
    await post('wbsec_1', 400),
  ]).toEqual([...[500, 200, 200, 401, 401]])
  expect(await world.control('GET', '/mail-hook/caja')).toMatchObject({
    posts: [{ signed: true, status: 500 }, { signed: true }, { signed: true }, { signed: false }, { signed: false }],
    mails: [{ id: 'a1', subject: 'Queda <poco>' }],
  })
  const page = await (await fetch(`${world.sim.origin}/mail-hook/caja`)).text()
  expect(page).toContain('Queda &lt;poco&gt;')
})
