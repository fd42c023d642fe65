import { For, type JSX } from 'solid-js'
import { notices } from '../text/notices.ts'

/** How an iPhone installs a web app, drawn: no phone of ours can do it for the person. */
export function InstallSteps() {
  const drawings = [<Share />, <AddToHome />, <HomeScreen />]
  return (
    <ol class="grid gap-3 tablet:grid-cols-3">
      <For each={notices().installSteps}>
        {(step, n) => (
          <li class="flex items-center gap-3 rounded-slip border border-line bg-paper p-3 tablet:flex-col tablet:text-center">
            {drawings[n()]}
            <span class="min-w-0">
              <strong class="nums font-display">{n() + 1}. </strong>
              {step}
            </span>
          </li>
        )}
      </For>
    </ol>
  )
}

function Drawing(props: { children: JSX.Element }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 72 72"
      class="size-18 flex-none text-ink-2"
      fill="none"
      stroke="currentColor"
      stroke-width="2.5"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {props.children}
    </svg>
  )
}

/** The foot of Safari with its arrow that leaves a box. */
function Share() {
  return (
    <Drawing>
      <path d="M8 52h56M14 52v14h44V52" opacity=".45" />
      <g class="text-anil" stroke="currentColor">
        <path d="M28 24h-5v22h26V24h-5" />
        <path d="M36 34V8M28 15l8-8 8 8" />
      </g>
    </Drawing>
  )
}

/** The sheet with the line that adds to the home screen. */
function AddToHome() {
  return (
    <Drawing>
      <rect x="8" y="8" width="56" height="56" rx="8" opacity=".45" />
      <path d="M16 20h26M16 52h26" opacity=".45" />
      <g class="text-anil" stroke="currentColor">
        <path d="M16 36h20" />
        <rect x="44" y="28" width="16" height="16" rx="4" />
        <path d="M52 32v8M48 36h8" />
      </g>
    </Drawing>
  )
}

/** The new icon among the others. */
function HomeScreen() {
  return (
    <Drawing>
      <rect x="14" y="4" width="44" height="64" rx="8" opacity=".45" />
      <g opacity=".45">
        <rect x="21" y="14" width="11" height="11" rx="3" />
        <rect x="40" y="14" width="11" height="11" rx="3" />
        <rect x="21" y="33" width="11" height="11" rx="3" />
      </g>
      <g class="text-anil" stroke="currentColor">
        <rect x="39" y="32" width="13" height="13" rx="3.5" />
        <path d="M43 37h5M43 41h3" stroke-width="2" />
      </g>
    </Drawing>
  )
}
