import { createMemo } from 'solid-js'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/operator-endpoints.ts'
import { MovementRow } from '../../movement-row.tsx'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { Paged } from './paged.tsx'

/** What moved a company's balance, as the company reads it. */
export function CustomerMovements(props: { customerId: string; /** Grows with each change. */ turn: number }) {
  const words = () => operatorMoneyText()
  const asked = createMemo(() => ({ customerId: props.customerId, turn: props.turn }))
  const pages = createPages(asked, ({ customerId }, cursor) =>
    call(api.listCustomerMovements, { customerId, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <section>
      <h2 class="mb-2 text-heading font-bold">{words().movements}</h2>
      <Paged pages={pages} empty={words().noMovements}>
        {(movement) => <MovementRow movement={movement} refund={undefined} />}
      </Paged>
    </section>
  )
}
