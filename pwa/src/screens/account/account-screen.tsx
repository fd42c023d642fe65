import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { createAsked } from '../../live/create-asked.ts'
import { PartPage } from '../../part-page.tsx'
import { own } from '../../text/own.ts'
import { t } from '../../text/text.ts'
import { ChangePassword } from './change-password.tsx'
import { Devices } from './devices.tsx'
import { Passkeys } from './passkeys.tsx'
import { SecondFactor } from './second-factor.tsx'
import { Loaded, Section } from './section.tsx'

/** What a person keeps about themselves: who they are here, how they get in, and where they are in. */
export default function AccountScreen() {
  const { desk } = useDesk()
  const factors = createAsked(() => call(api.listFactors, {}))
  const devices = createAsked(async () => (await call(api.listDevices, {})).items)
  const role = () => desk.me.person.roleName ?? t().settings.roleNames[desk.me.person.role]

  return (
    <PartPage title={own().account.title}>
      <div class="flex flex-col gap-4">
        <Section title={desk.me.person.name}>
          <dl class="grid gap-2">
            <div>
              <dt class="text-meta text-ink-3">{own().account.email}</dt>
              <dd class="wrap-anywhere">{desk.me.person.email}</dd>
            </div>
            <div>
              <dt class="text-meta text-ink-3">{own().account.role}</dt>
              <dd>{role()}</dd>
            </div>
          </dl>
          <p class="text-meta text-ink-3">{own().account.readOnly}</p>
        </Section>
        <ChangePassword changed={() => void devices.again()} />
        <Loaded list={factors}>
          {(found) => (
            <>
              <SecondFactor
                factors={found()}
                changed={() => {
                  void factors.again()
                  void devices.again()
                }}
              />
              <Passkeys
                factors={found()}
                changed={(next) => {
                  factors.put(next)
                  void devices.again()
                }}
              />
            </>
          )}
        </Loaded>
        <Devices list={devices} />
      </div>
    </PartPage>
  )
}
