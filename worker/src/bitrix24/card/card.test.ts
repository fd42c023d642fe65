import { expect, test } from 'vitest'
import { cardIn, firstAsked, itemsIn, nameOf, numbersOf, orderOf, thenAsked } from './card.ts'

const phone = (...values: string[]) => values.map((value) => ({ id: 1, typeId: 'PHONE', valueType: 'MOBILE', value }))
const digits = (typed: string) => typed.replaceAll(/\D/g, '') || null

test('a frame says which card it stands in; what is no card is the app itself', () => {
  expect(cardIn('CRM_CONTACT_DETAIL_TAB', '{"ID":"8061","URI":"/crm/contact/details/8061/"}')).toEqual({
    entity: 'contact',
    id: 8061,
  })
  expect(cardIn('CRM_DEAL_DETAIL_TAB', '{"ID":540}')).toEqual({ entity: 'deal', id: 540 })
  expect(cardIn('DEFAULT', '{"any":"6/"}')).toBeNull()
  for (const options of ['', '[]', '{"ID":"0"}', '{"ID":"1 or 1=1"}', 'x']) {
    expect(cardIn('CRM_LEAD_DETAIL_TAB', options)).toBeNull()
  }
})

test('a deal shows its contacts in their order, then its company; each number once', () => {
  const card = { entity: 'deal' as const, id: 540 }
  const deal = { id: 540, title: 'Mil cajas', contactId: 9, contactIds: [7, 9], companyId: 4, fm: [] }
  expect(firstAsked(card)).toHaveLength(1)
  const [people, company] = thenAsked(card, deal)
  expect(people?.params).toMatchObject({ entityTypeId: 3, filter: { '@id': [9, 7] }, select: ['*'] })
  expect(company?.params).toEqual({ entityTypeId: 4, id: 4 })
  const answers = [
    {
      items: [
        { id: 7, name: 'Ana', lastName: 'Paz', fm: phone('+593 98 111 2222') },
        { id: 9, name: 'Rosa', fm: phone('+593987654321') },
      ],
    },
    { item: { id: 4, title: 'Textiles', fm: phone('+593 98 765 4321', '022 555 111') } },
  ]
  expect(numbersOf(deal, itemsIn(answers, orderOf(deal)), digits)).toEqual([
    { phone: '593987654321', owner: 'Rosa' },
    { phone: '593981112222', owner: 'Ana Paz' },
    { phone: '022555111', owner: 'Textiles' },
  ])
})

test('a lead with a number of its own asks for nobody else; one without asks for its contact', () => {
  const card = { entity: 'lead' as const, id: 3 }
  expect(thenAsked(card, { fm: phone('+51 987 000 111'), contactId: 8 })).toEqual([])
  expect(thenAsked(card, { fm: [], contactId: 8 })).toHaveLength(1)
  expect(thenAsked(card, { fm: [] })).toEqual([])
})

test("a company's people are asked for with it", () => {
  expect(firstAsked({ entity: 'company', id: 4 }).map(({ method }) => method)).toEqual(['crm.item.get', 'crm.item.list'])
})

test('a number that cannot be read is left out, and PHP writes lists as maps', () => {
  expect(
    numbersOf({ fm: { 1: { typeId: 'PHONE', value: 'interno' }, 5: { typeId: 'EMAIL', value: 'a@b.c' } } }, [], digits),
  ).toEqual([])
  expect(nameOf({ name: ' ', lastName: null, title: ' Caso 7 ' })).toBe('Caso 7')
  expect(nameOf({})).toBeNull()
})
