import { A, useLocation, useMatch, type RouteSectionProps } from '@solidjs/router'
import Bell from 'lucide-solid/icons/bell'
import Building from 'lucide-solid/icons/building'
import Briefcase from 'lucide-solid/icons/briefcase-business'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import CreditCard from 'lucide-solid/icons/credit-card'
import Database from 'lucide-solid/icons/database'
import FileClock from 'lucide-solid/icons/file-clock'
import FileLock from 'lucide-solid/icons/file-lock'
import KeyRound from 'lucide-solid/icons/key-round'
import LogOut from 'lucide-solid/icons/log-out'
import MailWarning from 'lucide-solid/icons/mail-warning'
import MessageSquareText from 'lucide-solid/icons/message-square-text'
import Network from 'lucide-solid/icons/network'
import RadioTower from 'lucide-solid/icons/radio-tower'
import ScrollText from 'lucide-solid/icons/scroll-text'
import SendHorizontal from 'lucide-solid/icons/send-horizontal'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import Tag from 'lucide-solid/icons/tag'
import Users from 'lucide-solid/icons/users'
import Waypoints from 'lucide-solid/icons/waypoints'
import Wallet from 'lucide-solid/icons/wallet'
import Zap from 'lucide-solid/icons/zap'
import type { LucideProps } from 'lucide-solid'
import { createEffect, createSignal, For, on, Show, type Component, type JSX } from 'solid-js'
import type { Permission } from '#contract/permissions.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAction } from '../../api/create-action.ts'
import { noteMe } from '../../api/session.ts'
import { createMediaQuery, TABLET } from '../../lib/create-media-query.ts'
import { setTheme, theme, THEMES } from '../../lib/theme.ts'
import { useDesk } from '../../live/context.ts'
import { savesData, setSavesData } from '../../pictures/data-saver.ts'
import { language, t } from '../../text/text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Segment } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Switch } from '../../ui/switch.tsx'
import { createLanguageChoice } from './create-language-choice.ts'
import { SignOutSheet } from './sign-out-sheet.tsx'

const LANGUAGE_NAMES = { es: 'Español', en: 'English', pt: 'Português' } as const

type Part = { href: string; name: string; help: string; icon: Component<LucideProps>; may?: Permission }

/** What belongs to the person, and the doors to what keeps the numbers running. */
export default function SettingsScreen(props: RouteSectionProps) {
  const isRoot = useMatch(() => '/settings')
  const isTable = useMatch(() => '/settings/roles')
  const isTablet = createMediaQuery(TABLET)
  const isWide = createMediaQuery('(min-width: 1180px)')
  /** A table takes the list's room until there is enough for both. */
  const hasRoom = () => (isTable() ? isWide() : isTablet())
  return (
    <div class="flex h-full">
      <Show when={hasRoom() || isRoot()}>
        <div
          role={isRoot() ? 'main' : 'region'}
          aria-label={t().settings.title}
          class="scroll-thin h-full w-full overflow-y-auto tablet:w-93 tablet:flex-none tablet:border-r tablet:border-line"
        >
          <Personal />
        </div>
      </Show>
      <Show
        when={!isRoot()}
        fallback={
          <Show when={isTablet()}>
            <div class="m-auto">
              <Empty title={t().settings.choose} help={t().settings.chooseHelp} />
            </div>
          </Show>
        }
      >
        <div class="h-full min-w-0 flex-1">{props.children}</div>
      </Show>
    </div>
  )
}

