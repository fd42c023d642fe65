import { useBeforeLeave, type BeforeLeaveEventArgs } from '@solidjs/router'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import Plus from 'lucide-solid/icons/plus'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Role } from '#contract/people.ts'
import { createMediaQuery, TABLET } from '../../lib/create-media-query.ts'
import { useDesk } from '../../live/context.ts'
import { PartPage } from '../../part-page.tsx'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { AddRole } from './add-role.tsx'
import { createStaging } from './create-staging.ts'
import { createTeamList, withItem } from './create-team-list.ts'
import { Loaded } from './loaded.tsx'
import { roleName } from '../../text/role-name.ts'
import { ReviewSheet } from './review-sheet.tsx'
import { RoleSheet } from './role-sheet.tsx'
import { RolesAccordion } from './roles-accordion.tsx'
import { RolesMatrix } from './roles-matrix.tsx'

/** What each role gives. Changes are staged, reviewed, and only then applied. */
export default function RolesScreen() {
  const { desk } = useDesk()
  const isWide = createMediaQuery(TABLET)
  const roles = createTeamList('roles')
  const staging = createStaging(roles)
  const [isReviewing, setIsReviewing] = createSignal(false)
  const [isAdding, setIsAdding] = createSignal(false)
  /** The role that a phone shows. */
  const [shownId, setShownId] = createSignal<string | null>(null)
  const [openId, setOpenId] = createSignal<string | null>(null)
  const [leaving, setLeaving] = createSignal<BeforeLeaveEventArgs | null>(null)
  const mayManage = () => desk.may('roles.manage')
  const isReadOnly = () => !mayManage() || roles.isStale()
  const current = createMemo(() => (roles.items() ?? []).filter(({ archived }) => !archived))
  const putAway = createMemo(() => (roles.items() ?? []).filter(({ archived }) => archived))
  const open = () => roles.items()?.find(({ id }) => id === openId())
  const openRole = () => (isReadOnly() ? null : setOpenId)
  const put = (role: Role) => roles.change((list) => withItem(list, role))

  async function apply() {
    await staging.apply()
    if (!staging.action.error()) setIsReviewing(false)
  }

  useBeforeLeave((event) => {
    if (staging.diffs().length === 0 || leaving() || !mayManage()) return
    event.preventDefault()
    setLeaving(event)
  })

  return (
    <PartPage
      wide
      title={team().roles.title}
      actions={
        <Show when={mayManage()}>
          <Button kind="quiet" class="!text-anil" icon={Plus} disabled={isReadOnly()} onClick={() => setIsAdding(true)}>
            {team().roles.add}
          </Button>
        </Show>
      }
    >
      <Loaded list={roles} rows={8}>
        {() => (
          <>
            <p class="mb-3 max-w-[68ch] text-small text-ink-2">
              {mayManage() ? team().roles.reachesHelp : team().roles.readOnly}
            </p>
            <Show
              when={isWide()}
              fallback={
                <RolesAccordion
                  roles={current()}
                  staged={staging.staged()}
                  isReadOnly={isReadOnly()}
                  choose={staging.choose}
                  open={openRole()}
                  shown={shownId()}
                  show={setShownId}
                />
              }
            >
              <RolesMatrix
                roles={current()}
                staged={staging.staged()}
                isReadOnly={isReadOnly()}
                choose={staging.choose}
                open={openRole()}
              />
            </Show>
            <Show when={mayManage() && putAway().length > 0}>
              <PutAway roles={putAway()} open={setOpenId} />
            </Show>
          </>
        )}
      </Loaded>
      <Show when={mayManage() && staging.diffs().length > 0}>
        <div
          class="sticky bottom-0 mt-4 flex flex-wrap items-center gap-2 rounded-card bg-surface p-3 shadow-float"
          role="status"
        >
          <p class="nums min-w-32 flex-1 font-semibold">{team().roles.staged(staging.diffs().length)}</p>
          <Button kind="quiet" onClick={() => staging.discard()}>
            {team().roles.discard}
          </Button>
          <Button kind="primary" onClick={() => setIsReviewing(true)}>
            {team().roles.review}
          </Button>
        </div>
      </Show>
      <Show when={isReviewing() && mayManage()}>
        <ReviewSheet
          diffs={staging.diffs()}
          action={staging.action}
          undo={staging.undo}
          apply={() => void apply()}
          close={() => setIsReviewing(false)}
        />
      </Show>
      <Show when={isAdding() && mayManage()}>
        <AddRole
          roles={current()}
          added={(role) => {
            put(role)
            setShownId(role.id)
          }}
          close={() => setIsAdding(false)}
        />
      </Show>
      <Show when={mayManage() && open()}>
        {(role) => (
          <RoleSheet
            role={role()}
            changed={put}
            backToDefaults={() => staging.backToDefaults(role())}
            close={() => setOpenId(null)}
          />
        )}
      </Show>
      <Show when={leaving()}>
        {(event) => (
          <Sheet small title={team().roles.title} closeLabel={t().app.close} close={() => setLeaving(null)}>
            <div class="flex flex-col gap-4 p-5">
              <p>{team().roles.leave}</p>
              <div class="flex justify-end gap-2">
                <Button kind="quiet" onClick={() => setLeaving(null)}>
                  {t().app.cancel}
                </Button>
                <Button kind="sure" onClick={() => event().retry(true)}>
                  {team().roles.discard}
                </Button>
              </div>
            </div>
          </Sheet>
        )}
      </Show>
    </PartPage>
  )
}

/** Roles that nobody can be given now, to be taken back. */
function PutAway(props: { roles: readonly Role[]; open: (id: string) => void }) {
  return (
    <section class="mt-4">
      <h2 class="mb-1 text-small font-semibold text-ink-2">{team().common.archivedOnes(props.roles.length)}</h2>
      <ul class="flex flex-wrap gap-2">
        <For each={props.roles}>
          {(role) => (
            <li>
              <Button
                kind="quiet"
                icon={ArchiveRestore}
                aria-label={team().roles.optionsOf(roleName(role))}
                onClick={() => props.open(role.id)}
              >
                {roleName(role)}
              </Button>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
