/** Our own papers as files, and what stands on them: contract/papers.ts. */
import type { ParsedOf } from '#contract/endpoint.ts'
import * as papers from '#contract/papers.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { asking } from './operator-routes.ts'
import { Paper, pdfOf } from './paper-file.ts'

const Waits = z.object({ waits: z.literal(true) })

async function downloadPaper(c: Request, { movementId, language }: ParsedOf<typeof papers.downloadPaper>): Promise<Response> {
  const { result } = await callKnown(c, 'billing.read', 'api_paper', { movementId })
  const paper = z.union([Paper, Waits]).parse(JSON.parse(result))
  if ('waits' in paper) throw new Refusal('paper_waits', {}, 60)
  return new Response(await pdfOf(paper, language), {
    headers: { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${paper.number}.pdf"` },
  })
}

export function paperRoutes(app: App): void {
  serve(app, papers.downloadPaper, downloadPaper)
  serve(app, papers.getFiscal, async (c) => answer(await call(c, 'billing.read', 'api_fiscal', {})))
  serve(app, papers.setFiscal, async (c, input) => answer(await call(c, 'billing.manage', 'api_fiscal_set', input)))
  asking(app, papers.listSellers, 'api_operator_sellers')
  asking(app, papers.setSeller, 'api_operator_seller_set')
}

function answer({ result }: { result: string | null }): RawJson {
  if (result === null) throw new Refusal('not_found')
  return new RawJson(result)
}
