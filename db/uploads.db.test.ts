import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

test('an upload of more than a day is told of, and its row goes when its parts have gone', async () => {
  const account = await anAccount()
  const begin = async () => {
    const id = randomUUID()
    const begun = await account.api('api_upload_begin', { id, name: 'a.jpg', mime: 'image/jpeg', size: 700_000 })
    return String(begun?.['mediaId'])
  }
  const [old, young] = [await begin(), await begin()]
  await doors().owner.query("update upload set created_at = now() - interval '25 hours' where media_id = $1", [old])
  const past = await doors().app.query('select media_id from uploads_past(1000)')
  const ids = past.rows.map((row) => row.media_id)
  expect(ids).toContain(old)
  expect(ids).not.toContain(young)
  await doors().app.query('select uploads_forget($1)', [[old, young]])
  const left = await doors().owner.query('select media_id from upload where account_id = $1', [account.id])
  expect(left.rows).toEqual([{ media_id: young }])
})

test('two parts that come at the same time are both there', async () => {
  const account = await anAccount()
  const uploadId = randomUUID()
  await account.api('api_upload_begin', { id: uploadId, name: 'a.jpg', mime: 'image/jpeg', size: 3_000_000 })
  await Promise.all([0, 1, 2, 3].map((part) => account.api('api_upload_part', { uploadId, part })))
  expect(await account.api('api_upload', { uploadId })).toMatchObject({ have: [0, 1, 2, 3] })
})