function Personal() {
  const { desk } = useDesk()
  const location = useLocation()
  let list!: HTMLDivElement
  // What is open beside the list is in sight in it.
  createEffect(
    on(
      () => location.pathname,
      () => requestAnimationFrame(() => list.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' })),
    ),
  )
  const [isLeaving, setIsLeaving] = createSignal(false)
  const parts = (): Part[] =>
    [
      {
        href: '/settings/channels',
        name: t().settings.channels,
        help: t().settings.channelsHelp,
        icon: RadioTower,
        may: 'channels.read' as const,
      },
      {
        href: '/settings/quick-replies',
        name: t().settings.quickReplies,
        help: t().settings.quickRepliesHelp,
        icon: Zap,
        may: 'quick_replies.manage' as const,
      },
      {
        href: '/settings/templates',
        name: t().settings.templates,
        help: t().settings.templatesHelp,
        icon: MessageSquareText,
        may: 'templates.manage' as const,
      },
      {
        href: '/settings/client-source',
        name: t().settings.clientSource,
        help: t().settings.clientSourceHelp,
        icon: Database,
        may: 'clients.manage' as const,
      },
      {
        href: '/settings/bitrix24',
        name: 'Bitrix24',
        help: t().settings.bitrix24Help,
        icon: Briefcase,
        may: 'account.manage' as const,
      },
      {
        href: '/settings/rules',
        name: t().settings.rules,
        help: t().settings.rulesHelp,
        icon: Waypoints,
        may: 'rules.manage' as const,
      },
      {
        href: '/settings/labels',
        name: t().settings.labels,
        help: t().settings.labelsHelp,
        icon: Tag,
        may: 'labels.manage' as const,
      },
      { href: '/settings/log', name: t().settings.log, help: t().settings.logHelp, icon: ScrollText, may: 'logs.read' as const },
      {
        href: '/settings/dead-letters',
        name: t().settings.deadLetters,
        help: t().settings.deadLettersHelp,
        icon: MailWarning,
        may: 'dead_letters.manage' as const,
      },
    ].filter((part) => desk.may(part.may))
  const notifications = (): Part[] => [
    { href: '/settings/notifications', name: t().settings.notifications, help: t().settings.notificationsHelp, icon: Bell },
  ]
  const team = (): Part[] => {
    const { settings } = t()
    const all: (Part & { may: Permission })[] = [
      { href: '/settings/people', name: settings.people, help: settings.peopleHelp, icon: Users, may: 'people.read' },
      { href: '/settings/roles', name: settings.roles, help: settings.rolesHelp, icon: ShieldCheck, may: 'people.read' },
      {
        href: '/settings/departments',
        name: settings.departments,
        help: settings.departmentsHelp,
        icon: Network,
        may: 'people.read',
      },
      { href: '/settings/audit', name: settings.audit, help: settings.auditHelp, icon: FileClock, may: 'audit.read' },
      { href: '/settings/api-keys', name: settings.apiKeys, help: settings.apiKeysHelp, icon: KeyRound, may: 'api_keys.manage' },
      {
        href: '/settings/subscriptions',
        name: settings.subscriptions,
        help: settings.subscriptionsHelp,
        icon: CreditCard,
        may: 'billing.read',
      },
      { href: '/settings/balance', name: settings.balance, help: settings.balanceHelp, icon: Wallet, may: 'billing.read' },
      { href: '/settings/company', name: settings.company, help: settings.companyHelp, icon: Building, may: 'account.manage' },
      { href: '/settings/privacy', name: settings.privacy, help: settings.privacyHelp, icon: FileLock, may: 'account.manage' },
    ]
    return all.filter(({ may }) => desk.may(may))
  }

  const choose = createLanguageChoice()

  return (
    <div ref={list} class="flex flex-col gap-5 p-4 pt-[calc(16px+env(safe-area-inset-top))]">
      <h1 class="text-title font-bold tracking-[-0.02em]">{t().settings.title}</h1>
      <A
        href="/settings/account"
        class="fold-bl row flex items-center gap-3 rounded-card border border-line p-4"
        classList={groundOf(location.pathname === '/settings/account')}
      >
        <Avatar name={desk.me.person.name} />
        <span class="min-w-0 flex-1">
          <span class="block truncate font-semibold">{desk.me.person.name}</span>
          <span class="block truncate text-small text-ink-2">
            {desk.me.person.roleName ?? t().settings.roleNames[desk.me.person.role]} · {desk.me.account.name}
          </span>
          <span class="block text-small text-anil">{t().settings.account}</span>
        </span>
        <Icon of={ChevronRight} class="text-ink-3" />
      </A>
      <Break />
      <Doors name={t().settings.notifications} parts={notifications()} />
      <Waiting />
      <Doors name={t().settings.tools} parts={parts()} />
      <Doors name={t().settings.team} parts={team()} />
      <Group name={t().settings.language}>
        <For each={['es', 'en', 'pt'] as const}>
          {(code) => (
            <Segment chosen={language() === code} choose={() => void choose(code)}>
              <span lang={code}>{LANGUAGE_NAMES[code]}</span>
            </Segment>
          )}
        </For>
      </Group>
      <Group name={t().settings.theme}>
        <For each={THEMES}>
          {(name) => (
            <Segment chosen={theme() === name} choose={() => setTheme(name)}>
              {t().settings.themes[name]}
            </Segment>
          )}
        </For>
      </Group>
      <section class="rounded-card border border-line bg-surface px-4 py-1">
        <Switch name={t().settings.saver} help={t().settings.saverHelp} on={savesData()} change={setSavesData} />
      </section>
      <Button kind="danger" icon={LogOut} onClick={() => setIsLeaving(true)}>
        {t().settings.signOut}
      </Button>
      <Show when={isLeaving()}>
        <SignOutSheet close={() => setIsLeaving(false)} />
      </Show>
    </div>
  )
}

/** The ground of a way to a page: that of what is open is tinted. */
function groundOf(isHere: boolean) {
  return { 'bg-anil-tint': isHere, 'bg-surface': !isHere }
}

/** What this phone has still to send. */
function Waiting() {
  const { outbox } = useDesk()
  const location = useLocation()
  return (
    <A
      href="/settings/outbox"
      class="row flex min-h-16 items-center gap-3 rounded-card border border-line px-4"
      classList={groundOf(location.pathname === '/settings/outbox')}
    >
      <Icon of={SendHorizontal} size={22} class="text-anil" />
      <span class="min-w-0 flex-1 py-2">
        <span class="block">{t().settings.outbox}</span>
        <span class="block text-meta text-ink-3">{t().settings.outboxHelp(outbox.entries().length)}</span>
      </span>
      <Icon of={ChevronRight} class="text-ink-3" />
    </A>
  )
}

/** Whether rules may give chats to whoever is signed in here. */
function Break() {
  const { desk, phase } = useDesk()
  const action = createAction()
  const change = (away: boolean) =>
    void action.run(async () => {
      const now = await call(api.setPresence, { away })
      const me = { ...desk.me, person: { ...desk.me.person, isAway: now.away } }
      desk.noteMe(me)
      noteMe(me)
    })
  return (
    <section class="rounded-card border border-line bg-surface px-4 py-1">
      <Switch
        name={t().settings.away}
        help={t().settings.awayHelp}
        on={desk.me.person.isAway}
        disabled={action.busy() || phase() === 'waiting'}
        change={change}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </section>
  )
}

function Group(props: { name: string; children: JSX.Element }) {
  return (
    <section>
      <h2 class="mb-1 text-small font-semibold text-ink-2">{props.name}</h2>
      <div role="group" aria-label={props.name} class="flex flex-wrap gap-1 rounded-slip border border-line bg-surface px-2">
        {props.children}
      </div>
    </section>
  )
}

/** Links to other pages of the settings; none when there is nothing to open. */
function Doors(props: { name: string; parts: Part[] }) {
  const location = useLocation()
  return (
    <Show when={props.parts.length > 0}>
      <section>
        <h2 class="mb-1 text-small font-semibold text-ink-2">{props.name}</h2>
        <nav aria-label={props.name} class="overflow-hidden rounded-card border border-line bg-surface">
          <For each={props.parts}>
            {(part) => (
              <A
                href={part.href}
                class="row flex min-h-16 items-center gap-3 border-line px-4 [&+&]:border-t"
                classList={{ 'bg-anil-tint': location.pathname === part.href }}
              >
                <Icon of={part.icon} size={22} class="text-anil" />
                <span class="min-w-0 flex-1 py-2">
                  <span class="block">{part.name}</span>
                  <span class="block text-meta text-ink-3">{part.help}</span>
                </span>
                <Icon of={ChevronRight} class="text-ink-3" />
              </A>
            )}
          </For>
        </nav>
      </section>
    </Show>
  )
}
