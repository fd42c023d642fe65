import { expect, test } from 'vitest'
import { isForTyping } from './shortcuts.rules.ts'

test('fields and lists that are searched by letter keep their letters; boxes, buttons and links have none', () => {
  document.body.innerHTML =
    '<textarea></textarea><input type="search"><select></select><input type="checkbox"><button></button><a href="#"></a>'
  const typing = [...document.body.children].map((element) => isForTyping(element))
  expect(typing).toEqual([true, true, true, false, false, false])
})
