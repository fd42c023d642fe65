import { createSignal, For, untrack } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { noteMe } from '../../api/session.ts'
import { countries, timeZones } from '../../lib/places.ts'
import { useDesk } from '../../live/context.ts'
import { PartPage } from '../../part-page.tsx'
import { team } from '../../text/team.ts'
import { language } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { createAction } from '../../api/create-action.ts'

/** What holds for the whole company. */
export default function CompanyScreen() {
  const { desk, phase } = useDesk()
  const action = createAction()
  const before = untrack(() => desk.me.account)
  const [name, setName] = createSignal(before.name)
  const [country, setCountry] = createSignal(before.country)
  const [timeZone, setTimeZone] = createSignal(before.timeZone)
  const isOffline = () => phase() === 'waiting'

  async function save() {
    const account = await call(api.changeAccount, { name: name().trim(), country: country(), timeZone: timeZone() })
    const me = { ...desk.me, account: { ...desk.me.account, ...account } }
    desk.noteMe(me)
    noteMe(me)
    say(team().company.saved)
  }

  return (
    <PartPage title={team().company.title}>
      <form
        class="fold-bl flex flex-col gap-5 rounded-card border border-line bg-surface p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <Field
          label={team().company.name}
          minlength={2}
          maxlength={80}
          autocomplete="organization"
          required
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Choice
          label={team().company.country}
          hint={team().company.countryHelp}
          onChange={(event) => setCountry(event.currentTarget.value)}
        >
          <For each={countries(language(), before.country)}>
            {(place) => (
              <option value={place.code} selected={place.code === country()}>
                {place.name}
              </option>
            )}
          </For>
        </Choice>
        <Choice
          label={team().company.timeZone}
          hint={team().company.timeZoneHelp}
          onChange={(event) => setTimeZone(event.currentTarget.value)}
        >
          <For each={timeZones(before.timeZone)}>
            {(zone) => (
              <option value={zone} selected={zone === timeZone()}>
                {zone.replaceAll('_', ' ')}
              </option>
            )}
          </For>
        </Choice>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error() ?? (isOffline() ? team().common.needsNetwork : null)}
        </p>
        <Button kind="primary" type="submit" disabled={isOffline()} busy={action.busy()}>
          {team().common.save}
        </Button>
      </form>
    </PartPage>
  )
}
