import BellOff from 'lucide-solid/icons/bell-off'
import BellRing from 'lucide-solid/icons/bell-ring'
import { For, Match, Show, Switch } from 'solid-js'
import type { Push } from '#contract/push.ts'
import { notices } from '../../text/notices.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Card } from './card.tsx'
import type { Device } from './create-this-device.ts'
import { InstallSteps } from '../../install/install-steps.tsx'
import { wayToUnblock } from './unblock.rules.ts'

/** Whether this device hears, and what to do so that it does. */
export function ThisDevice(props: { push: Push; device: Device }) {
  return (
    <Card title={notices().here}>
      <Show when={props.push.publicKey} fallback={<p>{notices().notSetUp}</p>}>
        <Switch fallback={<div class="skeleton h-20 rounded-slip bg-sunk" aria-hidden="true" />}>
          <Match when={props.device.standing() === 'on'}>
            <State icon={BellRing} title={notices().on} help={notices().onHelp} isOn />
            <Button class="self-start" busy={props.device.busy()} onClick={() => props.device.off()}>
              {notices().turnOff}
            </Button>
          </Match>
          <Match when={props.device.standing() === 'ask' || props.device.standing() === 'off'}>
            <State icon={BellOff} title={notices().off} help={notices().offHelp} />
            <Sample />
            <Button
              class="mt-2 self-start"
              kind="primary"
              icon={BellRing}
              busy={props.device.busy()}
              onClick={() => props.device.on()}
            >
              {notices().turnOn}
            </Button>
          </Match>
          <Match when={props.device.standing() === 'install'}>
            <State icon={BellOff} title={notices().install} help={notices().installHelp} />
            <InstallSteps />
          </Match>
          <Match when={props.device.standing() === 'blocked'}>
            <State icon={BellOff} title={notices().blocked} help={notices().blockedHelp} />
            <ol class="list-decimal space-y-1 pl-6">
              <For each={notices().unblock[wayToUnblock(navigator.userAgent, matchMedia('(display-mode: standalone)').matches)]}>
                {(step) => <li>{step}</li>}
              </For>
            </ol>
          </Match>
          <Match when={props.device.standing() === 'unsupported'}>
            <State icon={BellOff} title={notices().unsupported} help={notices().unsupportedHelp} />
          </Match>
        </Switch>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {props.device.trouble() ? notices().troubles[props.device.trouble() ?? 'no_answer'] : props.device.error()}
        </p>
      </Show>
    </Card>
  )
}

function State(props: { icon: typeof BellOff; title: string; help: string; isOn?: boolean }) {
  return (
    <div class="flex items-start gap-3">
      <Icon of={props.icon} size={24} class={props.isOn === true ? 'mt-0.5 text-eucalipto' : 'mt-0.5 text-ink-3'} />
      <p class="min-w-0">
        <strong class="block">{props.title}</strong>
        <span class="text-small text-ink-2">{props.help}</span>
      </p>
    </div>
  )
}

/** A notification as it will look: seen before anybody is asked for permission. */
function Sample() {
  return (
    <div aria-hidden="true" class="flex items-center gap-3 rounded-card border border-line bg-paper p-3 shadow-float">
      <img src="/icons/icon-192.png" alt="" width="40" height="40" class="size-10 rounded-slip" />
      <p class="min-w-0 flex-1">
        <span class="block font-semibold">{notices().sampleTitle}</span>
        <span class="block truncate text-small text-ink-2">{notices().sampleBody}</span>
      </p>
    </div>
  )
}
