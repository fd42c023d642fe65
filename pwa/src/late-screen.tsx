import type { RouteSectionProps } from '@solidjs/router'
import { createSignal, ErrorBoundary, onCleanup, onMount, Suspense, type Component } from 'solid-js'
import { lazyPart } from './lib/lazy-part.ts'
import { t } from './text/first.ts'
import { ErrorCard } from './ui/empty.tsx'

/** A screen that comes when it is opened. Until then its place says so; where it never comes, nothing else is lost. */
export function lateScreen(load: () => Promise<{ default: Component<RouteSectionProps> }>): Component<RouteSectionProps> {
  const Screen = lazyPart(load)
  return (props) => (
    <ErrorBoundary fallback={(error: unknown) => <Broken error={error} />}>
      <Suspense fallback={<Late />}>
        <Screen {...props} />
      </Suspense>
    </ErrorBoundary>
  )
}

/** Most parts are here at once: nothing flashes. A slow network, or none, is said. */
const LATE_MS = 600

function Late() {
  const [isLate, setIsLate] = createSignal(false)
  const timer = setTimeout(() => setIsLate(true), LATE_MS)
  onCleanup(() => clearTimeout(timer))
  return (
    <p role="status" class="p-6 text-center text-ink-2">
      {isLate() && (navigator.onLine ? t().app.partLate : t().app.partOffline)}
    </p>
  )
}

/** A part of the app could not be loaded or drawn. What was written is in the phone's store. */
export function Broken(props: { error: unknown }) {
  onMount(() => console.error(props.error))
  return (
    <ErrorCard
      title={t().app.loadFailed}
      help={t().app.loadFailedHelp}
      action={{ name: t().app.reload, run: () => location.reload() }}
    />
  )
}
