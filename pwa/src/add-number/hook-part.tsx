import Plug from 'lucide-solid/icons/plug'
import { createSignal, For, onMount, Show } from 'solid-js'
import type { ProviderReport } from '#contract/channel-provider.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/endpoints.ts'
import { channelText } from '../text/channel.ts'
import { failureText } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { CopyLine } from '../copy-line.tsx'
import { CHECK_MS } from './credentials.rules.ts'

type Came = { isOk: boolean; text: string }
type HookPartProps = {
  channelId: string
  hook: ProviderReport['hook']
  connected: () => void
  /** Of a new number: nobody has to ask for it. */
  atOnce?: boolean
}

/** Where the provider must send, where it sends now, and a test that goes the whole way. */
export function HookPart(props: HookPartProps) {
  const action = createAction()
  const [came, setCame] = createSignal<Came | null>(null)

  async function connect() {
    setCame(null)
    const { ok, code, detail, ms } = await call(api.connectHook, { channelId: props.channelId }, { timeoutMs: CHECK_MS })
    const failure = code === null ? null : failureText(code)
    const why = [failure?.cause ?? detail, failure?.nextStep].filter(Boolean).join(' ')
    setCame({ isOk: ok, text: ok ? channelText().connected(ms) : `${channelText().connectFailed} ${why}` })
    if (ok) props.connected()
  }

  onMount(() => void (props.atOnce && action.run(connect)))

  return (
    <>
      <CopyLine name={channelText().hookAddress} copyLabel={channelText().copyAddress} value={props.hook.url} />
      <Show when={props.hook.verifyToken}>
        {(token) => <CopyLine name={channelText().verifyToken} copyLabel={channelText().copyToken} value={token()} />}
      </Show>
      <Show when={props.hook.points !== 'unknown' && props.hook.points}>
        {(points) => (
          <p class="mt-3 text-small text-ink-2">
            {channelText().points[points()]}{' '}
            <For each={points() === 'elsewhere' ? props.hook.others : []}>
              {(other) => <code class="break-all">{other}</code>}
            </For>
          </p>
        )}
      </Show>
      <Button class="mt-3" icon={Plug} busy={action.busy()} onClick={() => void action.run(connect)}>
        {channelText().connect}
      </Button>
      <p class="mt-1 text-meta text-ink-3">{channelText().connectHelp}</p>
      <p
        role="status"
        class="mt-2 rounded-segment px-3 py-2 text-small empty:hidden"
        classList={{ 'bg-eucalipto-tint': came()?.isOk === true, 'bg-cochinilla-tint': came()?.isOk === false }}
      >
        {came()?.text}
      </p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </>
  )
}
